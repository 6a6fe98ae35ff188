// A text of YAML with some values changed: what has not changed keeps its bytes, comments and quotes and line ends too.
// Only changed values are written anew, in place; of lists only changed items; new keys go where the schema has them.
import { isMap, isScalar, isSeq } from "gongkai/yaml";
import { told } from "gongkai/admin-shapes";
import { stepsBetween } from "gongkai/admin-steps";
import { flowText, FormatError, plain, plainKey, readYaml, scalarText } from "gongkai/admin-yaml";

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const keyOf = (pair) => plainKey(pair.key);
/** Thrown where a value has no place of its own to be edited at; what holds it is written anew. */
class NoPlace extends Error {}

/** Return `text` saying `value` where it differs from what it says now. Throw FormatError where that cannot be done. */
export function rewritten(text, value, shape) {
  const { value: before } = readYaml(text);
  const [was, wanted] = [told(before, shape) ?? {}, told(value, shape) ?? {}];
  if (same(was, wanted)) return text;
  const lines = /[^\n\ufeff]$/.test(text) ? text + (text.includes("\r\n") ? "\r\n" : "\n") : text;
  for (const whole of [false, true]) {
    const after = attempt(lines, readYaml(lines).node, was, wanted, shape, whole);
    if (after !== null && says(after, wanted, before, shape)) return after;
  }
  throw new FormatError("这个文件的写法不能在表单里改；请在文件里编辑");
}

function attempt(text, node, was, wanted, shape, whole) {
  try {
    return new Rewriting(text, whole).apply(node, was, wanted, shape);
  } catch (error) {
    if (error instanceof NoPlace) return null;
    throw error;
  }
}

