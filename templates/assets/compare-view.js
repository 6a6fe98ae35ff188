/**
 * A comparison as elements of the page, in the markup of the pages of changes (generator/pages/changes_text.py,
 * templates/pages/changes.html), so that one stylesheet shows both. What reports say enters as text, never as markup.
 */

import { countKinds } from "gongkai/compare-changes";
import { rules } from "gongkai/compare-rules";

const VIEWS = [
  ["marks", "批注"],
  ["sides", "对照"],
  ["only", "只看变化"],
];

/**
 * Show what came of a comparison.
 * @param {object[]} reports both, as their report.json tells them
 * @param {object} comparison what `compare` returned
 * @param {string} root the way to the site's root
 * @returns {Element[]}
 */
export function showComparison(reports, comparison, root) {
  const around = {
    root,
    ids: reports.map((report) => report.id),
    labels: shortNames(reports),
    headings: new Map(reports[0].sections.map((section) => [section.id, section.number + section.heading])),
    tables: tablesOf(reports),
  };
  if (comparison.reason) return [make("p", {}, `没有比较：${comparison.reason}。`), ways(reports, around)];
  return [
    summary(reports, comparison, around),
    ...figuresTable(comparison, around),
    changesInViews(comparison, around),
  ];
}

/** Tell a comparison in one sentence. */
export function tellCounts(comparison) {
  const counts = Object.entries(countKinds(comparison.changes)).filter(([, count]) => count);
  const told = counts.map(([kind, count]) => `${rules.kinds[kind]} ${count.toLocaleString("en-US")} 句`);
  return told.join("，") || "没有可比的句子";
}

/** Name both reports, as shortly as they can be told apart. */
export function shortNames([first, second]) {
  const isOnePlace = first.place.path === second.place.path;
  if (isOnePlace && first.year !== second.year) return [first, second].map((report) => `${report.year}年`);
  if (isOnePlace || first.place.name === second.place.name) return ["第一份", "第二份"];
  return [first, second].map((report) => `${report.place.name}${report.year}年`);
}

/** Make an element; texts among its children are set as text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The passages that are tables: those of several lines. */
function tablesOf(reports) {
  const sections = reports.flatMap((report) => report.sections);
  const tables = sections.flatMap((section) => section.passages).filter((passage) => passage.text.includes("\n"));
  return new Set(tables.map((passage) => passage.id));
}

function reportAddress(around, which, anchor = "") {
  return `${around.root}places/${around.ids[which]}/${anchor ? `#${anchor}` : ""}`;
}

/** Links to both reports. */
function ways(reports, around) {
  const links = reports.map((report, which) => make("a", { href: reportAddress(around, which) }, report.title));
  const named = links.map((link, which) => make("span", {}, `${["第一份", "第二份"][which]}：`, link));
  return make("p", { class: "gk-facts" }, ...named);
}

/* What changed, counted */

function summary(reports, comparison, around) {
  const counts = Object.entries(countKinds(comparison.changes)).filter(([, count]) => count);
  const kinds = counts.map(([kind]) => kind);
  const noise = comparison.changes.filter((change) => change.noise && !isHeadingChange(change)).length;
  const items = counts.map(([kind, count]) =>
    make("li", { "data-count": kind }, make("strong", {}, count.toLocaleString("en-US")), ` 句${rules.kinds[kind]}`),
  );
  return make(
    "section",
    { class: "gk-summary", "aria-labelledby": "summary" },
    make("h2", { class: "gk-label", id: "summary" }, "概要"),
    ways(reports, around),
    ...(comparison.coarse ? [make("p", {}, make("strong", {}, "文本过长，只比到句，没有比到词。"))] : []),
    make("ul", { class: "gk-counts" }, ...items),
    make(
      "p",
      {},
      `${around.labels[1]}的文字有 `,
      make("strong", {}, percent(comparison.copied.whole ?? 0)),
      ` 与${around.labels[0]}相同`,
      noise ? `；保留的句子里有 ${noise} 句只是编号、标点、空格或年份的写法不同。` : "。",
    ),
    partsTable(comparison, kinds),
  );
}

function partsTable(comparison, kinds) {
  const rows = rules.rows
    .map((part) => [part, comparison.changes.filter((change) => part === "whole" || change.role === part)])
    .filter(([, changes]) => changes.length);
  const head = ["部分", "相同", ...kinds.map((kind) => rules.kinds[kind])];
  const body = rows.map(([part, changes]) => {
    const [counts, copied] = [countKinds(changes), comparison.copied[part]];
    const name = part === "whole" ? rules.parts.whole : make("a", { href: `#r-${part}` }, rules.parts[part]);
    return [name, copied === undefined ? "—" : percent(copied), ...kinds.map((kind) => String(counts[kind] || "·"))];
  });
  return tableOf("各部分的句数和相同的比例", "gk-table gk-parts", head, body);
}

