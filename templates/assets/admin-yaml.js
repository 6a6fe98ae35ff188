// YAML as the program reads it (generator/content/yaml_reading.py), with every value's place in the text: plain values
// only, no anchors, aliases or tags, no doubled keys. `no`, `2024-01-05` and `0123` stay strings.
import { isAlias, isMap, isScalar, isSeq, parseAllDocuments } from "gongkai/yaml";

const MOST_CHARACTERS = 1_000_000;
const MOST_LEVELS = 20;
const INTEGER = /^[-+]?(0|[1-9][0-9]*)$/;
const DECIMAL = /^[-+]?(0|[1-9][0-9]*)\.[0-9]+$/;
const CONSTANTS = new Map([["true", true], ["false", false], ["null", null], ["~", null], ["", null]]);
const READING = { schema: "failsafe", keepSourceTokens: true, prettyErrors: false, strict: true, uniqueKeys: false };

/** A file that the form cannot edit; the message says what to do in the file itself. */
export class FormatError extends Error {}

/** Read one document: `{node, value}`, the node null for an empty one. Throw FormatError for anything but plain YAML. */
export function readYaml(text) {
  if (text.length > MOST_CHARACTERS) throw new FormatError("文件太大，不能在表单里编辑；请在文件里编辑");
  const documents = parsed(text);
  if (documents.length > 1) throw new FormatError("一个文件里只能有一份 YAML 文档；请在文件里删去多余的「---」");
  const document = documents[0];
  if (document?.errors?.length) throw new FormatError(`YAML 语法有误（${document.errors[0].code}）；请先在文件里改正`);
  const node = document?.contents ?? null;
  return { node, value: node ? plain(node) : null };
}

function parsed(text) {
  try {
    return parseAllDocuments(text, READING);
  } catch (error) {
    if (error instanceof RangeError) throw new FormatError(`嵌套超过 ${MOST_LEVELS} 层；请在文件里减少嵌套`);
    throw error;
  }
}

/** The plain value of a node. Throw FormatError for what is not plain YAML. */
export function plain(node, level = 0) {
  if (level > MOST_LEVELS) throw new FormatError(`嵌套超过 ${MOST_LEVELS} 层；请在文件里减少嵌套`);
  if (node === null) return null;
  if (isAlias(node) || node.anchor) throw new FormatError("不支持 YAML 的锚点和别名（& 和 *）；请在文件里把内容直接写出来");
  if (node.tag && !/^(!|tag:yaml\.org,2002:(str|map|seq))$/.test(node.tag)) {
    throw new FormatError(`不支持 YAML 标签 ${node.tag}；请在文件里删去标签`);
  }
  if (isMap(node)) {
    const pairs = node.items.map((pair) => {
      if (!isScalar(pair.key)) throw new FormatError("键必须是文字；请在文件里把键写成一个词");
      return [plainKey(pair.key), plain(pair.value, level + 1)];
    });
    const value = Object.fromEntries(pairs);
    if (Object.keys(value).length !== pairs.length) throw new FormatError("同一个键写了两次；请在文件里合并为一处");
    return value;
  }
  if (isSeq(node)) return node.items.map((item) => plain(item, level + 1));
  return scalar(node);
}

/** The text of a key. */
export function plainKey(key) {
  if (key.anchor) throw new FormatError("不支持 YAML 的锚点和别名（& 和 *）；请在文件里把内容直接写出来");
  const name = key.source ?? String(key.value ?? "");
  if (name === "__proto__") throw new FormatError("不能用「__proto__」作键；请在文件里换一个词");
  return name;
}

function scalar(node) {
  const text = node.source ?? "";
  if (node.type !== "PLAIN" || node.tag === "!" || node.tag === "tag:yaml.org,2002:str") return text;
  if (CONSTANTS.has(text)) return CONSTANTS.get(text);
  return INTEGER.test(text) || DECIMAL.test(text) ? Number(text) : text;
}

/** Tell whether a text, written without quotes, reads as itself and as text in every reader of YAML, 1.1 or 1.2. */
function safe(text) {
  return (
    /^[\p{L}][\p{L}\p{N}\p{Script=Han} _./%+。，、；：？！（）《》〈〉“”‘’「」『』【】〔〕—…·-]*$/u.test(text) &&
    !/\s$|^(true|false|null|yes|no|on|off|y|n)$|\s{2}/i.test(text)
  );
}

/** Write one scalar on one line. `like` is the scalar that it takes the place of, whose quotes it keeps where it can. */
export function scalarText(value, like) {
  if (typeof value !== "string") return String(value);
  const single = `'${value.replaceAll("'", "''")}'`;
  const printable = !/[\p{C}\p{Zl}\p{Zp}]/u.test(value) && value.trim() === value;
  if (like?.type === "QUOTE_SINGLE" && printable) return single;
  if (like?.type !== "QUOTE_DOUBLE" && safe(value)) return value;
  const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escaped);
}

/** Write a value on one line, in flow style. */
export function flowText(value) {
  if (Array.isArray(value)) return `[${value.map(flowText).join(", ")}]`;
  if (value === null || typeof value !== "object") return scalarText(value);
  return `{${Object.entries(value).map(([key, each]) => `${scalarText(key)}: ${flowText(each)}`).join(", ")}}`;
}
