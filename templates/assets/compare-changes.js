/**
 * Two reports compared in the browser as generator/comparing/compare.py does it: each function of these modules does what
 * the one of the same name does there, by the same rules. Nothing here knows the page; compare.js shows it.
 *
 * A change is {kind, role, old: clauses, new: clauses, edits, noise}.
 */

import { readSide } from "gongkai/compare-clauses";
import { defaultCut, plainEdits, readEdits, replacement } from "gongkai/compare-edits";
import { matchClauses } from "gongkai/compare-matching";
import { lengthOf, rules, sum } from "gongkai/compare-rules";

/**
 * Compare two reports as their report.json tells them, the earlier first.
 * @param {object} old
 * @param {object} newer
 * @param {(text: string) => string[]} [cut] cuts a text into words
 * @returns {{reason: ?string, changes: object[], figures: object[], copied: Object<string, number>, coarse: boolean}}
 */
export function compare(old, newer, cut = defaultCut()) {
  const reason = whyNotComparable(old, newer);
  if (reason) return { reason, changes: [], figures: [], copied: {}, coarse: false };
  const sides = [readSide(old), readSide(newer)];
  const { matches, complete } = matchClauses(...sides);
  const isLong = sum(sides.flatMap((side) => side.texts.map(lengthOf))) > rules.longest;
  const changes = changesInOrder(...sides, matches, isLong ? null : cut);
  const figures = compareFigures(old.figures, newer.figures);
  return { reason: null, changes, figures, copied: shareCopied(changes), coarse: isLong || !complete };
}

/** Why two reports cannot be compared, in Chinese, or null; `text_state` is as YEAR.yml has it, or missing. */
export function whyNotComparable(old, newer) {
  const told = (reason, report) => rules.reasons[reason].replace("{year}", report.year);
  for (const report of [old, newer]) {
    if (report.text_state === "excerpt") return told("excerpt", report);
    if (!report.sections.some((section) => section.passages.length)) return told("empty", report);
  }
  const doubtful = [old, newer].filter((report) => report.text_state === "ocr");
  return doubtful.length === 1 ? told("ocr", doubtful[0]) : null;
}

/** The share of the characters of the newer report, by role and as a whole, that were copied: kept, or only moved. */
export function shareCopied(changes) {
  const [copied, counted] = [{}, { whole: 0 }];
  const count = (counts, part, characters) => (counts[part] = (counts[part] ?? 0) + characters);
  for (const change of changes.filter((each) => each.new[0]?.passage)) {
    const characters = sum(change.new.map((clause) => lengthOf(clause.text)));
    const isCopied = change.kind === "kept" || (change.kind === "moved" && isNoise(change.edits));
    for (const part of [change.role, "whole"]) {
      count(counted, part, characters);
      if (isCopied) count(copied, part, characters);
    }
  }
  const parts = Object.keys(counted).filter((part) => counted[part]);
  return Object.fromEntries(parts.map((part) => [part, Number(((copied[part] ?? 0) / counted[part]).toFixed(4))]));
}

/** Whether edits say nothing new. */
export function isNoise(edits) {
  return edits.every((each) => each.noise || each.op === "equal");
}

/** How many changes there are of each kind, headings aside: a heading is no statement. */
export function countKinds(changes) {
  const counts = Object.fromEntries(Object.keys(rules.kinds).map((kind) => [kind, 0]));
  for (const change of changes) {
    if ((change.new[0] ?? change.old[0]).passage) counts[change.kind] += 1;
  }
  return counts;
}

/** The changes in the order of the newer report, with what was removed behind what stood before it. */
function changesInOrder(old, newer, matches, cut) {
  const byNew = new Map(matches.map((match) => [match.new[0], match]));
  const further = new Set(matches.flatMap((match) => match.new.slice(1)));
  const removed = removedBehind(old, matches);
  const changes = [...(removed.get(-1) ?? [])];
  for (const place of newer.texts.keys()) {
    if (byNew.has(place)) changes.push(matchedChange(old, newer, byNew.get(place), cut));
    else if (!further.has(place)) changes.push(loneChange("added", newer.clauses[place]));
    for (const each of removed.get(place) ?? []) changes.push(each);
  }
  return changes;
}

/** What was removed, by the place in the newer report of what stood before it. */
function removedBehind(old, matches) {
  const byOld = new Map(matches.flatMap((match) => match.old.map((place) => [place, match])));
  const removed = new Map([[-1, []]]);
  let last = -1;
  for (const [place, clause] of old.clauses.entries()) {
    const match = byOld.get(place);
    if (match && !match.moved) last = match.new.at(-1);
    if (!removed.has(last)) removed.set(last, []);
    if (!match) removed.get(last).push(loneChange("removed", clause));
  }
  return removed;
}

/** A clause that one report alone has. */
function loneChange(kind, clause) {
  const [side, op] = kind === "added" ? ["new", "insert"] : ["old", "delete"];
  return {
    kind,
    role: clause.role,
    old: [],
    new: [],
    edits: plainEdits(op, [clause.text]),
    noise: false,
    [side]: [clause],
  };
}

function matchedChange(old, newer, match, cut) {
  const mine = match.old.map((place) => old.clauses[place]);
  const others = match.new.map((place) => newer.clauses[place]);
  const [texts, otherTexts] = [mine, others].map((clauses) => clauses.map((clause) => clause.text));
  const change = { kind: changeKind(match), role: others[0].role, old: mine, new: others };
  if (texts.length === 1 && otherTexts.length === 1 && texts[0] === otherTexts[0]) {
    return { ...change, kind: match.moved ? "moved" : "kept", edits: plainEdits("equal", texts), noise: false };
  }
  const edits = cut
    ? readEdits(texts, otherTexts, [old.year, newer.year], cut)
    : replacement(texts, otherTexts, match.hasSameWords);
  return { ...change, edits, noise: change.kind === "kept" };
}

function changeKind(match) {
  if (match.new.length > 1) return "split";
  if (match.old.length > 1) return "merged";
  if (match.moved) return "moved";
  return match.hasSameWords ? "kept" : "reworded";
}

/**
 * What both reports state of each indicator and unit, in the order of the newer report, then of the old.
 * @returns {{indicator: string, unit: string, old: ?object, new: ?object}[]} the figures of both, or null
 */
export function compareFigures(old, newer) {
  const stated = new Map();
  enterFigures(stated, "new", newer);
  enterFigures(stated, "old", old);
  return [...stated.values()].flatMap((both) =>
    figurePairs(both.old, both.new).map(([first, second]) => {
      const { indicator, unit } = second ?? first;
      return { indicator, unit, old: first, new: second };
    }),
  );
}

/** Enter what one report states; the same value told twice is one figure. */
function enterFigures(stated, side, figures) {
  for (const figure of figures) {
    const key = `${figure.indicator} ${figure.unit}`;
    if (!stated.has(key)) stated.set(key, { old: [], new: [] });
    const known = stated.get(key)[side];
    if (known.every((each) => each.value !== figure.value)) known.push(figure);
  }
}

/** Equal values go together, then the first with the first; a value that has no other beside it stands alone. */
function figurePairs(mine, others) {
  const same = new Map(others.map((second) => [second, mine.find((first) => first.value === second.value)]));
  const paired = new Set(same.values());
  const left = mine.filter((first) => !paired.has(first));
  const pairs = others.map((second) => [same.get(second) ?? left.shift() ?? null, second]);
  return [...pairs, ...left.map((first) => [first, null])];
}
