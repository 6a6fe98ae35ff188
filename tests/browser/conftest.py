from __future__ import annotations

import os
import shutil
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from tests.admin_site import give_programs, with_editing
from tests.browser.watching import KINDS, Reader
from tests.site_in_string import build_site, copy_checkout, site_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class _Handler(SimpleHTTPRequestHandler):
    """Serves files, and the site's own page where there is none; says nothing."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the library's
        """Keep quiet."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with 404.html, as hosts of static sites do."""
        page = os.path.join(self.directory, "404.html")  # noqa: PTH118 - the library's folder is a string
        if code != 404 or not os.path.isfile(page):  # noqa: PTH113 - likewise
            super().send_error(code, message, explain)
            return
        with open(page, "rb") as file:  # noqa: PTH123 - likewise
            content = file.read()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(scope="session")
def browser_path() -> str:
    """Find an installed Chrome or Chromium."""
    for name in (os.environ.get("GONGKAI_BROWSER", ""), *NAMES):
        if name and (found := shutil.which(name)):
            return found
    pytest.fail(
        "no Chrome or Chromium found: install one (Debian: apt-get install chromium fonts-noto-cjk) "
        "or name it in GONGKAI_BROWSER"
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the checkout's own contents."""
    project = copy_checkout(tmp_path_factory.mktemp("browser") / "project")
    build_site(project)
    return site_folder(project)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address that the site is served at."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def admin_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the checkout's own contents with the editing form."""
    project = copy_checkout(tmp_path_factory.mktemp("editing") / "project")
    project.config.write_text(with_editing(), encoding="utf-8")
    give_programs(project)
    build_site(project)
    return site_folder(project)


@pytest.fixture(scope="session")
def admin_address(admin_site: Path) -> Iterator[str]:
    """The address that the site with the editing form is served at."""
    with served(admin_site) as address:
        yield address


@pytest.fixture(scope="session")
def browser(browser_path: str) -> Iterator[Browser]:
    """A browser that asks nothing of the network on its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    """A reader with a fresh browser profile; what a page complained of or asked of others fails the test."""
    reader = Reader(browser, address)
    yield reader
    reader.close()
    assert reader.complaints == []
    assert reader.foreign == []


@pytest.fixture(params=sorted(KINDS))
def kind(request: pytest.FixtureRequest) -> str:
    """The address of one page of every kind."""
    return KINDS[request.param]
