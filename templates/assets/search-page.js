// The search page: its address says what is looked for (q, year, place, topic), and everything on it follows from that.

import "gongkai/search-pinyin"; // search-names needs it: asked for at once, it comes a round sooner
import { codePoints } from "gongkai/search-index";
import { mayHave, otherNames, wantedOf } from "gongkai/search-engine";
import * as show from "gongkai/search-show";

const A_PAGE = 10;
const MOST_NAMES = 5;
const MOST_CHOICES = 40;
const FILTERS = ["year", "place", "topic"];

const form = document.getElementById("gk-query");
const root = new URL(form.dataset.root, location.href);
const search = new show.Search(root);
const part = (name) => document.getElementById(name);
let current = 0;
let unfolded = matchMedia("(min-width: 60em)").matches;

function stateOf(address) {
  const given = new URL(address).searchParams;
  const year = Number.parseInt(given.get("year") ?? "", 10);
  return { q: given.get("q") ?? "", year: year || null, place: given.get("place") || null, topic: given.get("topic") || null };
}

function addressOf(state) {
  const address = new URL(location.pathname, location.href);
  for (const [name, value] of Object.entries(state)) if (value) address.searchParams.set(name, value);
  return address.href;
}

function go(state) {
  history.pushState(null, "", addressOf(state));
  run();
}

// A link that narrows or widens what is found; without scripts it would be an address like any other.
function wayTo(state, ...words) {
  const link = show.element("a", { href: addressOf(state) }, words);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    go(state);
  });
  return link;
}

async function run() {
  const state = stateOf(location.href);
  current += 1;
  const own = current;
  form.elements.q.value = state.q;
  part("results").replaceChildren();
  part("gk-near").replaceChildren();
  part("gk-narrow").replaceChildren();
  part("gk-more").hidden = true;
  part("gk-found").hidden = !state.q.trim();
  part("gk-browse").hidden = Boolean(state.q.trim());
  document.title = document.title.replace(/^.*?(?=搜索)/, state.q.trim() ? `${state.q.trim().slice(0, 30)} - ` : "");
  tell("");
  if (!state.q.trim()) return;
  tell("正在查找…");
  try {
    await search.with((opened, again) => answer(opened, state, own, again));
  } catch (error) {
    if (own !== current) return;
    const words = show.toldFailure(error);
    tell(words);
    part("gk-found").hidden = true;
    part("gk-browse").hidden = false;
    if (words === show.OUTDATED) part("gk-told").append(" ", show.element("a", { href: location.href }, "刷新"));
  }
}

async function answer(opened, state, own, again) {
  const filters = { year: state.year, place: state.place, topic: state.topic };
  const answered = new show.Answer(opened, state.q, filters);
  part("results").replaceChildren();
  if (answered.problem) {
    tell(show.PROBLEMS[answered.problem]);
    part("gk-found").hidden = true;
    part("gk-browse").hidden = false;
    return;
  }
  suggestNames(opened, state, own);
  const topics = [];
  let alias = null;
  const next = async () => {
    part("gk-more").hidden = true;
    for await (const hit of answered.more(A_PAGE)) {
      if (own !== current) return;
      if (hit.alias && hit.alias !== alias) {
        alias = hit.alias;
        const why = answered.meant.length ? `找的是「${alias}」` : `按别的名称找：${alias}`;
        part("results").append(show.element("li", { class: "gk-other" }, why));
      }
      topics.push(hit.topics);
      part("results").append(hitItem(hit));
    }
    if (own !== current) return;
    await tellCounts(opened, answered, state, again, own);
    await narrow(opened, answered, state, topics, own);
    part("gk-more").hidden = answered.done;
    part("gk-more").textContent = answered.paused ? "继续查找" : "更多结果";
  };
  part("gk-more").onclick = async () => {
    const last = part("results").lastElementChild;
    try {
      await next();
    } catch (error) {
      tell(show.toldFailure(error));
    }
    (last?.nextElementSibling ?? part("results").firstElementChild)?.querySelector("a")?.focus();
  };
  await next();
  if (own === current && answered.done && !answered.shown) await nothing(answered, state, own);
}

