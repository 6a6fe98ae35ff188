// The names of a site and what is suggested of them: generator/search/names.py, name_matching.py and name_mending.py in the
// browser. Positions count code points, as [...name] does.

import { foldTyped, initials, isHan, likeSpellings, sound, spellings } from "gongkai/search-pinyin";
import { readBook, readReadings, spanOf, suggestionOf, wordOf } from "gongkai/search-pinyin";

const [MAIN, ALIASES, READINGS] = ["names.bin", "names-aliases.bin", "readings.bin"];
const [FULL, INITIAL, PREFIX] = [0, 1, 2];
const [EXACT, EXACT_STEM, BEGINS, INSIDE] = [0, 1, 2, 3];
const LEAST_UNITS = 2;
const LEAST_DICE = 0.5;
const MOST_WEIGHED = 200;

// `fetchBytes` gives the unpacked bytes of a file; `fold` is done to names and to what is typed, and changes no length.
export class Names {
  constructor(fetchBytes, fold = (text) => text) {
    Object.assign(this, { fetchBytes, fold, files: new Map(), missing: new Set() });
  }

  // Whether a file is missing or of another format.
  get incomplete() {
    return this.missing.size > 0;
  }

  // Names for what is typed in Chinese, pinyin, initials or a mixture, best first.
  async suggest(typed, most = 8) {
    const letters = foldTyped(typed, this.fold);
    const [books, matches] = [[], []];
    let found = new Map();
    for await (const more of this.rounds(letters, lettersOf)) {
      matches.push(...bestMatches(more, books.length, typedOf(letters)));
      books.push(...more);
      found = new Map();
      for (const { number, match } of matches.sort((one, other) => compareKeys(one.key, other.key))) {
        if (found.size >= most) break;
        const suggestion = suggestionOf(books[number], match);
        if (!found.has(suggestion.address)) found.set(suggestion.address, suggestion);
      }
      if (found.size) break;
    }
    return [...found.values()];
  }

  // The Chinese words of two characters or more that pinyin stands for, as names have them, best first.
  async words(typed, most = 8) {
    const letters = foldTyped(typed, this.fold);
    if (letters.some((each) => isHan(each) || /[0-9]/.test(each))) return [];
    const matches = [];
    let read = 0;
    for await (const more of this.rounds(letters, lettersOf)) {
      matches.push(...wordMatches(more, read, typedOf(letters)));
      read += more.length;
      if (matches.length) break;
    }
    return bestWords(matches).slice(0, most);
  }

  // Words of names that sound like what is typed, then names that share most of its characters: {word, why, suggestion}.
  async nearest(typed, most = 5) {
    const letters = foldTyped(typed, this.fold).filter((each) => each !== " ");
    const main = letters.length < LEAST_UNITS ? null : await this.book(MAIN);
    if (!main) return [];
    const readings = new Map();
    for (const each of letters.filter(isHan)) readings.set(each, await this.readingsOf(main, each));
    const likeLetters = (each) => ("ln".includes(each) ? ["l", "n"] : [each]);
    const firsts = [...(readings.get(letters[0]) ?? [letters[0]])].map(firstLetter).flatMap(likeLetters);
    const books = [];
    for await (const more of this.rounds(letters, () => new Set(firsts))) books.push(...more);
    const found = new Map();
    for (const { number, match, why } of findAlike(books, letters, readings)) {
      if (found.size >= most) break;
      const book = books[number];
      const word = wordOf(book, match);
      const isTyped = book.characters.slice(match.start, match.end).join("") === letters.join("");
      if (!isTyped && !found.has(word)) found.set(word, { word, why, suggestion: suggestionOf(book, match) });
    }
    return [...found.values()];
  }

