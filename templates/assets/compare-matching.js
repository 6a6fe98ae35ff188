/**
 * Which clauses of the newer report continue which of the old: generator/comparing/matching.py, sections.py, nearness.py
 * and halves.py in the browser. Clauses are known by their places; lists of two are for the old side and the newer one.
 */

import { foldClauses, isHeading, wording } from "gongkai/compare-clauses";
import { bisectLeft, commonPrefix, commonSuffix, enter, lengthOf, roundEven, rules } from "gongkai/compare-rules";

/**
 * Match the clauses of two sides.
 * @returns {{matches: {old: number[], new: number[], moved: boolean, hasSameWords: boolean}[], complete: boolean}}
 *   `complete`: all that was left was compared, which is not so for odd long texts
 */
export function matchClauses(old, newer) {
  const pairs = { forth: new Map(), back: new Map() };
  matchUnique(pairs, byWords(old, new Map(old.texts.entries())), byWords(newer, new Map(newer.texts.entries())));
  const words = [foldLeft(old, pairs.forth), foldLeft(newer, pairs.back)];
  const repeated = matchUnique(pairs, byWords(old, words[0]), byWords(newer, words[1]));
  const places = { old, newer, ...matchSections(old, newer, pairs.forth, words) };
  matchHeadings(pairs, places, words);
  for (const [mine, others] of repeated) matchRepeated(pairs, places, mine, others);
  const left = [clausesLeft(old, words[0], pairs.forth), clausesLeft(newer, words[1], pairs.back)];
  const { candidates, complete } = findNear(left, words);
  matchNear(pairs, places, candidates, left);
  const joined = findHalves([old, newer], [pairs.forth, pairs.back], left);
  const inOrder = pairsInOrder(pairs, places);
  const matches = [...pairs.forth].map(([first, second]) => ({
    ...(joined.get(first) ?? { old: [first], new: [second] }),
    moved: inOrder.get(first) !== second,
    hasSameWords: (words[0].get(first) ?? old.texts[first]) === (words[1].get(second) ?? newer.texts[second]),
  }));
  return { matches, complete };
}

function addPair(pairs, first, second) {
  pairs.forth.set(first, second);
  pairs.back.set(second, first);
}

function isFree(pairs, candidate) {
  return !pairs.forth.has(candidate.old) && !pairs.back.has(candidate.new);
}

function foldLeft(side, paired) {
  const left = [...side.texts.keys()].filter((place) => !paired.has(place));
  const words = left.length
    ? foldClauses(
        left.map((place) => side.texts[place]),
        side.year,
      )
    : [];
  return new Map(left.map((place, rank) => [place, words[rank]]));
}

/** Group places by their words; headings have no counterparts among sentences. */
function byWords(side, words) {
  const found = new Map();
  for (const [place, text] of words) enter(found, `${isHeading(side, place) ? "#" : "-"}${text}`, place);
  return found;
}

/** Match what stands once in each report; return the places of what stands in both and is repeated, headings aside. */
function matchUnique(pairs, mine, others) {
  const repeated = [];
  for (const [key, places] of mine) {
    const other = others.get(key);
    if (other && places.length === 1 && other.length === 1) addPair(pairs, places[0], other[0]);
    else if (other && key[0] !== "#") repeated.push([places, other]);
  }
  return repeated;
}

/** Match the headings of sections that correspond, unless these tell of other measures and share no word and no clause. */
function matchHeadings(pairs, { old, newer, sections }, words) {
  const statements = [...pairs.forth].filter(([first]) => !isHeading(old, first));
  const said = new Set(statements.map(([first, second]) => `${old.sections[first]} ${newer.sections[second]}`));
  for (const { clause } of old.headings) {
    pairs.back.delete(pairs.forth.get(clause));
    pairs.forth.delete(clause);
  }
  for (const [i, j] of sections) {
    const [mine, other] = [old.headings[i], newer.headings[j]];
    if (mine.clause === null || other.clause === null) continue;
    const [own, others] = [words[0].get(mine.clause) ?? "", words[1].get(other.clause) ?? ""];
    const isShared = [...own].some((character) => others.includes(character));
    if (said.has(`${i} ${j}`) || mine.role !== "measures" || !(own || others) || isShared) {
      addPair(pairs, mine.clause, other.clause);
    }
  }
}

