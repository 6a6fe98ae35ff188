// What the search page and the dialog share: asking, and showing what was found.

import { findHits, findMarks, parseQuery, readings, showHit, wantedOf } from "gongkai/search-engine";
import { Index, OutdatedError, codePoints, fetcher } from "gongkai/search-index";
import { Names } from "gongkai/search-names";

// Texts that are read before the reader is asked whether to go on: few at first, for a slow network; more when asked for.
const FIRST_TEXTS = 12;
const MORE_TEXTS = 60;
const MOST_PLACES = 8;

export const PROBLEMS = {
  empty: "",
  too_long: "太长了，请只写要紧的几个字。",
  too_many: "词太多了，请只写要紧的几个。",
};
export const UNREADABLE = "搜索索引读不到，请检查网络后再试；也可以从地方、主题、法律进去。";
export const INCOMPLETE = "索引有一部分读不到，结果可能不全；稍后再试，或从地方、主题、法律进去。";
export const TOO_OLD = "这个浏览器太旧，不能在这里搜索；可以从地方、主题、法律进去。";
export const OUTDATED = "网站刚刚更新过，这一页是旧的，请刷新后再搜。";

// What to say where the search failed.
export function toldFailure(error) {
  if (!("DecompressionStream" in globalThis)) return TOO_OLD;
  return error instanceof OutdatedError ? OUTDATED : UNREADABLE;
}

// The index and the names of a site, opened when they are first asked for, and once more where the site has changed since.
export class Search {
  constructor(root) {
    this.root = root;
    this.opened = null;
  }

  open(cache = "default") {
    if (!this.opened || cache === "reload") {
      const fetchBytes = fetcher(this.root, cache);
      this.opened = new Index(fetchBytes).open().then((index) => ({
        index,
        names: new Names(fetchBytes, (text) => index.fold(text)),
      }));
      this.opened.catch(() => {
        this.opened = null;
      });
    }
    return this.opened;
  }

  // Does something with the index; where it turns out to be of before an update, loads it anew and does it again.
  async with(work) {
    try {
      return await work(await this.open());
    } catch (error) {
      if (!(error instanceof OutdatedError)) throw error;
      return work(await this.open("reload"), true);
    }
  }
}

// An answer that is given piece by piece: `more` returns the next hits, as they are shown.
export class Answer {
  constructor({ index, names }, typed, filters) {
    Object.assign(this, { index, names, typed, filters, meant: [], begun: false, shown: 0, done: false, paused: false });
    this.query = parseQuery(typed, (text) => index.fold(text));
    this.problem = this.query.problem ?? null;
    this.hits = this.problem ? null : findHits(index, readings(index, this.query), filters);
    if (this.problem) this.done = true;
  }

  async *more(most) {
    const { index } = this;
    const last = index.textsAsked + (this.begun ? MORE_TEXTS : FIRST_TEXTS);
    this.begun = true;
    this.paused = false;
    for (let given = 0, vain = 0; given < most && !this.done; ) {
      index.wanted = Math.max(1, Math.min(most - given + vain, last - index.textsAsked));
      const { value: hit, done } = await this.hits.next();
      if (done && !(await this.otherwise())) this.done = true;
      else if (!done) {
        if (hit) {
          given += 1;
          this.shown += 1;
          yield showHit(index, hit);
        } else vain += 1;
        if (index.textsAsked >= last && given < most) {
          this.paused = true;
          break;
        }
      }
    }
  }

  // Of what stands nowhere as it is, goes on with what else it may mean: words that pinyin stands for, places by name.
  async otherwise() {
    if (this.shown || this.meant.length) return false;
    const folded = this.index.fold(this.typed);
    const words = await this.names.words(folded);
    const places = (await this.names.suggest(folded, MOST_PLACES)).filter((each) => each.kind === "place");
    this.meant = [
      ...words.map((word) => wantedOf([word], [], word)),
      ...places.map((each) => wantedOf([this.index.fold(each.name)], [], each.name, each.id)),
    ];
    if (this.meant.length) this.hits = findHits(this.index, this.meant, this.filters);
    return this.meant.length > 0;
  }

  // What may have been meant where nothing was found: [{typed, why}].
  async nearest() {
    const near = await this.names.nearest(this.index.fold(this.typed.trim()));
    const found = near.map((each) => ({ typed: each.word, why: each.why === "sound" ? "读音相近" : "字面相近" }));
    const { terms = [], without = [] } = this.query;
    if (terms.length > 1) found.push(...terms.map((term) => ({ typed: term.text, why: "只找这个词" })));
    if (without.length) found.push({ typed: terms.map((term) => term.text).join(" "), why: "不排除" });
    const bare = this.typed.replace(/[\p{P}\p{S}]+/gu, " ").replace(/\s+/g, " ").trim();
    if (bare && bare !== this.typed.trim() && codePoints(bare).length > 1) found.push({ typed: bare, why: "去掉标点" });
    const seen = new Set([this.typed.trim()]);
    return found.filter((each) => !seen.has(each.typed) && seen.add(each.typed)).slice(0, 8);
  }
}

// What was looked for in place of what stands nowhere.
export function toldMeant(answer) {
  const sound = /[a-z]/i.test(answer.typed) ? "按拼音" : "按地名";
  return `没有原样的「${answer.typed.trim()}」，${sound}找的是：${answer.meant.map((each) => each.alias).join("、")}。`;
}

// Words with marks in them: nodes.
export function markedWords({ words, marks }) {
  const letters = Array.from(words);
  const nodes = [];
  let at = 0;
  for (const [start, end] of marks) {
    nodes.push(letters.slice(at, start).join(""), element("mark", {}, letters.slice(start, end).join("")));
    at = end;
  }
  nodes.push(letters.slice(at).join(""));
  return nodes;
}

// The address of a hit: its report, at the passage, with the words to be marked there.
export function hitAddress(root, hit) {
  const address = new URL(`places/${hit.report}/`, root);
  if (hit.anchor) {
    for (const word of hit.terms) address.searchParams.append("mark", word);
    address.hash = hit.anchor;
  }
  return address.href;
}

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat());
  return made;
}

export const KINDS = { place: "地方", topic: "主题", system: "制度和机制", law: "法律和文件" };

// A suggestion as a link: its name with what was matched marked, the names above it, its kind.
export function suggestionLink(root, each) {
  const marked = markedWords({ words: each.name, marks: each.end > each.start ? [[each.start, each.end]] : [] });
  return element(
    "a",
    { href: new URL(each.address, root).href },
    element("span", { class: "gk-name" }, marked),
    element("span", { class: "gk-quiet" }, each.above ? `${each.above} · ${KINDS[each.kind]}` : KINDS[each.kind]),
  );
}

// Marks folded words wherever they stand in an element, across the elements in it.
export function markIn(place, words, fold) {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  const pieces = [];
  let length = 0;
  while (walker.nextNode()) {
    pieces.push({ node: walker.currentNode, start: length });
    length += walker.currentNode.data.length;
  }
  const folded = fold(pieces.map(({ node }) => node.data).join(""));
  for (const { node, start } of pieces.reverse()) {
    const end = start + node.data.length;
    const within = findMarks(folded, words).filter(([from, to]) => from < end && to > start);
    for (const [from, to] of within.reverse()) {
      const range = document.createRange();
      range.setStart(node, Math.max(from, start) - start);
      range.setEnd(node, Math.min(to, end) - start);
      range.surroundContents(element("mark", { class: "gk-here" }));
    }
  }
}
