/**
 * The page /compare/: reads which two reports are wanted, from the address or the form, loads them and shows what changed.
 * The comparison itself is loaded when it is wanted; a browser that is too old for it is told so.
 */

const form = document.getElementById("gk-choice");
const told = document.getElementById("gk-told");
const result = document.getElementById("gk-result");
const { root } = form.dataset;
const FIELDS = ["a", "b"];
const NAMES = { a: "第一份", b: "第二份" };
const title = document.title;

const REPORT_ID = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)+[0-9]{4}$/;
let running = 0;
let shown = "";

/** What a reader can be told of, in Chinese. */
class Trouble extends Error {}

/** Return the id of the report that a reader has named by its id or by an address of one of its pages, or null. */
function readReportId(written) {
  const path = written
    .trim()
    .replace(/[?#].*$/s, "")
    .split(/(?:^|\/)places\//)
    .at(-1);
  const found = /^\/*(.*?\/[0-9]{4})(?:\/.*)?$/s.exec(path);
  return found && REPORT_ID.test(found[1]) ? found[1] : null;
}

async function load(address) {
  try {
    return await fetch(address);
  } catch {
    throw new Trouble("没有读到报告，可能是网络断了。请稍后再试。");
  }
}

/** Load a report as its report.json tells it, with the state of its text, which its YEAR.yml alone tells. */
async function loadReport(id) {
  const folder = `${root}places/${id}/`;
  const [answer, record] = await Promise.all([load(`${folder}report.json`), load(`${folder}${id.slice(-4)}.yml`)]);
  if (answer.status === 404) throw new Trouble(`本站没有编号为「${id}」的报告；没有收录不等于没有公开。`);
  if (!answer.ok) throw new Trouble(`没有读到「${id}」这份报告。请稍后再试。`);
  const report = await answer.json().catch(() => {
    throw new Trouble(`没有读懂「${id}」这份报告的数据。`);
  });
  const state = /^text_state:\s*["']?([a-z]+)/m.exec(record.ok ? await record.text() : "");
  return { ...report, text_state: state?.[1] };
}

function loadComparison() {
  return Promise.all([import("gongkai/compare-changes"), import("gongkai/compare-view")]).catch(() => {
    throw new Trouble(
      "没有载入比较的程序：网络断了，或者这个浏览器太旧。请刷新再试；各报告的「变化」页不用脚本也能看。",
    );
  });
}

/** Read the two ids that are wanted. Throw Trouble where one is missing or is none. */
function readWanted(written) {
  return FIELDS.map((field) => {
    if (!written[field].trim()) throw new Trouble(`请填${NAMES[field]}报告。`);
    const id = readReportId(written[field]);
    const example = "编号形如 tianjin-shi/xiqing-qu/yangliuqing-zhen/2023。";
    if (!id) throw new Trouble(`${NAMES[field]}：看不出是哪份报告。${example}`);
    return id;
  });
}

/** Compare what the form names and show it; of several runs only the last shows anything. */
async function run() {
  running += 1;
  const own = running;
  const tell = (words) => {
    if (own === running) told.textContent = words;
  };
  try {
    const ids = readWanted(Object.fromEntries(FIELDS.map((field) => [field, form.elements[field].value])));
    tell("正在读取两份报告……");
    const [modules, ...reports] = await Promise.all([loadComparison(), ...ids.map(loadReport)]);
    const [{ compare }, { showComparison, tellCounts }] = modules;
    tell("正在比较……");
    await new Promise((resume) => setTimeout(resume)); // lets the browser show that it is at work
    if (own !== running) return;
    const comparison = compare(...reports);
    result.replaceChildren(...showComparison(reports, comparison, root));
    document.title = `${reports.map((report) => report.title).join(" 与 ")}：${title}`;
    const same = ids[0] === ids[1] ? "两份是同一份报告。" : "";
    const came = comparison.reason ? `没有比较：${comparison.reason}。` : `比较好了：${tellCounts(comparison)}。`;
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
    tell(same + came);
  } catch (trouble) {
    if (own === running) result.replaceChildren();
    tell(trouble instanceof Trouble ? trouble.message : "没有比较成，程序出了错。请到「我要找错」告诉我们。");
    if (!(trouble instanceof Trouble)) throw trouble;
  }
}

/** Put what the address names into the form; compare where it names two. */
function runFromAddress() {
  shown = location.search;
  const wanted = new URLSearchParams(location.search);
  for (const field of FIELDS) form.elements[field].value = wanted.get(field) ?? "";
  if (FIELDS.every((field) => wanted.get(field))) {
    run();
    return;
  }
  stop();
  const missing = FIELDS.find((field) => !wanted.get(field));
  if (location.search) told.textContent = `请填${NAMES[missing]}报告。`;
}

function stop() {
  running += 1;
  told.textContent = "";
  document.title = title;
  result.replaceChildren();
}

/** Make the address one that can be shared, and compare. */
function submit(event) {
  event.preventDefault();
  const ids = FIELDS.map((field) => readReportId(form.elements[field].value));
  if (ids.every(Boolean)) {
    for (const [place, field] of FIELDS.entries()) form.elements[field].value = ids[place];
    const address = `?a=${ids[0]}&b=${ids[1]}`;
    if (address !== location.search) history.pushState(null, "", address);
    shown = location.search;
  }
  run();
}

/** Fill the list to choose from, once a reader turns to the form; of a large site it is too long, and not there. */
async function fillList() {
  const list = document.getElementById("gk-reports");
  const answer = list && (await fetch(`${root}data/reports.json`));
  if (!answer?.ok) return;
  const reports = await answer.json();
  list.replaceChildren(...reports.map((report) => new Option(`${report.place.name} ${report.year}年`, report.id)));
}

form.hidden = false;
form.addEventListener("submit", submit);
form.addEventListener("focusin", () => fillList().catch(() => {}), { once: true });
addEventListener("popstate", () => location.search === shown || runFromAddress()); // or only the anchor is another
runFromAddress();
