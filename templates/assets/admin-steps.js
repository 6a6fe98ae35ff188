// How one list becomes another: which items stay, which change in their place, which go and which are new.

const MOST_PAIRED = 4_000_000;
const MOST_LIKENED = 40_000;

/** Pair the items of two lists: [index, value] kept or changed, [index, undefined] gone, [null, value] new, in order. */
export function stepsBetween(before, after) {
  const [old, fresh] = [before.map((item) => JSON.stringify(item)), after.map((item) => JSON.stringify(item))];
  const steps = [];
  let [from, at] = [0, 0];
  for (const [one, other] of [...commonIndexes(old, fresh), [old.length, fresh.length]]) {
    for (const [index, value] of likest(before.slice(from, one), after.slice(at, other))) {
      steps.push([index === null ? null : from + index, value]);
    }
    [from, at] = [one, other];
    if (one < old.length) steps.push([from++, after[at++]]);
  }
  return steps;
}

/** Pair the items between two that stay: each with the one that it is most like, in order. */
function likest(before, after) {
  const few = before.length * after.length <= MOST_LIKENED;
  const likeness = (one, two) => (few ? 1 + fieldsShared(before[one], after[two]) : 1);
  const pairs = before.length === after.length || !few
    ? Array.from({ length: Math.min(before.length, after.length) }, (_, index) => [index, index])
    : heaviest(before.length, after.length, likeness);
  const steps = [];
  let [from, at] = [0, 0];
  for (const [one, two] of [...pairs, [before.length, after.length]]) {
    while (from < one) steps.push([from++, undefined]);
    while (at < two) steps.push([null, after[at++]]);
    if (one < before.length) steps.push([from++, after[at++]]);
  }
  return steps;
}

function fieldsShared(one, other) {
  if (one === null || other === null || typeof one !== "object" || typeof other !== "object") return 0;
  return Object.keys(one).filter((key) => JSON.stringify(one[key]) === JSON.stringify(other[key])).length;
}

/** Indexes of a longest common subsequence; of lists too long for that, of what they share at both ends. */
function commonIndexes(old, fresh) {
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  const most = Math.min(old.length, fresh.length) - head;
  while (tail < most && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1;
  const [middle, other] = [old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail)];
  const found = Array.from({ length: head }, (_, index) => [index, index]);
  if (middle.length * other.length <= MOST_PAIRED) {
    const equal = (one, two) => (middle[one] === other[two] ? 1 : 0);
    for (const [one, two] of heaviest(middle.length, other.length, equal)) found.push([head + one, head + two]);
  }
  for (let left = tail; left > 0; left -= 1) found.push([old.length - left, fresh.length - left]);
  return found;
}

/** Pairs of indexes, growing in both, of which the weights add up to the most; a weight of 0 pairs nothing. */
function heaviest(rows, columns, weight) {
  const width = columns + 1;
  const most = new Uint32Array((rows + 1) * width);
  for (let one = rows - 1; one >= 0; one -= 1) {
    for (let two = columns - 1; two >= 0; two -= 1) {
      const apart = Math.max(most[(one + 1) * width + two], most[one * width + two + 1]);
      const paired = weight(one, two);
      most[one * width + two] = paired ? Math.max(apart, most[(one + 1) * width + two + 1] + paired) : apart;
    }
  }
  const found = [];
  for (let one = 0, two = 0; one < rows && two < columns; ) {
    const here = most[one * width + two];
    if (here === most[(one + 1) * width + two]) one += 1;
    else if (here === most[one * width + two + 1]) two += 1;
    else found.push([one++, two++]);
  }
  return found;
}