/** A table whose first column heads its rows, all others being numbers; `isCards`: on phones its rows become cards. */
function tableOf(caption, classes, head, rows, isCards = false) {
  const role = (name) => (isCards ? { role: name } : {}); // keep it a table for screen readers
  const numeric = (column) => (column ? { class: "gk-numeric" } : {});
  const headCells = head.map((words, column) =>
    make("th", { scope: "col", ...role("columnheader"), ...numeric(column) }, words),
  );
  const bodyRows = rows.map(([first, ...cells]) => {
    const label = (column) => (isCards ? { "data-label": head[column + 1] } : {});
    const others = cells.map((cell, column) => make("td", { ...role("cell"), ...label(column), ...numeric(1) }, cell));
    const long = isCards ? { class: "gk-long" } : {};
    return make("tr", role("row"), make("th", { scope: "row", ...role("rowheader"), ...long }, first), ...others);
  });
  const table = make(
    "table",
    { class: classes, ...role("table") },
    make("caption", {}, caption),
    make("thead", role("rowgroup"), make("tr", role("row"), ...headCells)),
    make("tbody", role("rowgroup"), ...bodyRows),
  );
  const label = `${caption}，可左右滚动`;
  return make("div", { class: "gk-scroll", tabindex: "0", role: "group", "aria-label": label }, table);
}

function percent(share) {
  return `${(share * 100).toFixed(0)}%`;
}

/* Figures that both reports state, and not alike */

function figuresTable(comparison, around) {
  const moved = comparison.figures.filter((each) => each.old && each.new && each.old.value !== each.new.value);
  if (!moved.length) return [];
  const rows = moved.map((each) => {
    const name = rules.indicators[each.indicator];
    const label = name ? make("a", { href: `${around.root}indicators/${each.indicator}/` }, name) : each.indicator;
    return [label, figureLink(each.old, around, 0), figureLink(each.new, around, 1), ...tellDifference(each)];
  });
  const caption = "两份报告都写明、数值不同的指标；点数字看原话";
  const table = tableOf(caption, "gk-table gk-cards", ["指标", ...around.labels, "增减", "增减率"], rows, true);
  const head = make("h2", { class: "gk-label", id: "figures" }, "数据的变化");
  return [make("section", { "aria-labelledby": "figures" }, head, table)];
}

function figureLink(figure, around, which) {
  const unconfirmed = figure.confirmed ? {} : { class: "gk-proposed", title: "未确认" };
  return make("a", { href: reportAddress(around, which, figure.passage), ...unconfirmed }, tellValue(figure));
}

/** A value as people say it: 约 1,800 份, 不足 20%. */
function tellValue(figure) {
  const spaced = figure.unit === "%" ? "" : " ";
  return `${rules.qualifiers[figure.qualifier]} ${tellNumber(figure.value)}${spaced}${figure.unit}`.trim();
}

function tellNumber(number) {
  return number.toLocaleString("en-US", { maximumFractionDigits: 10 });
}

/** By how much a figure moved, and by how many per cent; of rates, percentage points only. */
function tellDifference({ old, new: recent, unit }) {
  const difference = Number((recent.value - old.value).toFixed(4));
  const told = `${difference > 0 ? "+" : ""}${tellNumber(difference)}`;
  if (unit === "%") return [`${told} 个百分点`, "—"];
  const share = ((difference / old.value) * 100).toFixed(1);
  return [told, old.value ? `${difference > 0 ? "+" : ""}${share}%` : "—"];
}

/* The changes, in three views */

function changesInViews(comparison, around) {
  const sections = rules.roles
    .map((role) => [role, comparison.changes.filter((change) => change.role === role)])
    .filter(([, changes]) => changes.length)
    .map(([role, changes]) => partSection(role, changes, around));
  const hasNoise = comparison.changes.some((change) => change.noise);
  return make("div", { class: "gk-compare" }, ...viewSwitches(hasNoise), key(), ...sections);
}

