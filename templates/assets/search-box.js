// The search box of every page: a dialog over the form in the header, and the marking of what was found in the page itself.

const WAIT = 200;
const MOST_NAMES = 5;
const MOST_HITS = 6;

const form = document.querySelector(".gk-search");
const root = new URL("..", form.action);
let dialog = null;
let tools = null;
let asked = 0;

function load() {
  tools ??= import("gongkai/search-show").then((show) => ({ show, search: new show.Search(root) }));
  return tools;
}

function build() {
  const made = document.createElement("dialog");
  made.className = "gk-dialog";
  made.setAttribute("aria-label", "搜索");
  made.innerHTML = `<form role="search" method="get"><input type="search" name="q" aria-label="要找的字句，或拼音" aria-describedby="gk-dialog-told" placeholder="字句、地名或拼音" autocomplete="off" autocapitalize="none" spellcheck="false"><button class="gk-close" type="button">关闭</button></form>
<p class="gk-quiet" id="gk-dialog-told" role="status"></p><div class="gk-dialog__found"></div>
<p class="gk-quiet gk-keys"><kbd>↑</kbd><kbd>↓</kbd> 选择 <kbd>Enter</kbd> 打开 <kbd>Esc</kbd> 关闭</p>`;
  made.querySelector("form").action = form.action;
  made.querySelector(".gk-close").addEventListener("click", () => made.close());
  made.addEventListener("click", (event) => event.target === made && made.close());
  made.addEventListener("keydown", move);
  made.querySelector("input").addEventListener("input", (event) => event.isComposing || later());
  made.querySelector("input").addEventListener("compositionend", later);
  document.body.append(made);
  return made;
}

function open(typed = "") {
  dialog ??= build();
  if (dialog.open) return;
  dialog.showModal();
  const input = dialog.querySelector("input");
  if (typed) input.value = typed;
  input.select();
  load().then(({ search }) => search.open().catch(() => {}));
  if (input.value) later();
}

// Arrows go through the links, and back to the box from the first of them.
function move(event) {
  const links = [...dialog.querySelectorAll(".gk-dialog__found a")];
  const input = dialog.querySelector("input");
  const at = links.indexOf(document.activeElement);
  const inList = at >= 0;
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "ArrowDown") (links[at + 1] ?? links.at(-1) ?? input).focus();
  else if (event.key === "ArrowUp" && inList) (links[at - 1] ?? input).focus();
  else if (event.key === "Home" && inList) links[0].focus();
  else if (event.key === "End" && inList) links.at(-1).focus();
  else if (inList && event.key.length === 1 && event.key !== " ") {
    input.focus(); // what is typed goes on in the box
    return;
  } else return;
  event.preventDefault();
}

let timer = 0;

function later() {
  clearTimeout(timer);
  timer = setTimeout(() => ask(dialog.querySelector("input").value), WAIT);
}

async function ask(typed) {
  asked += 1;
  const own = asked;
  const told = dialog.querySelector("#gk-dialog-told");
  const found = dialog.querySelector(".gk-dialog__found");
  if (!typed.trim()) {
    told.textContent = "";
    found.replaceChildren();
    return;
  }
  const { show, search } = await load();
  try {
    await search.with(async (opened) => {
      const names = await opened.names.suggest(opened.index.fold(typed.trim()), MOST_NAMES);
      if (own !== asked) return;
      found.replaceChildren(...(names.length ? [group(show, "直接去", names.map((each) => show.suggestionLink(root, each)))] : []));
      told.textContent = names.length ? `${names.length} 个名称` : "正在全文里找…";
      await askTexts({ show, opened, typed, own, told, found, named: names.length });
    });
  } catch (error) {
    if (own !== asked) return;
    told.textContent = show.toldFailure(error);
  }
}

async function askTexts({ show, opened, typed, own, told, found, named }) {
  const answer = new show.Answer(opened, typed, {});
  if (answer.problem) {
    told.textContent = show.PROBLEMS[answer.problem];
    return;
  }
  const links = [];
  for await (const hit of answer.more(MOST_HITS)) {
    if (own !== asked) return;
    links.push(hitLink(show, hit));
  }
  if (own !== asked) return;
  if (links.length) {
    const all = show.element("a", { href: `${form.action}?q=${encodeURIComponent(typed.trim())}`, class: "gk-all" }, "全部结果");
    found.append(group(show, "全文里", [...links, all]));
  } else if (!answer.paused) {
    const near = await answer.nearest();
    if (own !== asked) return;
    const meant = near.map((each) =>
      show.element("a", { href: `${form.action}?q=${encodeURIComponent(each.typed)}` }, each.typed, show.element("span", { class: "gk-quiet" }, each.why)),
    );
    if (meant.length) found.append(group(show, "您要找的也许是", meant));
  }
  const none = answer.paused ? "先读的几份里还没有，按 Enter 接着找" : "全文里没有找到";
  const texts = links.length ? `全文里先列 ${links.length} 处` : none;
  told.textContent = [named ? `${named} 个名称` : "", texts].filter(Boolean).join("，") + "。";
  if (links.length && answer.meant.length) told.textContent += show.toldMeant(answer);
  if (opened.index.missing.size || opened.names.incomplete) told.textContent += show.INCOMPLETE;
}

function hitLink(show, hit) {
  const href = show.hitAddress(root, hit);
  const [where, year] = [hit.place, hit.report.slice(-4)];
  return show.element(
    "a",
    { href },
    show.element("span", { class: "gk-name" }, `${where} ${year}`),
    show.element("span", { class: "gk-quiet" }, hit.heading === null ? "" : show.markedWords(hit.headingMarked)),
    show.element("span", { class: "gk-snippet" }, show.markedWords(hit.snippet)),
  );
}

function group(show, name, links) {
  const items = links.map((link) => show.element("li", {}, link));
  return show.element("section", { "aria-label": name }, show.element("h2", {}, name), show.element("ul", {}, items));
}

// Marks the words of `?mark=` in the passage that the address points at.
async function markFound() {
  const words = new URLSearchParams(location.search).getAll("mark").slice(0, 12);
  const passage = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!words.length || !passage) return;
  const { show, search } = await load();
  const { index } = await search.open();
  show.markIn(passage, words.map((word) => index.fold(word)), (text) => index.fold(text));
}

form.querySelector("input").addEventListener("pointerdown", (event) => {
  event.preventDefault();
  open();
});
for (const kind of ["input", "compositionend"]) {
  form.querySelector("input").addEventListener(kind, ({ target, isComposing }) => {
    if (isComposing) return; // the letters that become Chinese characters are left to themselves
    open(target.value);
    target.value = "";
  });
}
form.addEventListener("submit", (event) => {
  event.preventDefault();
  open(form.querySelector("input").value);
});
document.addEventListener("keydown", (event) => {
  const inField = event.target.closest?.("input, textarea, select, [contenteditable]");
  const slash = event.key === "/" && !inField && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (slash || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey)) {
    event.preventDefault();
    open();
  }
});
form.addEventListener("pointerenter", load, { once: true });
markFound().catch(() => {});