/** Match clauses whose words stand several times: in sections that correspond first, then anywhere, each in order. */
function matchRepeated(pairs, { old, newer, sections }, mine, others) {
  const correspond = (first, second) => sections.get(old.sections[first]) === newer.sections[second];
  for (const isWanted of [correspond, () => true]) {
    const left = new Set(others.filter((second) => !pairs.back.has(second)));
    for (const first of mine.filter((place) => !pairs.forth.has(place))) {
      for (const second of left) {
        if (!isWanted(first, second)) continue;
        addPair(pairs, first, second);
        left.delete(second);
        break;
      }
    }
  }
}

/** The words, with every number as 0, of the clauses that have no counterpart yet, headings aside; as characters. */
function clausesLeft(side, words, paired) {
  const left = [...words].filter(([place]) => !paired.has(place) && !isHeading(side, place));
  return new Map(left.map(([place, text]) => [place, [...wording(text)]]));
}

/** Match the clauses that are left and near: strongly anywhere, then in order within sections, then out of order. */
function matchNear(pairs, places, candidates, left) {
  const { strong, near, elsewhere, nearShort, short } = rules.matching;
  const isShort = (each) => Math.min(left[0].get(each.old).length, left[1].get(each.new).length) < short;
  for (const each of mutual(candidates, strong)) addPair(pairs, each.old, each.new);
  const inside = candidates.filter(
    (each) => each.likeness >= near && isFree(pairs, each) && isInPlace(places, each.old, each.new),
  );
  const placed = pairsBySection(pairs, places);
  for (const crossing of [false, true]) {
    for (const each of bestInOrder(inside.filter((candidate) => crosses(places, placed, candidate) === crossing))) {
      if (isFree(pairs, each)) addPair(pairs, each.old, each.new);
    }
  }
  const far = candidates.filter((each) => each.likeness >= elsewhere && (each.likeness >= nearShort || !isShort(each)));
  for (const each of [...bestFirst(inside), ...bestFirst(far)]) {
    if (isFree(pairs, each)) addPair(pairs, each.old, each.new);
  }
}

function bestFirst(candidates) {
  return [...candidates].sort((a, b) => b.likeness - a.likeness || a.old - b.old || a.new - b.new);
}

/** The pairs that stand in place: in sections that correspond, as many as can be in the same order in each. */
function pairsInOrder(pairs, places) {
  return new Map([...pairsBySection(pairs, places).values()].flat());
}

function pairsBySection(pairs, places) {
  const bySection = new Map();
  for (const [first, second] of [...pairs.forth].sort((a, b) => a[0] - b[0])) {
    if (isInPlace(places, first, second)) enter(bySection, places.old.sections[first], [first, second]);
  }
  return new Map([...bySection].map(([section, own]) => [section, longestRising(own)]));
}

/** Whether a pair would cross one of its section that stands in place. */
function crosses(places, placed, { old, new: newer }) {
  const own = placed.get(places.old.sections[old]) ?? [];
  const place = own.filter(([first]) => first < old).length;
  return (place > 0 && own[place - 1][1] > newer) || (place < own.length && own[place][1] < newer);
}

/** The most of some pairs, which rise in their first place, that rise in their second (Fredman, 1975: n log n). */
function longestRising(pairs) {
  const [ends, last, before] = [[], [], []];
  for (const [index, [, second]] of pairs.entries()) {
    const place = bisectLeft(ends, second);
    [ends[place], last[place]] = [second, index];
    before.push(place ? last[place - 1] : -1);
  }
  const found = [];
  for (let index = last.at(-1); index >= 0; index = before[index]) found.push(pairs[index]);
  return found.reverse();
}

/* Sections: which section of the newer report continues which of the old */

