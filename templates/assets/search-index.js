// An index as the browser reads it: its files by name, decoded once. docs/search-index.md describes their bytes;
// generator/search/reading.py is the same in Python.

export const FORMAT = 1;
export const FIELDS = ["title", "heading", "passage", "twice", "thrice"];

const STAMP_BYTES = 4;
const MOST_PAIRS = 11;
const NONE = new Uint32Array(0);

export class DamagedError extends Error {}
export class OutdatedError extends Error {}

// What cannot be read is noted in `missing`: what was found without it is not all there is. `wanted` is how many hits whoever
// asks still wants, where that is known.
export class Index {
  constructor(fetchBytes) {
    this.fetchBytes = fetchBytes;
    this.missing = new Set();
    this.kept = new Map();
    this.textsAsked = 0;
  }

  async open() {
    const [manifest, folding] = await Promise.all([this.read("manifest.bin"), this.read("folding.bin")]);
    this.manifest = JSON.parse(new TextDecoder().decode(manifest));
    if (this.manifest.format !== FORMAT) throw new OutdatedError("format");
    this.table = readFolding(folding);
    this.textNames = textNames(this.manifest.years);
    const topics = this.manifest.topics.flatMap(([, , children]) => children);
    this.topics = new Map(topics.map(([id]) => [topicMark(id), id]));
    this.reports = this.textNames.length;
    this.years = yearRanges(this.manifest.years);
    return this;
  }

  fold(text) {
    const { table } = this;
    let folded = "";
    for (let start = 0; start < text.length; start += 8192) {
      const codes = [];
      for (let at = start; at < Math.min(text.length, start + 8192); at += 1) codes.push(table[text.charCodeAt(at)]);
      folded += String.fromCharCode(...codes);
    }
    return folded;
  }

  // The reports that have all pairs of a term, by field; the text decides.
  async find(term) {
    const records = await Promise.all(chosenPairs(term).map(([first, second]) => this.lists(first, second)));
    return Object.fromEntries(
      FIELDS.map((field) => [field, intersectAll(records.map((record) => record[field] ?? NONE))]),
    );
  }

  async named(letter) {
    return (await this.lists(letter.codePointAt(0), 0)).title ?? NONE;
  }

  // The text of a report, null where its file is missing.
  async text(number) {
    const name = this.textNames[number];
    if (!this.kept.has(name)) this.textsAsked += 1;
    return this.once(name, async () => readText(await this.read(name), this.topics), null);
  }

  // What a file of `places` or `topics` lists: [{key, name, below (whether it has a file of its own), numbers}].
  async facet(name) {
    return this.once(`${name}.bin`, async () => readFacet(await this.read(`${name}.bin`)), []);
  }

  // What is listed of a place, undefined where it has no reports.
  async place(path) {
    const [, above, last] = path.match(/^(?:(.*)\/)?(.*)$/s);
    return (await this.facet(above ? `places/${above}` : "places")).find((each) => each.key === last);
  }

  async aliases(term) {
    const points = codePoints(term);
    const name = `aliases/${shardOf(points[0], points.at(-1), this.manifest.alias_bits).toString(16)}.bin`;
    const table = await this.once(name, async () => JSON.parse(new TextDecoder().decode(await this.read(name))), {});
    return Object.hasOwn(table, term) ? table[term] : [];
  }

  async lists(first, second) {
    const name = `postings/${shardOf(first, second, this.manifest.bits).toString(16)}.bin`;
    const shard = await this.once(name, async () => readShard(await this.read(name), this.manifest.stamp), new Map());
    const body = shard.get(`${first} ${second}`);
    return body ? readLists(body) : {};
  }

  async read(name) {
    return this.fetchBytes(name);
  }

  // Reads a file once; one that is missing or damaged is noted, and something empty stands for it.
  once(name, read, empty) {
    if (!this.kept.has(name)) {
      const reading = read().catch((error) => {
        if (error instanceof OutdatedError) throw error;
        this.missing.add(name);
        this.kept.delete(name);
        return empty;
      });
      this.kept.set(name, reading);
    }
    return this.kept.get(name);
  }
}

// Returns a function that fetches files of the folder `search/` at `root` and inflates them.
export function fetcher(root, cache = "default") {
  return async (name) => {
    const response = await fetch(new URL(`search/${name}`, root), { cache });
    if (!response.ok) throw new DamagedError(`${name}: ${response.status}`);
    const plain = response.body.pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(plain).arrayBuffer());
  };
}

export function codePoints(text) {
  return Array.from(text, (letter) => letter.codePointAt(0));
}

// All pairs of a short term, evenly spread ones of a long one, each once.
export function chosenPairs(term) {
  const codes = codePoints(term);
  const last = codes.length - 2;
  const places = Array.from({ length: Math.min(last + 1, MOST_PAIRS) }, (_, index) =>
    last < MOST_PAIRS ? index : Math.floor((index * last) / (MOST_PAIRS - 1)),
  );
  const pairs = new Map(places.map((place) => [`${codes[place]} ${codes[place + 1]}`, [codes[place], codes[place + 1]]]));
  return [...pairs.values()];
}

export function shardOf(first, second, bits) {
  const mixed = (Math.imul(first, 0x9e3779b1) + Math.imul(second, 0x85ebca6b)) >>> 0;
  return bits ? mixed >>> (32 - bits) : 0;
}

