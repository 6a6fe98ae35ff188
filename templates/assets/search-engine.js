// The engine: a query and an index -> hits, best first. generator/search/engine.py is the same in Python, and says why.

import { bitLength, codePoints, intersect, intersectAll } from "gongkai/search-index";

export const LONGEST = 200;
export const MOST_TERMS = 12;
const MOST_TIMES = 3;
const A_BLOCK = 10;
const TERM = /(-?)"([^"]+)"(?=[ \t\r\n]|$)|([^ \t\r\n]+)/gu;
const NONE = new Uint32Array(0);
// Texts asked for before they are needed: as many as a browser fetches from one host at once, and no more than are wanted.
const AHEAD = 6;

// {terms: [{text, quoted}], without: [text]} or {problem}.
export function parseQuery(typed, fold) {
  const folded = fold(typed).replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
  if (codePoints(folded).length > LONGEST) return { problem: "too_long" };
  const terms = new Map();
  const without = new Set();
  for (const [, minus, quoted, plain] of folded.matchAll(TERM)) {
    if (minus && quoted) without.add(quoted);
    else if (plain?.length > 1 && plain.startsWith("-")) without.add(plain.slice(1));
    else if (quoted) terms.set(`"${quoted}`, { text: quoted, quoted: true });
    else terms.set(plain, { text: plain, quoted: false });
  }
  if (!folded) return { problem: "empty" };
  if (!terms.size) return { terms: [{ text: folded, quoted: false }], without: [] };
  if (terms.size + without.size > MOST_TERMS) return { problem: "too_many" };
  return { terms: [...terms.values()], without: [...without] };
}

// The readings of a query: as typed, then with another name from the catalogues in place of a term.
export async function* readings(index, query) {
  const terms = query.terms.map((term) => term.text);
  yield wantedOf(terms, query.without);
  for (const [place, term] of query.terms.entries()) {
    for (const other of await otherNames(index, term)) {
      yield wantedOf(replaced(terms, place, other), query.without, other);
    }
  }
}

// The other names of what a term names; quoted terms stand for themselves, and short ones are names of too much.
export async function otherNames(index, term) {
  return term.quoted || codePoints(term.text).length <= 2 ? [] : index.aliases(term.text);
}

// `alias` tells what is looked for in place of what was typed; with a `place` all reports below it are meant.
export function wantedOf(terms, without = [], alias = null, place = "") {
  return { terms, without, alias, place, searched: terms.filter((term) => codePoints(term).length > 1) };
}

// All hits of some readings, one reading after the other, each best first; no passage is shown twice. Null as in hitsOf.
export async function* findHits(index, wanted, filters) {
  const seen = new Set();
  for await (const each of wanted) {
    for await (const hit of hitsOf(index, each, filters)) {
      const key = hit && `${hit.text.id}#${hit.anchor}`;
      if (!hit) yield null;
      else if (!seen.has(key)) {
        seen.add(key);
        if (hit.passage) seen.add(`${hit.text.id}#${hit.passage.id}`);
        yield hit;
      }
    }
  }
}

// The hits of one reading; null for each text that was read, so that whoever asks can stop.
export async function* hitsOf(index, wanted, filters) {
  if (wanted.place) {
    yield* inPlace(index, wanted, filters);
    return;
  }
  const candidates = await candidatesOf(index, wanted, filters);
  if (!filters.topic) {
    for await (const [text] of textsOf(index, candidates.titles)) {
      yield inNames(index, wanted, text) ? hitOf(wanted, text, null, null) : null;
    }
  }
  for await (const [text] of textsOf(index, candidates.headings)) {
    yield* inHeadings(index, wanted, text, filters);
    yield null;
  }
  yield* inPassages(index, wanted, candidates, filters);
}

// The reports below a place that was meant.
async function* inPlace(index, wanted, filters) {
  if (filters.topic) return;
  for await (const [text] of textsOf(index, await mayHave(index, wanted, filters))) yield hitOf(wanted, text, null, null);
}

