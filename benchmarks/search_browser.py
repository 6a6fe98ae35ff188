"""First and later queries in a headless Chromium: what they fetch and how long they take, on a fast and a slow network."""

from __future__ import annotations

import shutil
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Response, sync_playwright

SLOW = {"offline": False, "latency": 300, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 1.6e6 / 8}
LATER = 5
_ANSWERED = """() => document.querySelector("#results [data-report]")
  || /没有找到|读不到|太|先读的/.test(document.getElementById("gk-told").textContent)"""
_SETTLED = """() => /共|先列|没有找到|先读的/.test(document.getElementById("gk-told").textContent)"""
_PAGEFIND = """async (queries) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const answers = [];
  for (const query of queries) {
    const {results} = await pagefind.search(query);
    const found = await Promise.all(results.map((each) => each.data()));
    answers.push(found.map((each) => each.url));
  }
  return answers;
}"""


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the library's
        """Keep quiet."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    path = next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def first_queries(site: Path, queries: Sequence[str], *, slow: bool) -> Iterator[str]:
    """Ask each query in a browser that has fetched nothing but the page, then some more; tell bytes and times."""
    first: list[float] = []
    whole: list[float] = []
    fetched: list[int] = []
    requests: list[int] = []
    later: list[float] = []
    with served(site) as address, chromium() as browser:
        for number, query in enumerate(queries):
            context = browser.new_context(locale="zh-CN")
            page = context.new_page()
            sizes: list[int] = []
            page.on("response", partial(_count, sizes))
            if slow:
                context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
            page.goto(f"{address}search/", wait_until="load")
            page.wait_for_timeout(100)
            shown, settled = ask(page, query)
            first.append(shown)
            whole.append(settled)
            page.wait_for_load_state("networkidle")
            fetched.append(sum(sizes))
            requests.append(len(sizes))
            others = [*queries, *queries][number + 1 : number + 1 + LATER] if not slow else []
            later += [ask(page, other)[0] for other in others]
            context.close()
    name = "1.6 Mbit/s, 300 ms a request" if slow else "unthrottled"
    yield (
        f"{name}: first query: shown {told(first)} s, whole page {told(whole)} s; fetched {told([each / 1000 for each in fetched])} KB "
        f"in {told(requests)} requests (index, texts, names)"
        + (f"; later queries {told([each * 1000 for each in later])} ms" if later else "")
    )


def ask(page: Page, query: str) -> tuple[float, float]:
    """Type a query and press Enter; return the seconds until the first result, and until all of the first page."""
    page.evaluate(
        "() => { document.getElementById('results').replaceChildren(); document.getElementById('gk-told').textContent = ''; }"
    )
    page.fill("#gk-q", query)
    started = time.perf_counter()
    page.press("#gk-q", "Enter")
    page.wait_for_function(_ANSWERED, polling=10, timeout=60_000)
    shown = time.perf_counter() - started
    page.wait_for_function(_SETTLED, polling=10, timeout=60_000)
    return shown, time.perf_counter() - started


def pagefind_answers(folder: Path, queries: Sequence[str]) -> tuple[list[set[str]], str]:
    """Ask Pagefind in the browser; return the reports found, and what its first query fetched."""
    (folder / "index.html").write_text("<!doctype html><title>pagefind</title>", "utf-8")
    with served(folder) as address, chromium() as browser:
        sizes: list[int] = []
        page = browser.new_page()
        page.on("response", partial(_count, sizes))
        page.goto(address)
        page.evaluate(_PAGEFIND, [queries[0]])
        first = sum(sizes)
        found: list[list[str]] = page.evaluate(_PAGEFIND, list(queries))
    return [
        {url.strip("/") for url in urls} for urls in found
    ], f"first query with all its results {first / 1000:.0f} KB"


def told(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.2f} (most {max(values):.2f})"


def _count(sizes: list[int], response: Response) -> None:
    if response.url.endswith(".bin") or "/pagefind/" in response.url:
        sizes.append(int(response.headers.get("content-length", 0)))