function hitItem(hit) {
  const name = `${hit.above}${hit.place} ${hit.report.slice(-4)} 年`;
  return show.element(
    "li",
    { "data-report": hit.report, "data-passage": hit.passage ?? "" },
    show.element("a", { class: "gk-name", href: show.hitAddress(root, hit) }, name),
    show.element("span", { class: "gk-quiet" }, hit.heading === null ? "题名或地名" : show.markedWords(hit.headingMarked)),
    show.element("p", { class: "gk-snippet" }, show.markedWords(hit.snippet)),
  );
}

async function tellCounts(opened, answered, state, again, own) {
  const words = [];
  if (again) words.push("网站刚刚更新过，索引已重新载入。");
  if (answered.done) words.push(answered.shown ? `共 ${answered.shown} 处。` : "没有找到。");
  else {
    const numbers = await candidates(answered);
    const found = answered.shown ? `先列 ${answered.shown} 处` : "先读的几份里还没有";
    words.push(`${found}，约 ${numbers.length.toLocaleString()} 份报告里可能有。`);
  }
  if (answered.shown && answered.meant.length) words.push(show.toldMeant(answered));
  const others = (await Promise.all(answered.query.terms.map((term) => otherNames(opened.index, term)))).flat();
  if (others.length) words.push(`也找别的名称（排在后面）：${others.join("、")}。`);
  if (opened.index.missing.size || opened.names.incomplete) words.push(show.INCOMPLETE);
  if (own === current) tell(words.join(""));
}

// The reports that may have what was asked for.
function candidates({ index, query, meant, filters }, others = filters) {
  const asked = meant[0] ?? wantedOf(query.terms.map((term) => term.text), query.without);
  return mayHave(index, asked, others);
}

// The ways to narrow what was found, with how many reports (or, of topics, passages listed so far) each has.
async function narrow(opened, answered, state, topics, own) {
  const { index } = opened;
  const chosen = FILTERS.filter((name) => state[name]);
  const groups = [];
  if (answered.shown || chosen.length) {
    const [ofYears, numbers] = await Promise.all([
      candidates(answered, { ...answered.filters, year: null }),
      candidates(answered),
    ]);
    const at = state.place ? await index.place(state.place) : { below: true };
    const entries = at?.below ? await index.facet(state.place ? `places/${state.place}` : "places") : [];
    groups.push(group("年度", yearChoices(index, ofYears, state)));
    groups.push(group("地方", placeChoices(entries, new Set(numbers), state)));
    groups.push(group("主题", topicChoices(index.manifest.topics, topics, state)));
  }
  const names = await Promise.all(chosen.map((name) => filterName(index, name, state[name])));
  if (own !== current) return;
  const taken = chosen.map((name, at) =>
    show.element("li", {}, wayTo({ ...state, [name]: null }, `${names[at]} ×`, show.element("span", { class: "gk-hidden" }, "（取消这个范围）"))),
  );
  const details = show.element("details", { open: unfolded }, show.element("summary", {}, "缩小范围"), ...groups.filter(Boolean));
  details.addEventListener("toggle", () => {
    unfolded = details.open;
  });
  part("gk-narrow").replaceChildren(
    ...(taken.length ? [show.element("ul", { class: "gk-chips gk-taken", "aria-label": "现在的范围" }, taken)] : []),
    ...(groups.some(Boolean) ? [details] : []),
  );
}

function group(name, choices) {
  if (!choices.length) return null;
  const items = choices.slice(0, MOST_CHOICES).map((choice) => show.element("li", {}, choice));
  if (choices.length > MOST_CHOICES) items.push(show.element("li", { class: "gk-quiet" }, `另有 ${choices.length - MOST_CHOICES} 个`));
  return show.element("section", {}, show.element("h2", {}, name), show.element("ul", {}, items));
}