// The reports that may have a hit of one reading, in their order.
export async function mayHave(index, wanted, filters) {
  if (wanted.place) {
    const lists = await Promise.all([allowedBy(index, { place: wanted.place }), allowedBy(index, filters)]);
    return intersectAll(lists.filter(Boolean));
  }
  const { titles, headings, passages } = await candidatesOf(index, wanted, filters);
  const numbers = new Set([...titles, ...headings, ...passages.map((each) => each.number)]);
  return Uint32Array.from([...numbers].sort((a, b) => a - b));
}

// Where a term stands in a folded text, those that touch or overlap as one: [[start, end]].
export function findMarks(folded, terms) {
  const found = [];
  for (const term of terms) {
    for (let place = folded.indexOf(term); place >= 0; place = folded.indexOf(term, place + term.length)) {
      found.push([place, place + term.length]);
    }
  }
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const joined = [];
  for (const [start, end] of found) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

// Where terms stand in a text, in characters: the strings of the language count some as two.
function marksIn(text, terms, fold) {
  const marks = findMarks(fold(text), terms);
  if (Array.from(text).length === text.length) return marks;
  return marks.map((mark) => mark.map((place) => Array.from(text.slice(0, place)).length));
}

// The words round the first term, and where in them the terms stand: {words, marks}.
export function cutSnippet(text, terms, fold) {
  const before = 24;
  const longest = 96;
  const plain = text.replace(/[\n\t\r]/g, " ");
  const letters = Array.from(plain);
  const found = marksIn(plain, terms, fold);
  const first = found.length ? found[0][0] : 0;
  const start = letters.length <= longest ? 0 : Math.max(0, Math.min(first - before, letters.length - longest));
  const end = Math.min(letters.length, start + longest);
  const front = start ? "…" : "";
  const words = front + letters.slice(start, end).join("") + (end < letters.length ? "…" : "");
  const marks = found
    .filter(([a]) => start <= a && a < end)
    .map(([a, b]) => [a - start + front.length, Math.min(b, end) - start + front.length]);
  return { words, marks };
}

// A hit as it is shown: {report, passage, heading, snippet, alias, anchor}.
export function showHit(index, hit) {
  const fold = (text) => index.fold(text);
  const { text, section, passage, terms, alias, anchor } = hit;
  const shown = {
    report: text.id,
    above: text.above,
    place: text.place,
    title: text.title,
    passage: passage?.id ?? null,
    heading: section?.heading ?? null,
    topics: passage?.topics ?? [],
    anchor,
    alias,
    terms,
  };
  if (section) {
    const headingMarked = { words: section.heading, marks: marksIn(section.heading, terms, fold) };
    return { ...shown, headingMarked, snippet: cutSnippet(passage?.text ?? section.heading, terms, fold) };
  }
  const inTitle = terms.every((term) => index.fold(text.title).includes(term));
  return { ...shown, snippet: cutSnippet(inTitle ? text.title : text.above + text.place, terms, fold) };
}

function replaced(terms, place, other) {
  return terms.map((term, index) => (index === place ? other : term));
}

function hitOf(wanted, text, section, passage, inHeading = false) {
  const anchor = section ? (inHeading || !passage ? section.id : passage.id) : "";
  return { text, section, passage, terms: wanted.terms, alias: wanted.alias, anchor };
}

function fits(wanted, folded) {
  return wanted.terms.every((term) => folded.includes(term)) && !wanted.without.some((term) => folded.includes(term));
}

async function allowedBy(index, filters) {
  const lists = [];
  if (filters.place) {
    lists.push((await index.place(filters.place))?.numbers ?? NONE);
  }
  if (filters.topic) {
    const [group] = filters.topic.split(".");
    const entries = await index.facet(`topics/${group}`);
    const numbers = new Set(
      entries.filter((each) => filters.topic === each.key || filters.topic === group).flatMap((each) => [...each.numbers]),
    );
    lists.push(Uint32Array.from([...numbers].sort((a, b) => a - b)));
  }
  if (filters.year) {
    const { start, end } = index.years.find(({ year }) => year === filters.year) ?? { start: 0, end: 0 };
    lists.push(Uint32Array.from({ length: end - start }, (_, number) => start + number));
  }
  return lists.length ? intersectAll(lists) : null;
}

async function candidatesOf(index, wanted, filters) {
  const { searched } = wanted;
  const [allowed, found] = await Promise.all([
    allowedBy(index, filters),
    searched.length
      ? Promise.all(searched.map((term) => index.find(term)))
      : Promise.all(wanted.terms.map((letter) => index.named(letter))),
  ]);
  const narrowed = (lists) => (allowed ? intersect(intersectAll(lists), allowed) : intersectAll(lists));
  if (!searched.length) return { titles: narrowed(found), headings: NONE, passages: [], weights: [] };
  const weights = found.map((fields) => bitLength(Math.floor(index.reports / Math.max(1, fields.passage.length))) || 1);
  const best = new Map(Array.from(narrowed(found.map((fields) => fields.passage)), (number) => [number, 0]));
  found.forEach((fields, place) => {
    for (const list of [fields.passage, fields.twice, fields.thrice]) {
      for (const number of list) if (best.has(number)) best.set(number, best.get(number) + weights[place]);
    }
  });
  const passages = Array.from(best, ([number, score]) => ({ number, best: score }));
  passages.sort((a, b) => b.best - a.best || a.number - b.number);
  return {
    titles: narrowed(found.map((fields) => fields.title)),
    headings: narrowed(found.map((fields) => fields.heading)),
    passages,
    weights,
  };
}

// The texts of reports in order, some asked for ahead; those that are missing left out: [text, place in the list].
async function* textsOf(index, numbers) {
  for (let place = 0; place < numbers.length; place += 1) {
    const ahead = Math.min(AHEAD, index.wanted ?? AHEAD);
    for (const number of numbers.slice(place, place + ahead)) index.text(number);
    const text = await index.text(numbers[place]);
    if (text) yield [text, place];
  }
}

function inNames(index, wanted, text) {
  return fits(wanted, index.fold(text.place)) || (wanted.searched.length > 0 && fits(wanted, index.fold(text.title)));
}

function* inHeadings(index, wanted, text, filters) {
  for (const [number, section] of text.sections.entries()) {
    if (fits(wanted, index.fold(section.heading))) {
      const passage = firstPassage(text.sections, number);
      if (!filters.topic || (passage && hasTopic(passage, filters.topic))) {
        yield hitOf(wanted, text, section, passage, true);
      }
    }
  }
}

async function* inPassages(index, wanted, candidates, filters) {
  const { passages, weights } = candidates;
  const waiting = [];
  const before = (a, b) => a.score > b.score || (a.score === b.score && a.number < b.number);
  for await (const [text, place] of textsOf(
    index,
    passages.map((each) => each.number),
  )) {
    const { number, best } = passages[place];
    while (waiting.length && (place % A_BLOCK === 0 || before(waiting[0], { score: best, number }))) yield waiting.shift().hit;
    for (const section of text.sections) {
      for (const passage of section.passages) {
        const folded = index.fold(passage.text);
        if (fits(wanted, folded) && (!filters.topic || hasTopic(passage, filters.topic))) {
          const times = wanted.searched.map((term) => Math.min(MOST_TIMES, folded.split(term).length - 1));
          const score = times.reduce((sum, each, term) => sum + each * weights[term], 0);
          const entry = { score, number, hit: hitOf(wanted, text, section, passage) };
          const later = waiting.findIndex((each) => before(entry, each));
          waiting.splice(later < 0 ? waiting.length : later, 0, entry);
        }
      }
    }
    yield null;
  }
  for (const { hit } of waiting) yield hit;
}

function firstPassage(sections, number) {
  for (let place = number; place < sections.length; place += 1) {
    if (place > number && sections[place].level <= sections[number].level) return null;
    if (sections[place].passages.length) return sections[place].passages[0];
  }
  return null;
}

function hasTopic(passage, topic) {
  return passage.topics.some((each) => each === topic || each.startsWith(`${topic}.`));
}