/** {sections: old section -> newer one, continuing: the newer ones}; `equal` are pairs of clauses that are alike. */
function matchSections(old, newer, equal, words) {
  const weights = new Map();
  const wide = newer.headings.length;
  const weigh = (i, j, weight) => weights.set(i * wide + j, (weights.get(i * wide + j) ?? 0) + weight);
  for (const [first, second] of equal) {
    const { same, mostWeight } = rules.sections;
    const weight = isHeading(old, first) ? same : Math.min(mostWeight, lengthOf(old.texts[first]));
    weigh(old.sections[first], newer.sections[second], weight);
  }
  const [mine, others] = [old, newer].map((side, which) => unmatchedHeadings(side, words[which]));
  for (const own of mine) {
    const likenessTo = ratioTo(own.characters);
    for (const other of others) {
      const weight = headingLikeness(own, other, likenessTo);
      if (weight) weigh(own.number, other.number, weight);
    }
  }
  const ranked = [...weights].map(([key, weight]) => {
    const [i, j] = [Math.floor(key / wide), key % wide];
    return { i, j, weight: weight + kinship(old.headings[i], newer.headings[j]) };
  });
  ranked.sort((a, b) => b.weight - a.weight || Math.abs(a.i - a.j) - Math.abs(b.i - b.j) || a.i - b.i || a.j - b.j);
  const [sections, continuing] = [new Map(), new Set()];
  for (const { i, j } of ranked) {
    const isOfOneKind = old.headings[i].level < 0 === newer.headings[j].level < 0;
    if (!isOfOneKind || sections.has(i) || continuing.has(j)) continue;
    sections.set(i, j);
    continuing.add(j);
  }
  return { sections, continuing };
}

/** The sections whose headings are not known to be equal: of very many the first, and the signature. */
function unmatchedHeadings(side, words) {
  const found = side.headings
    .map((each, number) => ({ ...each, number, words: words.get(each.clause) ?? "" }))
    .filter((each) => each.clause === null || words.has(each.clause));
  const { mostHeadings } = rules.sections;
  return found
    .filter((each, rank) => rank < mostHeadings || each.clause === null)
    .map((each) => ({ ...each, characters: [...each.words] }));
}

/** What two headings whose words are not known to be equal say of their sections; 0 where they say nothing. */
function headingLikeness(mine, other, likenessTo) {
  const { same, like, least } = rules.sections;
  if (mine.level <= 0 || other.level <= 0) return mine.level === other.level ? same : 0; // the preamble, the signature
  if (mine.words === other.words) return same;
  const likeness = likenessTo(other.characters, least);
  if (likeness) return roundEven((like * likeness) / 100);
  return Number(mine.level === 1 && other.level === 1 && mine.role === other.role && mine.role !== "other");
}

function kinship(mine, other) {
  return rules.sections.level * (mine.level === other.level) + rules.sections.role * (mine.role === other.role);
}

/** Whether two clauses stand in the same place; a heading that was dropped, or put in, moves nothing below it. */
function isInPlace({ old, newer, sections, continuing }, first, second) {
  const [mine, other] = [old.sections[first], newer.sections[second]];
  if (sections.get(mine) === other) return true;
  if (!sections.has(mine)) {
    const { above } = old.headings[mine];
    return above !== null && sections.get(above) === other;
  }
  return !continuing.has(other) && sections.get(mine) === newer.headings[other].above;
}

/* Nearness: how near the clauses that are left are to one another */

