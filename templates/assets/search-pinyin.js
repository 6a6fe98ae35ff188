// Pinyin as people type it, and the files of names, read: generator/search/pinyin.py, name_alphabet.py, name_reading.py and
// name_book.py in the browser. Characters are code points; ü is written v.

const MOST_TYPED = 256;
const SEPARATORS = new Set(" \t\r\n\u00a0\u3000'’‘`·-_");
const MARKS = /^[\u0300-\u036f]*$/;
const HAN = /^[\u3007\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]$/u;
const SIGN = /^[a-z0-9]$/;
const OTHER_KINDS = ["topic", "system", "law"];
const PREFIXES = ["topics/", "topics/systems/", "laws/"];
const TWO_LETTERS = ["zh", "ch", "sh"];

// Folds a character to a small letter (ü is v), a digit, a Chinese character, or nothing.
export const foldCharacter = remember((character) => {
  if (SIGN.test(character)) return character;
  const [first = " ", ...marks] = character.normalize("NFKD").toLowerCase();
  if (isHan(first)) return marks.length ? "" : first;
  if (!SIGN.test(first) || !MARKS.test(marks.join(""))) return "";
  return first === "u" && marks.includes("\u0308") ? "v" : first;
});

// Folds what is typed; empty where there is too much of it.
export function foldTyped(typed, fold) {
  if (typed.length > 8 * MOST_TYPED || [...typed].length > 4 * MOST_TYPED) return [];
  const letters = [...fold(typed.normalize("NFC"))].map((each) => (SEPARATORS.has(each) ? " " : foldCharacter(each)));
  const folded = [...letters.join("").replace(/ +/g, " ").replace(/^ | $/g, "")];
  return folded.length <= MOST_TYPED ? folded : [];
}

export function isHan(character) {
  return HAN.test(character);
}

// The ways in which a syllable is typed in full: lv, lu and lyu for lü.
export const spellings = remember((syllable) => {
  const vowels = syllable.slice(1).includes("v") ? ["v", "u", "yu"] : ["v"];
  return vowels.map((each) => syllable.replace("v", each));
});

// What may stand for a syllable: its first letter, and zh, ch, sh.
export const initials = remember((syllable) => {
  const shorter = [syllable.slice(0, 1), TWO_LETTERS.includes(syllable.slice(0, 2)) ? syllable.slice(0, 2) : ""];
  return shorter.filter((each) => each && each !== syllable);
});

// What syllables that sound alike have in common.
export const sound = remember((syllable) => {
  let alike = syllable.replace("v", "u");
  if (TWO_LETTERS.includes(alike.slice(0, 2))) alike = alike[0] + alike.slice(2);
  if (alike[0] === "n" && alike.length > 1) alike = `l${alike.slice(1)}`;
  return alike.endsWith("ng") ? alike.slice(0, -1) : alike;
});

// The spellings of a syllable and of those that sound alike.
export const likeSpellings = remember((syllable) => {
  const pair = [...TWO_LETTERS.map((each) => [each, each[0]]), ["l", "n"]].find((each) => startOf(each, syllable));
  const own = pair ? startOf(pair, syllable) : "";
  const rest = syllable.slice(own.length);
  const stem = rest.endsWith("ng") ? rest.slice(0, -1) : rest;
  const rests = stem.endsWith("n") ? [stem, `${stem}g`] : [rest];
  const starts = pair ? [own, ...pair.filter((each) => each !== own)] : [""];
  return [...new Set(starts.flatMap((start) => rests.flatMap((end) => spellings(start + end))))];
});