  // The books to look in: first those of names (of townships, by the letters that `chosen` tells), then that of aliases.
  async *rounds(letters, chosen) {
    const main = letters.length ? await this.book(MAIN) : null;
    if (!main) return;
    const wanted = chosen(main, letters);
    const shards = [...main.shards].filter((letter) => wanted.has(letter));
    const below = await Promise.all(shards.map((letter) => this.book(`names-${letter}.bin`, main)));
    yield [main, ...below.filter(Boolean)];
    const aliases = await this.book(ALIASES);
    if (aliases) yield [aliases];
  }

  book(name, above = null) {
    return this.load(name, (content) => readBook(content, this.fold, above));
  }

  // The readings of a character: those that it has in names, and the common one.
  async readingsOf(main, character) {
    const common = (await this.load(READINGS, readReadings))?.get(character);
    const inNames = (main.byCharacter.get(character) ?? []).map((unit) => main.syllables[unit]);
    return new Set([...inNames, main.alphabet.readings.get(character), common].filter(Boolean));
  }

  // What a file says, read once; null where it cannot be read, until it can.
  load(name, reader) {
    if (!this.files.has(name)) {
      const reading = Promise.resolve(name).then(this.fetchBytes).then(reader);
      const told = reading.then(
        (content) => {
          this.missing.delete(name);
          return content;
        },
        () => {
          this.missing.add(name);
          this.files.delete(name);
          return null;
        },
      );
      this.files.set(name, told);
    }
    return this.files.get(name);
  }
}

function firstLetter(syllable) {
  return /^[a-z]/.test(syllable) ? syllable[0] : "0";
}

function lettersOf(main, [first]) {
  return new Set([firstLetter(isHan(first) ? (main.alphabet.readings.get(first) ?? "") : first)]);
}

/* Matching: what is typed with names */

// What is typed; with `isLoose`, syllables are in full, and may be others that sound alike.
function typedOf(letters, isLoose = false) {
  return { letters, text: letters.map((each) => (each.length > 1 ? "\ufffd" : each)).join(""), isLoose, steps: new Map() };
}

// Where a unit of a name can end that begins at a place in what is typed, and how it is typed then: [[end, how]].
function stepsAt(typed, place, character, syllable) {
  const at = place + (typed.text[place] === " ");
  if (isHan(typed.letters[at])) return typed.letters[at] === character ? [[at + 1, FULL]] : [];
  const key = `${syllable} ${at}`;
  if (!typed.steps.has(key)) typed.steps.set(key, [...makeSteps(typed, at, syllable)]);
  return typed.steps.get(key);
}

function makeSteps({ text, isLoose }, at, syllable) {
  if (!syllable || !(isLoose || text[at] === syllable[0])) return new Map();
  const forms = (isLoose ? likeSpellings : spellings)(syllable);
  const found = new Map(forms.filter((form) => text.startsWith(form, at)).map((form) => [at + form.length, FULL]));
  if (isLoose) return found;
  const add = (end, how) => found.has(end) || found.set(end, how);
  for (const initial of initials(syllable)) if (text.startsWith(initial, at)) add(at + initial.length, INITIAL);
  if (forms.some((form) => form.startsWith(text.slice(at)))) add(text.length, PREFIX);
  return found;
}

// Matches in the names of a book; below another book, where names are by their beginnings, only these.
function* findMatches(book, typed) {
  for (const start of startsOf(book, typed)) {
    const entry = book.owners[start];
    if (book.above && start !== book.first[entry]) continue;
    for (const [end, isAbbreviated, last] of endsOf(book, typed, start)) yield { entry, start, end, isAbbreviated, last };
  }
}

// The units that what is typed may begin with; of many of these the unit after tells at once that it cannot.
function* startsOf(book, typed) {
  if (isHan(typed.letters[0])) {
    yield* book.byCharacter.get(typed.letters[0]) ?? [];
    return;
  }
  const following = new Map();
  const followingAt = (end) => {
    const canFollow = (each) => stepsAt(typed, end, "", each).length > 0;
    if (!following.has(end)) following.set(end, new Set([...book.bySyllable.keys()].filter(canFollow)));
    return following.get(end);
  };
  for (const [syllable, starts] of book.bySyllable) {
    const ends = stepsAt(typed, 0, "", syllable).map(([end]) => end);
    if (ends.some((end) => end === typed.text.length || isHan(typed.letters[end]))) yield* starts;
    else yield* starts.filter((start) => ends.some((end) => followingAt(end).has(book.syllables[start + 1])));
  }
}