/** {candidates: [{old, new, likeness}] by their places, complete}; clauses are lists of characters by their places. */
function findNear([old, newer], words) {
  const { least, numbers } = rules.nearness;
  const [mine, others] = [firstOf(old, newer), firstOf(newer, old)];
  const complete = mine.length === old.size && others.length === newer.size;
  const candidates = new Map();
  const add = (first, second, likeness) => {
    const key = `${first} ${second}`;
    if (likeness > (candidates.get(key)?.likeness ?? 0)) candidates.set(key, { old: first, new: second, likeness });
  };
  for (const [first, text] of mine) {
    const likenessTo = ratioTo(text);
    for (const [second, other] of others) {
      const likeness = likenessTo(other, least);
      if (likeness) add(first, second, Math.fround(likeness)); // as NumPy keeps it
    }
  }
  for (const [first, second, likeness] of extended(mine, others)) add(first, second, likeness);
  for (const each of candidates.values()) {
    const withNumbers = ratioTo([...words[0].get(each.old)])([...words[1].get(each.new)]);
    each.likeness -= numbers * (100 - withNumbers);
  }
  return { candidates: [...candidates.values()].sort((a, b) => a.old - b.old || a.new - b.new), complete };
}

/** The clauses that are compared: all, unless both together are too many or too long. */
function firstOf(clauses, others) {
  const { mostPairs, mostCells } = rules.nearness;
  const characters = (each) => [...each.values()].reduce((sum, text) => sum + text.length, 0);
  const isBounded = clauses.size * others.size <= mostPairs && characters(clauses) * characters(others) <= mostCells;
  if (isBounded) return [...clauses];
  let left = Math.floor(Math.sqrt(mostCells));
  const found = [];
  for (const each of [...clauses].slice(0, Math.floor(Math.sqrt(mostPairs)))) {
    left -= each[1].length;
    if (left < 0) break;
    found.push(each);
  }
  return found;
}

/** What tells the likeness of other lists to this one, in per cent: 2 × the common ÷ both lengths; 0 below `least`. */
function ratioTo(first) {
  const common = commonWith(first);
  return (second, least = 0) => {
    const both = first.length + second.length;
    const shorter = Math.min(first.length, second.length);
    if (200 * shorter < (least - 0.001) * both) return 0; // spares most of the work
    const likeness = both ? 1 - (both - 2 * common(second)) / both : 1;
    return likeness >= least / 100 ? likeness * 100 : 0;
  };
}

/** What tells how much other lists have in common with this one, in this order (LCS; H. Hyyrö, 2004: 32 at a time). */
function commonWith(first) {
  const row = new Int32Array(Math.ceil(first.length / 32));
  const masks = new Map();
  for (const [place, each] of first.entries()) {
    if (!masks.has(each)) masks.set(each, new Int32Array(row.length));
    masks.get(each)[place >> 5] |= 1 << (place & 31);
  }
  return (second) => {
    row.fill(-1);
    for (const each of second) {
      const mask = masks.get(each);
      let carry = 0;
      for (let place = 0; mask && place < row.length; place += 1) {
        const taken = row[place] & mask[place];
        const added = (row[place] >>> 0) + (taken >>> 0) + carry;
        carry = added > 0xffffffff ? 1 : 0;
        row[place] = added | (row[place] & ~taken);
      }
    }
    return row.reduce((count, word) => count + countBits(~word), 0);
  };
}

