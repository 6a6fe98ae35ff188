"""A reader at a browser, who writes down what pages complain of and what they ask of other hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

TOWNSHIP = "places/tianjin-shi/xiqing-qu/yangliuqing-zhen/"
REPORT = f"{TOWNSHIP}2023/"
KINDS = {
    "home": "",
    "places": "places/",
    "province": "places/tianjin-shi/",
    "unverified": "places/yangzhuang-zhen/",
    "township": TOWNSHIP,
    "report": REPORT,
    "report-with-missing-roles": "places/ningxia-huizu-zizhiqu/wuzhong-shi/litong-qu/biandangou-zhen/2023/",
    "years": "years/",
    "year": "years/2023/",
    "topics": "topics/",
    "topic-group": "topics/disputes/",
    "topic": "topics/disputes.petition/",
    "topic-year": "topics/disputes.petition/2023/",
    "systems": "topics/systems/",
    "laws": "laws/",
    "law": "laws/xianfa/",
    "indicators": "indicators/",
    "indicator": "indicators/training.sessions/",
    "compare": "compare/",
    "search": "search/",
    "found": "search/?q=%E4%BF%A1%E8%AE%BF",
    "method": "about/method/",
    "data": "data/",
    "status": "status/",
    "about": "about/",
    "contribute": "about/contribute/",
    "not-found": "no/such/page/",
}
"""A page of every kind."""

_SETTLED = 600
"""Milliseconds after which whatever scrolls or fades in at the focus has come to rest."""
_FOCUSED = """() => {
  const active = document.activeElement;
  // the theme's toggle is an input that is not shown; the label behind it is drawn in its place
  const element = active.matches("input.md-option") ? active.nextElementSibling : active;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    tag: active.tagName.toLowerCase(), href: element.href || "", text: element.textContent.trim(),
    outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
    shadow: style.boxShadow !== "none",
    shown: box.width > 0 && box.height > 0 && parseFloat(style.opacity) > 0,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


class Reader:
    """A browser window; ``options`` are Playwright's for a context."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.browser = browser
        self.address = address
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        self.missing: str | None = None
        self.page = self._window(options)

    def _window(self, options: dict[str, Any]) -> Page:
        context = self.browser.new_context(locale="zh-CN", **options)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._asked)
        page.on("requestfailed", self._failed)
        return page

    def again(self, **options: Any) -> Page:
        """Take a fresh window with other options."""
        self.page.context.close()
        self.page = self._window(options)
        return self.page

    def open(self, address: str) -> Page:
        """Open a page of the site."""
        self.missing = self.address + address if address == KINDS["not-found"] else None
        self.page.goto(self.address + address)
        return self.page

    def close(self) -> None:
        """Close the window."""
        self.page.context.close()

    def tab(self, *, back: bool = False) -> dict[str, Any]:
        """Go to the next thing that takes the focus, and look at it."""
        self.page.keyboard.press("Shift+Tab" if back else "Tab")
        seen: dict[str, Any] = self.page.evaluate(_FOCUSED)
        if seen["tag"] != "body" and not (seen["shown"] and seen["inside"]):
            self.page.wait_for_timeout(_SETTLED)
            seen = self.page.evaluate(_FOCUSED)
        return seen

    def tab_to(self, href_end: str, most: int = 120) -> dict[str, Any]:
        """Go on with Tab until a link with this end has the focus."""
        for _ in range(most):
            seen = self.tab()
            if seen["href"].endswith(href_end):
                return seen
        raise AssertionError(f"no link to {href_end} within {most} tabs")

    def _heard(self, message: ConsoleMessage) -> None:
        expected = self.missing is not None and message.location.get("url") == self.missing
        if message.type in {"error", "warning"} and not expected:
            self.complaints.append(f"{message.text} ({message.location.get('url')})")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the reader has gone on to another page
            self.complaints.append(f"{request.failure}: {request.url}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.foreign.append(request.url)