/** Tell whether a text says what is wanted, and of what the form does not hold, what it said before. */
function says(text, wanted, before, shape) {
  try {
    const { value } = readYaml(text);
    const others = (all) => Object.entries(all ?? {}).filter(([name]) => (shape.fields[name]?.kind ?? "kept") === "kept");
    return same(told(value, shape) ?? {}, wanted) && same(others(value), others(before));
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}

class Rewriting {
  constructor(text, whole) {
    this.text = text;
    this.whole = whole;
    this.edits = [];
    this.end = text.includes("\r\n") ? "\r\n" : "\n";
  }

  apply(node, was, wanted, shape) {
    if (isMap(node) && node.items.length) this.map(node, was, wanted, shape, 0);
    else this.begin(node, wanted);
    return this.edited(0, this.text.length);
  }

  /** The text between two offsets with the edits made. */
  edited(start, end) {
    const parts = [];
    let from = start;
    for (const [at, until, put] of this.edits.sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
      if (at < from || until > end) throw new NoPlace();
      parts.push(this.text.slice(from, at), put);
      from = until;
    }
    return parts.join("") + this.text.slice(from, end);
  }

  /** Write into a file that says nothing yet: empty, only comments, or {}. */
  begin(node, wanted) {
    const lines = Object.entries(wanted).map(([key, value]) => this.pairText(key, value, "")).join(this.end) + this.end;
    if (node && node.range[1] > node.range[0]) this.edits.push([node.range[0], this.lineEnd(node.range[1]), lines]);
    else this.edits.push([this.text.length, this.text.length, lines]);
  }

  map(node, was, wanted, shape, level) {
    if (node.flow) return this.flowMap(node, was, wanted, shape);
    const names = shape?.kind === "record" ? Object.keys(shape.fields) : Object.keys({ ...was, ...wanted });
    const pairs = new Map(node.items.map((pair) => [keyOf(pair), pair]));
    const first = node.items[0].key.range[0];
    const indent = this.columnOf(first);
    let kept = null;
    for (const name of names) {
      const pair = pairs.get(name);
      const [old, value] = [was?.[name], wanted?.[name]];
      if (pair && !same(old, value)) {
        if (value === undefined) this.dropPair(node, pair);
        else this.pair(pair, old, value, partOf(shape, name), indent, level);
      } else if (!pair && value !== undefined) {
        const put = this.pairText(name, value, indent);
        const at = kept ? this.lineEnd(endOf(kept)) : first;
        this.edits.push([at, at, kept ? `${indent}${put}${this.end}` : `${put}${this.end}${indent}`]);
      }
      if (pair && (!kept || pair.key.range[0] > kept.key.range[0])) kept = pair;
    }
  }

  /** Leave a pair out: its lines, or, where it stands beside the dash of an item, what reaches to the next. */
  dropPair(node, pair) {
    const start = pair.key.range[0];
    if (pair === node.items[0] && node.items.length > 1 && this.text.slice(0, start).endsWith("- ")) {
      this.refuseComments(start, node.items[1].key.range[0]);
      this.edits.push([start, node.items[1].key.range[0], ""]);
    } else this.edits.push([this.lineStart(start), this.lineEnd(endOf(pair)), ""]);
  }

  pair(pair, old, value, shape, indent, level) {
    const node = pair.value;
    const apart = (this.whole && level === 0) || old === undefined || !node || node.range[0] === node.range[1];
    if (!apart && isScalar(node) && typeof value !== "object") return this.scalar(node, value);
    if (!apart && isMap(node) && !Array.isArray(value) && typeof value === "object") {
      return this.map(node, old, value, shape, level + 1);
    }
    if (!apart && isSeq(node) && Array.isArray(value)) return this.list(node, old, value, shape, level + 1);
    if (node && !isScalar(node)) this.refuseComments(pair.key.range[0], endOf(pair));
    const put = this.pairText(keyOf(pair), value, indent, this.text.slice(...pair.key.range.slice(0, 2)));
    const block = this.text.slice(0, endOf(pair)).endsWith("\n");
    this.edits.push([pair.key.range[0], endOf(pair), put + (block ? this.end : "")]);
  }

  scalar(node, value) {
    const block = node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED";
    this.edits.push([node.range[0], node.range[1], scalarText(value, node) + (block ? this.end : "")]);
  }

  /** Change one item or value in place. */
  item(node, old, value, shape) {
    if (isScalar(node) && typeof value !== "object") return this.scalar(node, value);
    if (isMap(node) && typeof value === "object" && !Array.isArray(value)) return this.map(node, old, value, shape, 1);
    if (isSeq(node) && Array.isArray(value)) return this.list(node, old, value, shape, 1);
    throw new NoPlace();
  }

  list(node, was, wanted, shape) {
    const told_ = node.items.map((item) => told(plain(item), shape?.items));
    if (told_.some((item) => item === undefined)) throw new NoPlace();
    const steps = stepsBetween(told_, wanted);
    const sources = new Map(node.items.map((item, at) => [JSON.stringify(told_[at]), item]));
    const written = (value) => {
      const item = sources.get(JSON.stringify(value));
      return item && !this.isBlock(item) ? this.text.slice(item.range[0], item.range[1]) : flowText(value);
    };
    if (node.flow) return this.flowList(node, told_, steps, written, shape);
    const dashes = node.srcToken?.items?.map((item) => item.start.find((token) => token.type === "seq-item-ind"));
    if (!dashes || dashes.some((dash) => !dash)) throw new NoPlace();
    const lead = `${this.indentOf(dashes[0].offset)}- `;
    let at = this.lineStart(dashes[0].offset);
    for (const [index, value] of steps) {
      if (index === null) {
        this.edits.push([at, at, `${lead}${written(value)}${this.end}`]);
        continue;
      }
      const item = node.items[index];
      const [start, end] = [this.lineStart(dashes[index].offset), this.lineEnd(endOf(item))];
      if (value === undefined) this.edits.push([start, end, ""]);
      else if (!same(told_[index], value)) this.item(item, told_[index], value, shape?.items);
      at = end;
    }
  }

  flowList(node, told_, steps, written, shape) {
    if (steps.every(([index, value]) => index !== null && value !== undefined)) {
      for (const [index, value] of steps) {
        if (!same(told_[index], value)) this.item(node.items[index], told_[index], value, shape?.items);
      }
      return;
    }
    const values = steps.filter(([, value]) => value !== undefined).map(([, value]) => written(value));
    this.refuseComments(...node.range);
    this.edits.push([node.range[0], node.range[1], `[${values.join(", ")}]`]);
  }

  flowMap(node, was, wanted, shape) {
    const pairs = new Map(node.items.map((pair) => [keyOf(pair), pair]));
    const names = shape?.kind === "record" ? Object.keys(shape.fields) : Object.keys({ ...was, ...wanted });
    const changed = names.filter((name) => !same(was?.[name], wanted?.[name]));
    if (changed.every((name) => pairs.has(name) && wanted[name] !== undefined && pairs.get(name).value?.range)) {
      for (const name of changed) this.item(pairs.get(name).value, was[name], wanted[name], partOf(shape, name));
      return;
    }
    this.refuseComments(...node.range);
    const slice = (pair) => this.text.slice(pair.key.range[0], endOf(pair));
    const kept = node.items.filter((pair) => !changed.includes(keyOf(pair)) || wanted[keyOf(pair)] !== undefined);
    const order = kept.map(keyOf);
    for (const name of changed.filter((each) => wanted[each] !== undefined && !pairs.has(each))) {
      const before = names.slice(0, names.indexOf(name)).map((each) => order.indexOf(each));
      order.splice(Math.max(-1, ...before) + 1, 0, name);
    }
    const texts = order.map((name) => {
      const pair = pairs.get(name);
      if (!pair) return `${scalarText(name)}: ${flowText(wanted[name])}`;
      if (!changed.includes(name)) return slice(pair);
      const inner = new Rewriting(this.text, this.whole);
      inner.item(pair.value, was[name], wanted[name], partOf(shape, name));
      return inner.edited(pair.key.range[0], endOf(pair));
    });
    this.edits.push([node.range[0], node.range[1], `{${texts.join(", ")}}`]);
  }

  /** What has comments inside is not put together anew: they would be lost. */
  refuseComments(start, end) {
    if (/(^|\s)#/m.test(this.text.slice(start, end))) throw new NoPlace();
  }

  /** Write a key with its value as lines of block style, each item of a list of records on its own line. */
  pairText(key, value, indent, written = scalarText(key)) {
    if (Array.isArray(value) && value.some((item) => typeof item === "object")) {
      return [`${written}:`, ...value.map((item) => `${indent}- ${flowText(item)}`)].join(this.end);
    }
    return `${written}: ${flowText(value)}`;
  }

  isBlock(node) {
    return !node.flow && (isMap(node) || isSeq(node) || node.type?.startsWith("BLOCK"));
  }

  lineStart(offset) {
    const start = this.text.lastIndexOf("\n", offset - 1) + 1;
    if (/[^\s\ufeff]/.test(this.text.slice(start, offset))) throw new NoPlace();
    return this.text[start] === "\ufeff" ? start + 1 : start;
  }

  /** The end of the line that `offset` lies in, its line end included; what follows on it may only be a comment. */
  lineEnd(offset) {
    if (offset && this.text[offset - 1] === "\n") return offset;
    const end = this.text.indexOf("\n", offset);
    const rest = this.text.slice(offset, end < 0 ? undefined : end);
    if (!/^\s*(#.*)?$/.test(rest)) throw new NoPlace();
    return end < 0 ? this.text.length : end + 1;
  }

  indentOf(offset) {
    return this.text.slice(this.lineStart(offset), offset);
  }

  /** The indent of lines below one that begins at `offset`, beside the dash of an item or not. */
  columnOf(offset) {
    const before = this.text.slice(this.text.lastIndexOf("\n", offset - 1) + 1, offset).replace(/^\ufeff/, "");
    if (!/^[ -]*$/.test(before)) throw new NoPlace();
    return " ".repeat(before.length);
  }
}

function partOf(shape, name) {
  return shape?.kind === "record" ? shape.fields[name] : shape?.values;
}

/** Where a pair or node ends: after its last character, but for block scalars, whose last line end is theirs. */
function endOf(part) {
  if (part.key) return part.value?.range && part.value.range[1] > part.value.range[0] ? endOf(part.value) : colonOf(part);
  if ((isMap(part) || isSeq(part)) && !part.flow && part.items.length) return endOf(part.items.at(-1));
  return part.range[1];
}

function colonOf(pair) {
  const colon = pair.srcToken?.sep?.find((token) => token.type === "map-value-ind");
  return colon ? colon.offset + 1 : pair.key.range[1];
}