function countBits(word) {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The pairs of which each is nearest to the other, and to no third as near. */
function mutual(candidates, least) {
  const [forth, back] = [new Map(), new Map()];
  for (const each of candidates.filter((candidate) => candidate.likeness >= least)) {
    enterNearest(forth, each.old, each);
    enterNearest(back, each.new, each);
  }
  const lone = [...forth.values()].filter((nearest) => nearest.length === 1).map(([each]) => each);
  return lone.filter((each) => back.get(each.new).length === 1 && back.get(each.new)[0] === each);
}

/** Keep the nearest candidates of a place: several where they are as near. */
function enterNearest(nearest, place, candidate) {
  const known = nearest.get(place)?.[0].likeness ?? 0;
  if (candidate.likeness > known) nearest.set(place, [candidate]);
  else if (candidate.likeness === known) nearest.get(place).push(candidate);
}

/** The candidates that weigh most together, rising in both reports; near ones weigh more than several weak ones. */
function bestInOrder(candidates) {
  const frontier = { ends: [], ways: [] };
  let [pending, current] = [[], -1];
  for (const each of candidates) {
    if (each.old !== current) {
      enterWays(frontier, pending);
      [pending, current] = [[], each.old];
    }
    const place = bisectLeft(frontier.ends, each.new);
    const before = place ? frontier.ways[place - 1] : null;
    pending.push({ weight: (before?.weight ?? 0) + each.likeness - rules.nearness.worthless, candidate: each, before });
  }
  enterWays(frontier, pending);
  const found = [];
  for (let way = frontier.ways.at(-1); way; way = way.before) found.push(way.candidate);
  return found.reverse();
}

/** Enter ways into the frontier: rising in the new place and in weight. */
function enterWays({ ends, ways }, pending) {
  for (const way of pending) {
    const place = bisectLeft(ends, way.candidate.new);
    if (place && ways[place - 1].weight >= way.weight) continue;
    let last = place;
    while (last < ends.length && ways[last].weight <= way.weight) last += 1;
    ends.splice(place, last - place, way.candidate.new);
    ways.splice(place, last - place, way);
  }
}

/** Walk the pairs of which one begins and ends as the other does, for nearly all of it: it was extended or shortened. */
function* extended(mine, others) {
  const { contained, shortest, end, mostAlike, asLike } = rules.nearness;
  const keysOf = (words) => new Set([`^${words.slice(0, end).join("")}`, `${words.slice(-end).join("")}$`]);
  const byEnd = new Map();
  for (const other of others) {
    for (const key of keysOf(other[1])) enter(byEnd, key, other);
  }
  for (const [first, words] of mine) {
    const alike = [...keysOf(words)].flatMap((key) => byEnd.get(key)?.slice(0, mostAlike) ?? []);
    for (const [second, other] of new Set(alike)) {
      const [shorter, longer] = other.length < words.length ? [other, words] : [words, other];
      const share = shorter.length < shortest ? 0 : shareOfEnds(shorter, longer);
      if (share >= contained) yield [first, second, asLike * share];
    }
  }
}

function shareOfEnds(shorter, longer) {
  const start = commonPrefix(shorter, longer);
  return (start + commonSuffix(shorter.slice(start), longer)) / shorter.length;
}

/* Halves: clauses that were split in two, and those that were merged of two */

/** The pairs that are only half of it: the old place -> all places that belong together. */
function findHalves(sides, [forth, back], words) {
  const found = new Map();
  for (const [whole, halves] of findSplit(sides[1], [forth, back], words)) {
    found.set(whole, { old: [whole], new: halves });
  }
  const split = new Set(found.keys());
  for (const [whole, halves] of findSplit(sides[0], [back, forth], [words[1], words[0]])) {
    if (!split.has(back.get(whole))) found.set(back.get(whole), { old: halves, new: [whole] });
  }
  return found;
}

/** Walk the clauses of one side that are two on the other, with the two. */
function* findSplit(others, pairs, words) {
  const used = new Set();
  const isAlone = (place) => !used.has(place) && !pairs[1].has(place) && words[1].has(place);
  for (const [whole, text] of words[0]) {
    const half = pairs[0].get(whole);
    if (!words[1].has(half)) continue;
    for (const other of [half + 1, half - 1].filter(isAlone)) {
      const halves = [Math.min(half, other), Math.max(half, other)];
      const texts = halves.map((each) => words[1].get(each));
      const isBeside = others.sections[half] === others.sections[other];
      if (isBeside && isWhole(text, words[1].get(half), texts)) {
        used.add(other);
        yield [whole, halves];
        break;
      }
    }
  }
}

/** Whether a clause is two others together, of which one is known to be near it. */
function isWhole(words, known, halves) {
  const { whole, half, nearly, gain, leastGain } = rules.halves;
  const [likenessTo, common] = [ratioTo(words), commonWith(words)];
  const share = Math.min(...halves.map((each) => common(each) / Math.max(1, each.length)));
  const needed = Math.max(whole, likenessTo(known) + (share >= nearly ? leastGain : gain));
  return likenessTo(halves.flat()) >= needed && share >= half;
}