// [[end, isAbbreviated, how the last syllable is typed]] of the matches that begin with a unit.
function endsOf(book, typed, start) {
  const found = [];
  let ways = new Map([[0, false]]);
  for (let unit = start; ways.size && book.characters[unit]; unit += 1) {
    const reached = new Map();
    for (const [at, isAbbreviated] of ways) {
      for (const [end, how] of stepsAt(typed, at, book.characters[unit], book.syllables[unit])) {
        if (end === typed.text.length) found.push([unit + 1, isAbbreviated, how]);
        else reached.set(end, (reached.get(end) ?? true) && (isAbbreviated || how === INITIAL));
      }
    }
    ways = reached;
  }
  return found;
}

function keyOf(book, match) {
  const { rank, characters } = book.named[match.entry];
  return [Number(match.isAbbreviated), placeInName(book, match), Number(match.last !== FULL), rank, characters.length];
}

function placeInName(book, { entry, start, end, isAbbreviated, last }) {
  const [first, after] = [book.first[entry], book.first[entry + 1] - 1];
  if (![0, book.omissible[entry]].includes(start - first)) return INSIDE;
  if (last === FULL || (isAbbreviated && last === INITIAL)) {
    if (end === after) return EXACT;
    if (end === first + book.stems[entry]) return EXACT_STEM;
  }
  return BEGINS;
}

// Whether a match neither begins a name nor ends it, or its stem.
function isInner(book, { entry, start, end }) {
  const [first, after] = [book.first[entry], book.first[entry + 1] - 1];
  return ![0, book.omissible[entry]].includes(start - first) && ![after, first + book.stems[entry]].includes(end);
}

// Whether a match has some of the generic part of a name and is not the whole name.
function cutsGeneric(book, { entry, start, end }) {
  const [first, after] = [book.first[entry], book.first[entry + 1] - 1];
  return end > first + book.stems[entry] && (start !== first || end !== after);
}

function bestMatches(books, read, typed) {
  const best = new Map();
  for (const [place, book] of books.entries()) {
    const number = read + place;
    for (const match of findMatches(book, typed)) {
      const key = [...keyOf(book, match), number, match.entry, ...spanOf(book, match)];
      const name = `${number} ${match.entry}`;
      if (!best.has(name) || compareKeys(key, best.get(name).key) < 0) best.set(name, { key, number, match });
    }
  }
  return best.values();
}

function wordMatches(books, read, typed) {
  const found = [];
  for (const [place, book] of books.entries()) {
    for (const match of findMatches(book, typed)) {
      if (match.last === PREFIX || match.end - match.start < LEAST_UNITS || cutsGeneric(book, match)) continue;
      const word = wordOf(book, match);
      if (![...word].every(isHan)) continue;
      const isShort = Number(match.isAbbreviated || match.last !== FULL);
      const rest = [read + place, match.entry, ...spanOf(book, match)];
      found.push({ word, key: [isShort, Number(isInner(book, match)), ...keyOf(book, match).slice(2), ...rest] });
    }
  }
  return found;
}

function bestWords(matches) {
  const words = new Map();
  for (const { word, key } of matches) {
    const known = words.get(word);
    const isKnownBetter = known && compareKeys(known.key, key) < 0;
    words.set(word, { count: (known?.count ?? 0) + 1, key: isKnownBetter ? known.key : key });
  }
  const keyed = [...words].map(([word, { count, key }]) => ({ word, key: [...key.slice(0, 2), -count, ...key] }));
  return keyed.sort((one, other) => compareKeys(one.key, other.key)).map(({ word }) => word);
}