// FNV-1a, of the id of a topic.
function topicMark(id) {
  return [...id].reduce((mark, letter) => Math.imul(mark ^ letter.charCodeAt(0), 0x01000193), 0x811c9dc5) >>> 0;
}

export function intersect(left, right) {
  const common = [];
  for (let a = 0, b = 0; a < left.length && b < right.length; ) {
    if (left[a] === right[b]) {
      common.push(left[a]);
      a += 1;
      b += 1;
    } else if (left[a] < right[b]) a += 1;
    else b += 1;
  }
  return Uint32Array.from(common);
}

export function intersectAll(lists) {
  return lists.reduce((common, each) => intersect(common, each));
}

export function bitLength(number) {
  return 32 - Math.clz32(number);
}

// The years, newest first, with the numbers of their reports: [{year, start, end}].
function yearRanges(years) {
  let end = 0;
  return years.map(([year, sizes]) => {
    const start = end;
    end += sizes.reduce((sum, size) => sum + size, 0);
    return { year, start, end };
  });
}

function textNames(years) {
  const names = [];
  for (const [year, sizes] of years) {
    sizes.forEach((size, bucket) => {
      for (let position = 0; position < size; position += 1) {
        names.push(`texts/${year}/${bucket.toString(16)}-${position}.bin`);
      }
    });
  }
  return names;
}

function readFolding(bytes) {
  const table = Uint16Array.from({ length: 1 << 16 }, (_, code) => code);
  const count = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const codes = [];
  let at = 4;
  let code = 0;
  for (let index = 0; index < count; index += 1) {
    let distance = bytes[at];
    at += 1;
    if (distance === 0) {
      distance = (bytes[at] << 8) | bytes[at + 1];
      at += 2;
    }
    code += distance;
    codes.push(code);
  }
  codes.forEach((each, index) => {
    table[each] = (bytes[at + index] << 8) | bytes[at + count + index];
  });
  return table;
}

function readVarint(bytes, start) {
  let value = 0;
  let shift = 0;
  for (let at = start; at < bytes.length; at += 1) {
    value |= (bytes[at] & 0x7f) << shift;
    if (bytes[at] < 0x80) return [value >>> 0, at + 1];
    shift += 7;
  }
  throw new DamagedError("a number without its end");
}

function readList(bytes, start) {
  const [header, from] = readVarint(bytes, start);
  const end = from + (header >>> 1);
  if (end > bytes.length) throw new DamagedError("cut short");
  const numbers = [];
  if (header & 1) {
    for (let at = from; at < end; at += 1) {
      for (let bit = 0; bit < 8; bit += 1) if (bytes[at] & (1 << bit)) numbers.push((at - from) * 8 + bit);
    }
  } else {
    let number = -1;
    for (let at = from; at < end; ) {
      const [gap, next] = readVarint(bytes, at);
      number += gap + 1;
      numbers.push(number);
      at = next;
    }
  }
  return [Uint32Array.from(numbers), end];
}

function readShard(bytes, stamp) {
  const own = Array.from(bytes.subarray(0, STAMP_BYTES), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (own !== stamp) throw new OutdatedError("stamp");
  const records = new Map();
  let at = STAMP_BYTES;
  while (at < bytes.length) {
    const [first, second, size] = [0, 0, 0].map(() => {
      const [value, next] = readVarint(bytes, at);
      at = next;
      return value;
    });
    records.set(`${first} ${second}`, bytes.subarray(at, at + size));
    at += size;
  }
  if (at > bytes.length) throw new DamagedError("cut short");
  return records;
}

function readLists(body) {
  const lists = {};
  let at = 1;
  FIELDS.forEach((field, index) => {
    if (body[0] & (1 << index)) [lists[field], at] = readList(body, at);
  });
  return lists;
}

function readText(bytes, ids) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let at = 5 + view.getUint32(1);
  const [id, above, place, title, marks, sections] = JSON.parse(new TextDecoder().decode(bytes.subarray(5, at)));
  const times = new Map();
  const anchor = () => {
    const own = `p-${view.getUint32(at).toString(16).padStart(8, "0")}`;
    at += 4;
    times.set(own, (times.get(own) ?? 0) + 1); // the same words again are numbered
    return times.get(own) > 1 ? `${own}-${times.get(own)}` : own;
  };
  const anchors = sections.map(([, , passages]) => passages.map(anchor));
  const encoding = bytes[0] ? "utf-16le" : "gb18030";
  const words = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes.subarray(at)).split("\0");
  let next = 0;
  const word = () => {
    if (next >= words.length) throw new DamagedError("cut short");
    next += 1;
    return words[next - 1];
  };
  return {
    id,
    above,
    place,
    title,
    sections: sections.map(([section, level, passages], number) => ({
      id: section,
      level,
      heading: word(),
      passages: passages.map((topics, place) => ({
        id: anchors[number][place],
        text: word(),
        topics: topics.map((topic) => ids.get(marks[topic])).filter(Boolean),
      })),
    })),
  };
}

function readFacet(bytes) {
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  let at = 4 + size;
  return JSON.parse(new TextDecoder().decode(bytes.subarray(4, at))).map(([key, name, below]) => {
    const [numbers, end] = readList(bytes, at);
    at = end;
    return { key, name, below: below === 1, numbers };
  });
}