// Reads a file of names; one below another has that one's alphabet.
export function readBook(content, fold, above = null) {
  const { note, parts } = readSections(content);
  const [shards, stamp = ""] = note.split(":");
  if (parts.length !== 9) throw new Error("not a file of names");
  if (above && note !== above.stamp) throw new Error("a file of names of another making");
  const [ends, syllables, extras, alphabetNumbers, places, others, ids, notes, parentNumbers] = parts;
  const alphabet = above?.alphabet ?? readAlphabet(textOf(syllables), textOf(extras), readNumbers(alphabetNumbers));
  const parents = readParents(readNumbers(parentNumbers));
  const told = { ids: textOf(ids).split("\n"), parents, ...readNotes(textOf(notes)) };
  const named = [];
  const open = [];
  for (const [stem, end] of readStems(textOf(ends).split(" "), [...readSymbols(places), ...readSymbols(others)], alphabet)) {
    const number = named.length;
    const place = /^(\d+)([a-z])(.*)$/.exec(end);
    if (place) open.length = Math.min(open.length, Number(place[1]));
    const characters = place ? [...stem, ...place[3]] : stem;
    const readings = told.readings.get(number);
    named.push({
      name: characters.join(""),
      characters,
      rank: place ? "pfct".indexOf(place[2]) : 4 + Number(end),
      syllables: characters.map((each, at) => readings?.get(at) ?? (alphabet.readings.get(each) || signOf(each))),
      stem: stem.length,
      parent: place ? (told.parents[number] ?? open.at(-1) ?? -1) : -1,
      slug: place ? (told.slugs.get(number) ?? "") : told.ids.shift(),
    });
    if (place) open.push(number);
  }
  return makeBook(named, { alphabet, above, shards, stamp }, fold);
}

// Reads the readings of common characters: character -> syllable.
export function readReadings(content) {
  const { parts } = readSections(content);
  if (parts.length !== 2) throw new Error("not a file of readings");
  const syllables = readSyllables(textOf(parts[0]));
  const readings = running(readNumbers(parts[1]), syllables.length).map((number) => syllables[number]);
  return new Map(gbCharacters().map((character, at) => [character, readings[at]]));
}

// Where in its name a match stands.
export function spanOf(book, { start, end }) {
  return [book.positions[start], book.positions[end - 1] + 1];
}

// The words of a name that match.
export function wordOf(book, match) {
  return book.named[match.entry].characters.slice(...spanOf(book, match)).join("");
}

// What is told of a match: {kind, name, above, address, id, start, end}.
export function suggestionOf(book, match) {
  const { name, rank, slug } = book.named[match.entry];
  const [start, end] = spanOf(book, match);
  const kind = rank < 4 ? "place" : OTHER_KINDS[rank - 4];
  const id = idOf(book, match.entry);
  const usual = rank < 4 ? `places/${id}/` : `${PREFIXES[rank - 4]}${id}/`;
  const address = rank >= 4 && slug.startsWith("/") ? slug.slice(1) : usual;
  return { kind, name, above: namesAbove(book, match.entry), address, id, start, end };
}

function idOf(book, entry) {
  const { rank, slug, syllables, stem, parent } = book.named[entry];
  if (rank >= 4) return slug.startsWith("/") ? slug.replace(/^\/+|\/+$/g, "") : readSlug(slug, syllables);
  const usual = [syllables.slice(0, stem), syllables.slice(stem)].map((part) => part.join("")).filter(Boolean).join("-");
  const own = slug ? readSlug(slug, syllables) : usual;
  return parent < 0 ? own : `${idOf(book.above ?? book, parent)}/${own}`;
}

function namesAbove(book, entry) {
  const { parent } = book.named[entry];
  const holder = book.above ?? book;
  return parent < 0 ? "" : `${namesAbove(holder, parent)}${holder.named[parent].name}`;
}

// Reads a slug: a digit takes so many syllables, A to Z passes over 1 to 26, all else stands for itself.
function readSlug(written, syllables) {
  if (written.startsWith("=")) return written.slice(1);
  let [slug, at] = ["", 0];
  for (const sign of written) {
    if (/[1-9]/.test(sign)) {
      slug += syllables.slice(at, at + Number(sign)).join("");
      at += Number(sign);
    } else if (/[A-Z]/.test(sign)) at += sign.charCodeAt(0) - 64;
    else slug += sign;
  }
  return slug;
}

function remember(work) {
  const known = new Map();
  return (text) => {
    if (!known.has(text)) known.set(text, work(text));
    return known.get(text);
  };
}

function startOf(pair, syllable) {
  return pair.find((each) => syllable.startsWith(each) && syllable.length > each.length);
}

function textOf(bytes) {
  return new TextDecoder().decode(bytes);
}

// The letter or digit that a character folds to.
function signOf(character) {
  const folded = foldCharacter(character);
  return SIGN.test(folded) ? folded : "";
}

function readSections(content) {
  const start = content.indexOf(10) + 1;
  const [version, note, ...lengths] = textOf(content.subarray(0, Math.max(0, start - 1))).split(" ");
  if (version !== "gongkai-names-1") throw new Error("a file of names of another format");
  let at = start;
  const parts = lengths.map((length) => content.subarray(at, (at += Number(length))));
  return { note, parts };
}