/** The switches; a reader who has chosen a view keeps it from one comparison to the next. */
function viewSwitches(hasNoise) {
  const chosen = VIEWS.find(([view]) => document.getElementById(`view-${view}`)?.checked)?.[0] ?? VIEWS[0][0];
  const radios = VIEWS.flatMap(([view, name]) => [
    make("input", { type: "radio", name: "view", id: `view-${view}`, ...(view === chosen ? { checked: "" } : {}) }),
    make("label", { for: `view-${view}` }, name),
  ]);
  const slight = [
    make("input", { type: "checkbox", id: "view-slight" }),
    make("label", { for: "view-slight" }, "显示细微差别"),
  ];
  return hasNoise ? [...radios, ...slight] : radios;
}

function key() {
  const item = (tag, name, words) => make("span", { class: "gk-key-item" }, make(tag, {}, name), words);
  return make("p", { class: "gk-key" }, item("ins", "下划线", "为新增"), " ", item("del", "删除线", "为删去"));
}

function partSection(role, changes, around) {
  const heads = around.labels.map((label) => make("span", {}, label));
  return make(
    "section",
    { class: "gk-part", "data-role": role, "aria-labelledby": `r-${role}` },
    make("h2", { id: `r-${role}` }, rules.parts[role]),
    make("p", { class: "gk-sides-head", "aria-hidden": "true" }, ...heads),
    ...passages(changes, around),
  );
}

/** Changes as passages and headings, in their order. */
function passages(changes, around) {
  const elements = [];
  let passage = null;
  for (const change of changes) {
    if (isHeadingChange(change)) {
      elements.push(make("h3", { class: "gk-heading" }, changeElement(change, around)));
      passage = null;
      continue;
    }
    if (!passage?.holds(change)) {
      passage = new Passage(around.tables);
      elements.push(passage.element);
    }
    passage.add(change, changeElement(change, around));
  }
  return elements;
}

/** The passage being shown: what stands in it, and of which passages of both reports. */
class Passage {
  constructor(tables) {
    this.tables = tables;
    this.element = make("div", { class: "gk-passage" });
    this.old = new Set();
    this.newer = new Set();
  }

  /** Whether a change stands in this passage: by the newer report, or, of what was removed, by the old. */
  holds(change) {
    return change.new.length ? this.newer.has(change.new[0].passage) : this.old.has(change.old[0].passage);
  }

  add(change, element) {
    this.element.append(element);
    for (const clause of change.new) this.newer.add(clause.passage);
    if (change.kind !== "moved") for (const clause of change.old) this.old.add(clause.passage);
    const ids = this.newer.size ? this.newer : this.old;
    const isTable = [...ids].some((id) => this.tables.has(id));
    this.element.classList.toggle("gk-rows", isTable);
  }
}

function isHeadingChange(change) {
  return !(change.new[0] ?? change.old[0]).passage;
}

function changeElement(change, around) {
  const attributes = { class: "gk-change", "data-kind": change.kind, ...(change.noise ? { "data-noise": "" } : {}) };
  if (change.kind === "kept" && !change.noise) return make("span", attributes, change.new[0].text);
  const inline = make("span", { class: "gk-inline" }, ...change.edits.map(editElement));
  if (change.noise) return make("span", attributes, inline, ...bothSides(change));
  const kind = make("span", { class: "gk-kind" }, rules.kinds[change.kind]);
  return make("span", attributes, kind, inline, ...bothSides(change), waysFrom(change, around));
}

function editElement({ op, text, noise }) {
  if (op === "equal") return text;
  return make(op === "insert" ? "ins" : "del", noise ? { class: "gk-slight" } : {}, text);
}

/** A changed clause once as it was and once as it is, for the view side by side. */
function bothSides(change) {
  if (change.kind === "added" || change.kind === "removed") return [];
  const side = (name, leftOut) =>
    make("span", { class: name }, ...change.edits.filter((each) => each.op !== leftOut).map(editElement));
  return [side("gk-old", "insert"), side("gk-new", "delete")];
}

/** The ways from a change: to its place in both reports, and where it stood before. */
function waysFrom(change, around) {
  const source = (clause, which, words) =>
    make("a", { href: reportAddress(around, which, clause.passage || clause.section) }, words);
  const links = [];
  if (change.kind === "moved") {
    const heading = around.headings.get(change.old[0].section);
    links.push("原在", source(change.old[0], 0, heading ? `“${heading}”` : "别处"), " ");
  } else if (change.old.length) {
    links.push(source(change.old[0], 0, `${around.labels[0]}原文`), " ");
  }
  if (change.new.length) links.push(source(change.new[0], 1, `${around.labels[1]}原文`));
  return make("span", { class: "gk-ways" }, ...links);
}