function yearChoices(index, numbers, state) {
  return index.years
    .map(({ year, start, end }) => ({ year, count: numbers.filter((number) => start <= number && number < end).length }))
    .filter(({ year, count }) => count && year !== state.year)
    .map(({ year, count }) => choice({ ...state, year }, `${year}`, `约 ${count} 份`));
}

function placeChoices(entries, numbers, state) {
  return entries
    .map((each) => ({ ...each, count: each.numbers.filter((number) => numbers.has(number)).length }))
    .filter((each) => each.count)
    .map((each) => choice({ ...state, place: state.place ? `${state.place}/${each.key}` : each.key }, each.name, `约 ${each.count} 份`));
}

function topicChoices(groups, topics, state) {
  const under = (topic) => topics.filter((ids) => ids.some((id) => id === topic || id.startsWith(`${topic}.`))).length;
  const [, , children] = groups.find(([id]) => id === state.topic) ?? [];
  const choices = children ?? (state.topic ? [] : groups);
  return choices
    .map(([id, name]) => ({ id, name, count: under(id) }))
    .filter((each) => each.count)
    .map((each) => choice({ ...state, topic: each.id }, each.name, `已列 ${each.count} 处`));
}

function choice(state, name, count) {
  return wayTo(state, name, show.element("span", { class: "gk-quiet" }, count));
}

async function filterName(index, name, value) {
  if (name === "year") return `${value} 年`;
  if (name === "topic") {
    const all = index.manifest.topics.flatMap(([id, named, children]) => [[id, named], ...children]);
    return all.find(([id]) => id === value)?.[1] ?? value;
  }
  return (await index.place(value))?.name ?? value;
}

// Names that begin with what was typed; and, of several words of which one is a place, the others in that place.
async function suggestNames({ index, names }, state, own) {
  const typed = index.fold(state.q.trim());
  const found = await names.suggest(typed, MOST_NAMES);
  const words = typed.split(" ").filter(Boolean);
  const within = [];
  if (words.length > 1 && words.length < 5 && !state.place) {
    for (const word of words) {
      const [place] = (await names.suggest(word, 1)).filter((each) => each.kind === "place" && each.start === 0 && /\p{Script=Han}/u.test(word));
      const rest = words.filter((each) => each !== word).join(" ");
      if (place && codePoints(word).length > 1) within.push(wayTo({ ...state, q: rest, place: place.id }, `只看${place.above}${place.name}里的「${rest}」`));
    }
  }
  if (own !== current) return;
  const links = [...within, ...found.map((each) => show.suggestionLink(root, each))];
  if (links.length) listNear("直接去", links);
}

async function nothing(answered, state, own) {
  const near = await answered.nearest();
  if (own !== current) return;
  const links = near.map((each) => wayTo({ ...state, q: each.typed }, each.typed, show.element("span", { class: "gk-quiet" }, each.why)));
  if (FILTERS.some((name) => state[name])) links.unshift(wayTo({ q: state.q }, state.q.trim(), show.element("span", { class: "gk-quiet" }, "不限范围")));
  if (links.length) listNear("您要找的也许是", links);
  if (codePoints(state.q.trim()).length === 1) part("gk-told").append(" 一个字只在地名里找；全文要两个字以上。");
  part("gk-browse").hidden = false;
}

function listNear(name, links) {
  const items = links.map((link) => show.element("li", {}, link));
  part("gk-near").append(show.element("section", { "aria-label": name }, show.element("h2", {}, name), show.element("ul", {}, items)));
}

function tell(words) {
  part("gk-told").textContent = words;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  go({ ...stateOf(location.href), q: form.elements.q.value });
});
addEventListener("popstate", run);
search
  .open()
  .then(({ names }) => stateOf(location.href).q || names.suggest("a", 1)) // the names are there before they are asked for
  .catch(() => {});
run();
