/**
 * What was inserted and deleted between two clauses, word by word, so that it reads: generator/comparing/edits.py and
 * words.py in the browser. First by stretches (what lies between punctuation, with atoms whole: numbers with their unit,
 * dates, titles, quoted names), then by words inside the stretches that differ.
 *
 * An edit is {op: "equal" | "insert" | "delete", text, noise}; a run is {old, new, isSame}.
 */

import { coreSpan, foldWords } from "gongkai/compare-clauses";
import { commonPrefix, commonSuffix, findAt, lengthOf, rules, sum } from "gongkai/compare-rules";

/** Return what cuts a text into words: the browser's dictionary, or character by character where it has none. */
export function defaultCut() {
  if (!("Segmenter" in Intl)) return (text) => [...text];
  const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
  return (text) => Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function edit(op, text, noise = false) {
  return { op, text, noise };
}

/** The one edit of clauses that are kept, added or removed as they are; none of an empty row of a table. */
export function plainEdits(op, texts) {
  const text = texts.join("");
  return text ? [edit(op, text)] : [];
}

/** The clauses of one report in place of the other's, with nothing told of the words inside, or only that all is noise. */
export function replacement(old, newer, noise = false) {
  return [...plainEdits("delete", old), ...plainEdits("insert", newer)].map((each) => ({ ...each, noise }));
}

/**
 * The edits that lead from the texts of old clauses to those of newer ones, noise told as such.
 * @param {string[]} old
 * @param {string[]} newer
 * @param {number[]} years of both reports
 * @param {(text: string) => string[]} cut cuts a text into words
 */
export function readEdits(old, newer, years, cut) {
  const [before, after] = [old.join(""), newer.join("")];
  const [start, end] = equalEnds(before, after);
  const [[first, last], [otherFirst, otherLast]] = [coreOf(old, start, end), coreOf(newer, start, end)];
  const [mine, others] = [readStretches(before.slice(first, last)), readStretches(after.slice(otherFirst, otherLast))];
  if (mine.length * others.length > rules.edits.mostCells) return replacement(old, newer);
  return tellEdits(
    joinIslands([
      { old: before.slice(0, first), new: after.slice(0, otherFirst), isSame: true },
      ...findRuns(mine, others, years, cut),
      { old: before.slice(last), new: after.slice(otherLast), isSame: true },
    ]),
  );
}

/** A text as stretches: atoms, punctuation, white space, and what lies between them. */
export function readStretches(text) {
  return text.match(rules.stretch) ?? [];
}

/** Whether a stretch is an atom, which is never taken apart. */
export function isAtom(stretch) {
  return rules.atom.test(stretch);
}

/** How much of the beginning and of the end is equal letter by letter, up to punctuation that lies in no atom. */
function equalEnds(before, after) {
  const pauses = [...rules.edits.pauses];
  const prefix = commonPrefix(before, after);
  const suffix = commonSuffix(before.slice(prefix), after.slice(prefix));
  const start = prefix && Math.max(...pauses.map((mark) => before.lastIndexOf(mark, prefix - 1))) + 1;
  const later = pauses.map((mark) => before.indexOf(mark, before.length - suffix)).filter((place) => place >= 0);
  const last = Math.min(before.length, ...later);
  const isInside = rules.open.test(before.slice(Math.max(0, start - 100), start)) || findAt(rules.closed, before, last);
  return isInside ? [0, 0] : [start, before.length - last];
}

/** The span of the texts, as one, that may hold news: without equal ends, else without label and stop. */
function coreOf(texts, start, end) {
  const final = texts.at(-1);
  const first = start || coreSpan(texts[0])[0];
  const last = sum(texts.map((text) => text.length)) - (end || final.length - coreSpan(final)[1]);
  return [first, Math.max(first, last)];
}

/** Walk the runs of both: what both begin and end with, and what lies between; with a cut, once more word by word. */
function* findRuns(old, newer, years, cut) {
  const start = commonPrefix(old, newer);
  const end = commonSuffix(old.slice(start), newer.slice(start));
  if (start) yield sameRun(old.slice(0, start).join(""));
  const [mine, others] = [old.slice(start, old.length - end), newer.slice(start, newer.length - end)];
  if (mine.length === others.length && mine.every((word, place) => isReplacement(word, others[place]))) {
    for (const [place, word] of mine.entries()) yield printedRun([word], [others[place]], years);
  } else if (mine.length || others.length) {
    yield* middleRuns(mine, others, years, cut);
  }
  if (end) yield sameRun(old.slice(old.length - end).join(""));
}

function sameRun(words) {
  return { old: words, new: words, isSame: true };
}

/** What takes each other's place; it is the same where nothing but noise tells it apart. */
function printedRun(old, newer, years) {
  const isSame = wordKeys(old, years[0]).join("") === wordKeys(newer, years[1]).join("");
  return { old: old.join(""), new: newer.join(""), isSame };
}

/** Equal keys are equal words, noise has none. */
function wordKeys(words, year) {
  return words.map((word) => foldWords(word, year));
}

/** Whether two stretches are equal, or both atoms: nearly always only numbers have changed. */
function isReplacement(word, other) {
  return word === other || (isAtom(word) && isAtom(other));
}

/** Walk the runs of words that begin and end otherwise: a longest common subsequence, and what lies between its words. */
function* middleRuns(old, newer, years, cut) {
  const unchanged = printedRun(old, newer, years);
  if (unchanged.isSame) {
    yield unchanged;
    return;
  }
  let [last, otherLast] = [0, 0];
  const passed = cut ? rules.edits.punctuation : [];
  const common = equalWords(wordKeys(old, years[0]), wordKeys(newer, years[1]), passed);
  for (const [i, j] of [...common, [old.length, newer.length]]) {
    if (i > last || j > otherLast) yield* differenceRuns(old.slice(last, i), newer.slice(otherLast, j), years, cut);
    if (i < old.length) yield { old: old[i], new: newer[j], isSame: true };
    [last, otherLast] = [i + 1, j + 1];
  }
}

/**
 * The places of the words of a longest common subsequence; noise, which has no key, and what is `passed` over aside: between
 * stretches, punctuation, for a comma that meets any comma would tear apart what belongs together.
 */
function equalWords(old, newer, passed) {
  const isWord = (key) => key && !passed.includes(key);
  const [mine, others] = [old, newer].map((keys) => [...keys.keys()].filter((place) => isWord(keys[place])));
  const [words, otherWords] = [mine.map((place) => old[place]), others.map((place) => newer[place])];
  return commonPlaces(words, otherWords).map(([i, j]) => [mine[i], others[j]]);
}

/** The places of a longest common subsequence of two lists: of several the one that RapidFuzz tells. */
function commonPlaces(old, newer) {
  const start = commonPrefix(old, newer);
  const end = commonSuffix(old.slice(start), newer.slice(start));
  const mine = old.slice(start, old.length - end);
  const others = newer.slice(start, newer.length - end);
  const lengths = commonLengths(mine, others);
  const found = [];
  let [i, j] = [mine.length, others.length];
  while (i && j) {
    if (lengths[j][i] === lengths[j][i - 1]) i -= 1;
    else if (lengths[j - 1][i] !== lengths[j - 1][i - 1]) j -= 1;
    else found.push([start + --i, start + --j]);
  }
  const ends = (count, first, second) => Array.from({ length: count }, (_, place) => [first + place, second + place]);
  return [...ends(start, 0, 0), ...found.reverse(), ...ends(end, old.length - end, newer.length - end)];
}

/** The lengths of the longest common subsequences of all beginnings: [of the newer][of the old]. */
function commonLengths(old, newer) {
  const lengths = [new Uint16Array(old.length + 1)];
  for (const other of newer) {
    const [before, row] = [lengths.at(-1), new Uint16Array(old.length + 1)];
    for (let i = 1; i <= old.length; i += 1) {
      row[i] = old[i - 1] === other ? before[i - 1] + 1 : Math.max(before[i], row[i - 1]);
    }
    lengths.push(row);
  }
  return lengths;
}

/** Walk the runs of what takes each other's place. */
function* differenceRuns(old, newer, years, cut) {
  if (cut && old.length && newer.length) {
    yield* findRuns(readWords(old, cut), readWords(newer, cut), years, null);
    return;
  }
  const run = printedRun(old, newer, years);
  if (run.isSame) yield run;
  else yield* withoutCommonEnds(run, old, newer);
}

/** The words of stretches; atoms stay whole. */
function readWords(stretches, cut) {
  return stretches.flatMap((stretch) => (lengthOf(stretch) < 2 || isAtom(stretch) ? [stretch] : cut(stretch)));
}

/** Take from a change what both begin and end with: 重要·参考 and 重要依据, which the dictionary cuts in two ways. */
function* withoutCommonEnds(run, old, newer) {
  const start = commonOfWords(old, newer, run.old, run.new);
  const [left, otherLeft] = [run.old.slice(start), run.new.slice(start)];
  const end = commonOfWords(turned(old).map(turned), turned(newer).map(turned), turned(left), turned(otherLeft));
  if (start) yield sameRun(run.old.slice(0, start));
  yield { old: left.slice(0, left.length - end), new: otherLeft.slice(0, otherLeft.length - end), isSame: false };
  if (end) yield sameRun(left.slice(left.length - end));
}

/** A text or a list from its end to its beginning. */
function turned(words) {
  const reversed = [...words].reverse();
  return typeof words === "string" ? reversed.join("") : reversed;
}

/** With how many characters both begin, up to where a word of one ends and no atom of the other is cut. */
function commonOfWords(old, newer, before, after) {
  const common = commonPrefix(before, after);
  const [mine, others] = [cutPlaces(old), cutPlaces(newer)];
  const isFitting = (place) =>
    (mine.ends.has(place) && (others.ends.has(place) || others.inside.has(place))) ||
    (others.ends.has(place) && mine.inside.has(place));
  let place = common;
  while (place && !isFitting(place)) place -= 1;
  return place;
}

/** The places where words end, and those inside words that may be cut: of Chinese characters, and no atoms. */
function cutPlaces(words) {
  const [ends, inside] = [new Set(), new Set()];
  let end = 0;
  for (const word of words) {
    const canBeCut = rules.han.test(word) && !isAtom(word);
    for (let place = end + 1; canBeCut && place < end + word.length; place += 1) inside.add(place);
    end += word.length;
    ends.add(end);
  }
  return { ends, inside };
}

/** Join changes with the few characters between them, where one word or more was put in another's place. */
function joinIslands(runs) {
  const joined = [];
  let island = [];
  for (const run of runs) {
    if (run.isSame) {
      island.push(run);
      continue;
    }
    const before = joined.length && !joined.at(-1).isSame ? joined.at(-1) : null;
    const isTiny = sum(island.map((each) => lengthOf(each.new))) <= rules.edits.island;
    if (before && isTiny && (before.old || run.old) && (before.new || run.new)) {
      const parts = [joined.pop(), ...island, run];
      const all = (side) => parts.map((part) => part[side]).join("");
      joined.push({ old: all("old"), new: all("new"), isSame: false });
    } else {
      joined.push(...island, run);
    }
    island = [];
  }
  return [...joined, ...island];
}

/** The edits of runs, neighbours of one kind joined. */
function tellEdits(runs) {
  const edits = [];
  for (const run of runs) {
    if (run.old === run.new) {
      addEdit(edits, edit("equal", run.old));
      continue;
    }
    addEdit(edits, edit("delete", run.old, run.isSame));
    addEdit(edits, edit("insert", run.new, run.isSame));
  }
  return edits;
}

function addEdit(edits, added) {
  const last = edits.at(-1);
  if (!added.text) return;
  if (last && last.op === added.op && last.noise === added.noise) last.text += added.text;
  else edits.push(added);
}
