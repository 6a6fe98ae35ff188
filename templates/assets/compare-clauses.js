/**
 * A report taken apart into its clauses, and what is folded away before they are compared: generator/comparing/sides.py,
 * clauses.py and folding.py in the browser.
 *
 * A clause is {text, section, passage, role}; the passage of a heading is "".
 */

import { findAt, rules } from "gongkai/compare-rules";

/**
 * Take a report apart, as its report.json tells it.
 * @returns {{year: number, clauses: object[], texts: string[], sections: number[], headings: object[]}} the clauses with
 *   their texts and the places of their sections in `headings`: {level, role, clause: its place, above: a section's place}
 */
export function readSide(report) {
  const side = { year: report.year, clauses: [], texts: [], sections: [], headings: [] };
  const lyingIn = [];
  for (const [number, section] of report.sections.entries()) {
    while (lyingIn.length && lyingIn.at(-1).level >= section.level) lyingIn.pop();
    const above = lyingIn.length && lyingIn.at(-1).level > 0 ? lyingIn.at(-1).number : null;
    lyingIn.push({ level: section.level, number });
    const clause = section.level ? side.clauses.length : null;
    side.headings.push({ level: section.level, role: section.role, clause, above });
    if (section.level) addClause(side, number, section.number + section.heading, section, "");
    for (const passage of section.passages) {
      const place = isSignature(passage) ? report.sections.length : number;
      for (const text of clauseTexts(passage.text)) addClause(side, place, text, section, passage.id);
    }
  }
  side.headings.push({ level: -1, role: "other", clause: null, above: null }); // the signature belongs to no section
  return side;
}

function addClause(side, place, text, section, passage) {
  side.clauses.push({ text, section: section.id, passage, role: section.role });
  side.texts.push(text);
  side.sections.push(place);
}

export function isHeading(side, place) {
  return !side.clauses[place].passage;
}

/** What was published without a topic is a signature: report.json tells no kinds of passages (generator/pages/kept.py). */
function isSignature(passage) {
  return !passage.topics.length;
}

/** The clauses of a passage; one with several lines is a table, and they are its rows (generator/content/markdown.py). */
export function clauseTexts(text) {
  if (text.includes("\n")) return text.split("\n");
  return (text.match(rules.clause) ?? []).filter(Boolean).flatMap(cutLong);
}

function cutLong(clause) {
  const { longest } = rules.clauses;
  if (clause.length <= longest) return [clause];
  const pieces = [];
  let characters = [...clause];
  while (characters.length > longest) {
    let end = longest;
    while (end > longest >> 1 && cutsNumber(characters, end)) end -= 1;
    if (end <= longest >> 1) end = longest;
    pieces.push(characters.slice(0, end).join(""));
    characters = characters.slice(end);
  }
  return [...pieces, characters.join("")];
}

/** Whether a cut before the character at `place` goes through a number. */
function cutsNumber(text, place) {
  const { numerals, points } = rules.clauses;
  const [left, right] = [text[place - 1], text[place]];
  if (numerals.includes(left) && numerals.includes(right)) return true;
  if (points.includes(right) && isDigit(left)) return isDigit(text[place + 1]) && !"，,".includes(right);
  return ".．".includes(left) && isDigit(right) && isDigit(text[place - 2]);
}

function isDigit(character) {
  return /^\p{Nd}$/u.test(character ?? "");
}

/**
 * The words of clauses of the report of `year` without what is noise: width, spaces, quotes, numbering, own years. All at
 * once, as in Python; a clause that is nothing but noise stays as it is.
 */
export function foldClauses(clauses, year) {
  const printed = clauses.map((clause) => clause.replaceAll("\n", " "));
  const cores = printed.map((clause) => clause.slice(...coreSpan(clause))).join("\n");
  return foldWords(cores, year)
    .split("\n")
    .map((words, place) => words || printed[place]);
}

/** The span of a clause between its label and its stop. */
export function coreSpan(clause) {
  const { labels, stops } = rules.folding;
  const label = clause && labels.includes(clause[0]) ? findAt(rules.label, clause, 0) : null;
  const start = label ? label[0].length : 0;
  let end = clause.length;
  while (end && stops.includes(clause[end - 1])) end -= 1;
  return [start, Math.max(start, end)];
}

/** Fold width, white space, quotation marks and the report's years in a piece of a clause. */
export function foldWords(words, year) {
  const folded = words.replace(rules.folded, (character) => rules.folding.table[character]);
  return folded.includes("年") ? folded.replace(rules.year, (found) => yearWord(found, year)) : folded;
}

function yearWord(words, year) {
  const { years, digits, own, last, next } = rules.folding;
  if (years[words[0]]) return years[words[0]];
  const named = Number([...words.slice(0, 4)].map((digit) => digits[digit] ?? digit).join(""));
  return { [year]: own, [year - 1]: last, [year + 1]: next }[named] ?? words;
}

/** Folded words with every number as one 0, so that a number alone makes no clause another one. */
export function wording(folded) {
  return folded.replace(rules.number, "0");
}