function readNumbers(bytes) {
  const numbers = [];
  let sum = 0;
  for (const byte of bytes) {
    sum += byte;
    if (byte === 255) continue;
    numbers.push(sum);
    sum = 0;
  }
  return numbers;
}

function readSymbols(bytes) {
  const symbols = [];
  for (let at = 0; at < bytes.length; at += 1) {
    symbols.push(bytes[at] < 224 ? bytes[at] : 224 + (bytes[at] - 224) * 256 + (bytes[(at += 1)] ?? 0));
  }
  return symbols;
}

// The Chinese characters of GB 2312 in its order; empty where it has none.
function gbCharacters() {
  const decoder = new TextDecoder("gb18030");
  const bytes = new Uint8Array(2 * 72 * 94);
  for (let at = 0; at < 72 * 94; at += 1) bytes.set([0xb0 + Math.floor(at / 94), 0xa1 + (at % 94)], 2 * at);
  return [...decoder.decode(bytes)].map((each) => (isHan(each) ? each : ""));
}

function readAlphabet(syllableText, extras, [frequent = 0, ...numbers]) {
  const known = [...gbCharacters(), ...extras];
  const syllables = readSyllables(syllableText);
  const steps = numbers.slice(0, numbers.length / 2);
  let place = -1;
  const characters = steps.map((step, number) => known[(place = step + (number === frequent ? -1 : place))]);
  const readings = running(numbers.slice(steps.length), syllables.length);
  return { characters, readings: new Map(characters.map((each, at) => [each, syllables[readings[at]]])) };
}

function readSyllables(written) {
  const lines = written ? written.split("\n").map((line) => line.split(" ")) : [];
  return ["", ...lines.flatMap(([consonants, ...rests]) => rests.map((rest) => consonants + rest))];
}

function running(steps, modulus) {
  let number = 0;
  return steps.map((step) => (number = (number + step) % modulus));
}

function readNotes(written) {
  const [slugs, readings] = [new Map(), new Map()];
  let number = 0;
  for (const line of written.split("\n").filter(Boolean)) {
    const [step, ...told] = line.split(" ");
    number += Number(step);
    if (told.length === 1) slugs.set(number, told[0]);
    else readings.set(number, (readings.get(number) ?? new Map()).set(Number(told[0]), told[1]));
  }
  return { slugs, readings };
}

function readParents(numbers) {
  const parents = [];
  let parent = -1;
  for (let at = 0; at < numbers.length; at += 2) {
    parent += numbers[at];
    for (let count = 0; count < numbers[at + 1]; count += 1) parents.push(parent);
  }
  return parents;
}

// Names: the characters before the end, and the end.
function* readStems(ends, symbols, alphabet) {
  let stem = [];
  for (const symbol of symbols) {
    if (symbol >= ends.length) stem.push(alphabet.characters[symbol - ends.length]);
    else {
      yield [stem, ends[symbol]];
      stem = [];
    }
  }
}

// Lays names out for matching: by name its first unit, how many are of its stem, how many may be left out; and all units.
function makeBook(named, head, fold) {
  const units = { characters: [], syllables: [], positions: [], owners: [] };
  const book = { ...head, named, first: [], stems: [], omissible: [], ...units };
  const addUnit = (character, syllable, position, owner) => {
    book.characters.push(character);
    book.syllables.push(syllable);
    book.positions.push(position);
    book.owners.push(owner);
  };
  for (const [owner, each] of named.entries()) {
    const first = book.characters.length;
    let stem = 0;
    for (const [at, character] of [...fold(each.name)].map(foldCharacter).entries()) {
      if (!character) continue;
      addUnit(character, each.syllables[at], at, owner);
      stem += at < each.stem;
    }
    const isLong = each.rank === 6 && each.name.startsWith("中华人民共和国") && book.characters.length - first > 7;
    addUnit("", "", each.characters.length, owner);
    book.first.push(first);
    book.stems.push(stem);
    book.omissible.push(isLong ? 7 : 0);
  }
  book.first.push(book.characters.length);
  return Object.assign(book, { byCharacter: placesOf(book.characters), bySyllable: placesOf(book.syllables) });
}

function placesOf(values) {
  const places = new Map();
  for (const [place, value] of values.entries()) {
    if (!value) continue;
    if (!places.has(value)) places.set(value, []);
    places.get(value).push(place);
  }
  return places;
}