function compareKeys(one, other) {
  const at = one.findIndex((value, place) => value !== other[place]);
  return at < 0 ? 0 : one[at] - other[at];
}

/* Mending: what may have been meant, best first */

function findAlike(books, letters, readings) {
  const found = books.flatMap((book, number) => {
    if (!letters.some(isHan)) {
      return [...findMatches(book, typedOf(letters, true))].map((match) => bySound(number, book, 0, match));
    }
    const isChinese = letters.every((each) => isHan(each) || /[0-9]/.test(each));
    const alike = isChinese ? soundingAlike(number, book, letters, readings) : [];
    return [...alike, ...sharingCharacters(number, book, letters)];
  });
  return found.sort((one, other) => compareKeys(one.key, other.key));
}

function* soundingAlike(number, book, letters, readings) {
  const wanted = letters.map((each) => readings.get(each) ?? new Set([each]));
  const sounds = wanted.map((each) => new Set([...each].map(sound)));
  for (const [syllable, starts] of book.bySyllable) {
    if (!sounds[0].has(sound(syllable))) continue;
    for (const start of starts) {
      const units = letters.map((each, at) => ({ at, unit: start + at, isSame: book.characters[start + at] === each }));
      const differing = units.filter(({ isSame }) => !isSame);
      const near = differing.filter(({ at, unit }) => !wanted[at].has(book.syllables[unit]));
      const isAlike = ({ at, unit }) => Boolean(book.syllables[unit]) && sounds[at].has(sound(book.syllables[unit]));
      if (!differing.length || !near.every(isAlike)) continue;
      yield bySound(number, book, near.length, { entry: book.owners[start], start, end: start + letters.length });
    }
  }
}

function bySound(number, book, near, match) {
  const { rank, characters } = book.named[match.entry];
  const inside = Number(match.start > book.first[match.entry]) + Number(isInner(book, match));
  const key = [0, near, inside, rank, characters.length, number, match.entry, match.start, match.end];
  return { key, number, match, why: "sound" };
}

function* sharingCharacters(number, book, letters) {
  const counts = countOf(letters);
  const common = new Map();
  for (const [character, count] of counts) {
    const owners = countOf((book.byCharacter.get(character) ?? []).map((unit) => book.owners[unit]));
    for (const [entry, own] of owners) common.set(entry, (common.get(entry) ?? 0) + Math.min(count, own));
  }
  const likeness = ([entry, shared]) => diceOf(shared, letters.length, book.stems[entry] - book.omissible[entry]);
  const weighed = [...common].map((each) => [-likeness(each), each[0]]).sort(compareKeys);
  for (const [least, entry] of weighed.slice(0, MOST_WEIGHED)) {
    const part = -least >= LEAST_DICE ? bestPart(book, entry, counts, letters.length) : null;
    if (!part) continue;
    const { dice, start, end } = part;
    const { rank, characters } = book.named[entry];
    const key = [1, -dice, 0, rank, characters.length, number, entry, start, end];
    yield { key, number, match: { entry, start, end }, why: "letters" };
  }
}

// The part of a name that shares most with what is typed: its stem, what cannot be left out, or all of it.
function bestPart(book, entry, counts, length) {
  const [first, after] = [book.first[entry], book.first[entry + 1] - 1];
  let best = null;
  for (const [start, end] of [[first + book.omissible[entry], first + book.stems[entry]], [first, after]]) {
    const own = countOf(book.characters.slice(start, end));
    const shared = [...counts].reduce((sum, [character, count]) => sum + Math.min(count, own.get(character) ?? 0), 0);
    const dice = diceOf(shared, length, end - start);
    if (shared >= LEAST_UNITS && dice >= LEAST_DICE && dice > (best?.dice ?? 0)) best = { dice, start, end };
  }
  return best;
}

function countOf(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function diceOf(shared, one, other) {
  return (2 * shared) / (one + other);
}
