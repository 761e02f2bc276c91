"""
What tests in a browser share: Chromium on four screens, the site on both kinds of host, what is measured of a page.

Pictures of pages go to build/pictures/, where CI leaves them.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from support.extras import need
from support.paths import ROOT
from support.stores import free_port, missing

PICTURES = ROOT / "build" / "pictures"
LANGUAGES = ("zh-Hant", "zh-Hans", "en")
#: Width and height in CSS pixels, and the colours that people have chosen.
SCREENS: dict[str, tuple[int, int, str]] = {
    "desktop-light": (1280, 900, "light"),
    "desktop-dark": (1280, 900, "dark"),
    "phone-light": (390, 844, "light"),
    "phone-dark": (390, 844, "dark"),
}
#: WCAG 2.2 at AA, as axe tags its rules.
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
#: Milliseconds that a page may take on a busy machine before the browser gives up.
_PATIENCE = 120_000
#: Keeps what the browser says of shifts of the layout while a page loads.
_WATCH = """
globalThis.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) globalThis.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
#: How far the page is wider than the screen, how far it moved, the bytes that it is made of as they were sent, and the
#: cells of tables that have a long text in a column of fewer than twenty letters on a phone.
_MEASURE = """() => {
  const loaded = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .filter((entry) => !entry.name.includes("/search/"));
  const narrow = [...document.querySelectorAll("main tbody td, main tbody th")].filter((cell) => {
    const size = parseFloat(getComputedStyle(cell).fontSize), text = cell.innerText.trim();
    const wide = [...text].reduce((sum, one) => sum + (one > "\\u2e80" ? 2 : 1), 0);
    return innerWidth < 700 && wide > 40 && cell.clientWidth && cell.clientWidth < size * 0.5 * 20;
  });
  return {
    wider: document.documentElement.scrollWidth - innerWidth,
    shifts: globalThis.shifts,
    bytes: loaded.reduce((sum, entry) => sum + entry.encodedBodySize, 0),
    narrow: narrow.map((cell) => cell.innerText.slice(0, 40)),
  };
}"""


class SiteHost(NamedTuple):
    """A site that answers: its kind (server or static) and its address, with a slash at the end."""

    kind: str
    address: str


class OpenPage:
    """
    A page of the browser, with what it complained of.

    Args:
        page: The page of Playwright.

        screen: The name of its screen.
    """

    def __init__(self, page: Any, screen: str) -> None:
        """Listen to errors of scripts, of policies and of requests."""
        self.page, self.screen, self.clicks = page, screen, 0
        self.problems: list[str] = []
        page.set_default_timeout(_PATIENCE)
        page.on("console", lambda message: self._note(message.text, message.location["url"], message.type))
        page.on("pageerror", lambda error: self._note(str(error), page.url))

    def _note(self, text: str, address: str, kind: str = "error") -> None:
        """Keep a complaint, but for the icon for which browsers ask every host of their own accord."""
        if kind == "error" and not address.endswith("/favicon.ico"):
            self.problems.append(f"{address}: {text}")

    def open(self, address: str) -> None:
        """Open an address; what was complained of before is forgotten, and that the page itself is a refusal."""
        self.clicks, self.problems[:] = 0, []
        response = self.page.goto(address)
        if response is not None and response.status >= 400:
            self.problems.clear()

    def click(self, target: Any) -> None:
        """Click on a thing and wait for the page to which it leads."""
        self.clicks += 1
        with self.page.expect_navigation():
            target.click()

    def texts(self, selector: str) -> list[str]:
        """Return the texts of all elements that a selector finds, without blanks at the ends."""
        return [text.strip() for text in self.page.locator(selector).all_inner_texts()]

    def measure(self) -> dict[str, Any]:
        """Return how wide, stable and heavy the page is. What moves at each load is a fault."""
        self.page.wait_for_load_state("load")
        found: dict[str, Any] = self.page.evaluate(_MEASURE)
        if found["shifts"]:
            # On a busy machine a table may be shown when half of its rows have arrived, and its columns settle later.
            self.page.reload()
            found = self.page.evaluate(_MEASURE)
        return found

    def keep_picture(self, name: str) -> None:
        """Keep a picture of the whole page."""
        self.page.screenshot(path=PICTURES / f"{name}.{self.screen}.png", full_page=True)

    def find_barriers(self) -> list[str]:
        """Return what axe finds wrong: rule, what it says, and the elements."""
        axe = need("axe_playwright_python.sync_playwright", "browser").Axe()
        options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": _RULES}}
        found = axe.run(self.page, options=options).response["violations"]
        return [f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes'][:3]]}" for one in found]


@contextmanager
def open_browser():
    """Run Chromium and give the function that opens a page on a screen; every page is kept for the next who asks."""
    playwright = need("playwright.sync_api", "browser")
    program = shutil.which("chromium")
    if not program:
        missing("Chromium (Debian: chromium)")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with playwright.sync_playwright() as started, ExitStack() as stack:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        stack.callback(browser.close)

        @functools.cache
        def page(screen: str, scripts: bool = True) -> OpenPage:
            width, height, scheme = SCREENS[screen]
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=scripts
            )
            context.add_init_script(_WATCH)
            return OpenPage(context.new_page(), screen)

        yield page


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """A host of files that knows nothing of the site."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_args):
        """Say nothing."""


@contextmanager
def host_files(folder: Path):
    """Serve a folder as any static host would, and give its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", free_port()), functools.partial(_Quiet, directory=folder))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
