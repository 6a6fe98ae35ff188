/**
 * The rules of a comparison: patterns, thresholds and tables, as generator/comparing/browser_rules.py wrote them into the
 * page from the constants of the Python program; and small tools that all parts of the comparison share.
 */

export const rules = readRules(JSON.parse(document.getElementById("gk-rules").textContent));

function readRules({ patterns, ...rest }) {
  const { clause, label, year, number, stretch, atom, open, closed, han } = patterns;
  const everywhere = (source) => new RegExp(source, "gu");
  const whole = (source) => new RegExp(`^(?:${source})$`, "u");
  const characters = Object.keys(rest.folding.table).map((each) => each.replace(/[\]\\^-]/u, "\\$&"));
  return {
    ...rest,
    clause: everywhere(clause),
    year: everywhere(year),
    number: everywhere(number),
    stretch: everywhere(stretch),
    folded: everywhere(`[${characters.join("")}]`),
    label: new RegExp(label, "uy"),
    closed: new RegExp(closed, "uy"),
    open: new RegExp(open, "u"),
    atom: whole(atom),
    han: whole(han),
  };
}

/** Find a pattern with the flag `y` just at a place. */
export function findAt(pattern, text, place) {
  pattern.lastIndex = place;
  return pattern.exec(text);
}

export function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The length of a text in characters, as Python counts them. */
export function lengthOf(text) {
  return [...text].length;
}

/** With how many characters or words two texts or lists both begin. */
export function commonPrefix(first, second) {
  const shorter = Math.min(first.length, second.length);
  let common = 0;
  while (common < shorter && first[common] === second[common]) common += 1;
  return common;
}

/** With how many characters or words two texts or lists both end. */
export function commonSuffix(first, second) {
  const shorter = Math.min(first.length, second.length);
  let common = 0;
  while (common < shorter && first[first.length - 1 - common] === second[second.length - 1 - common]) common += 1;
  return common;
}

/** The first place in a rising list whose number is not below another. */
export function bisectLeft(rising, number) {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle] < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Round as Python does: a half to the even number. */
export function roundEven(number) {
  const rounded = Math.round(number);
  return Math.abs(number % 1) === 0.5 && rounded % 2 ? rounded - 1 : rounded;
}

/** Put a value into the list that a map has at a key. */
export function enter(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
}
