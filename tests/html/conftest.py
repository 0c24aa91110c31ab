"""A headless Chromium for the tests of the page, and pages that note whatever they should not do."""

import shutil
from pathlib import Path

import pytest
from synthetic_scan import made

from lambdaward.reports.html import render

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        pytest.skip(f"no Chromium on PATH (looked for {', '.join(CHROMIUMS)})")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def axe():
    if not AXE.is_file():
        pytest.skip("axe-core is not in node_modules (npm install --no-save --ignore-scripts axe-core@4.14.1)")
    return AXE.read_text("utf-8")


class Shown:
    """A report in a tab, and what went wrong there: console messages, errors, requests, refusals of the policy."""

    def __init__(self, tab, file):
        self.tab = tab
        self.file = file
        self.wrong = []
        tab.on("console", lambda message: self.wrong.append(f"console: {message.text}"))
        tab.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        tab.on("dialog", lambda dialog: self.wrong.append(f"dialog: {dialog.message}"))
        tab.on("request", lambda request: request.url.startswith(file) or self.wrong.append(f"request: {request.url}"))
        tab.add_init_script(
            "addEventListener('securitypolicyviolation', (e) => console.error('policy', e.violatedDirective))"
        )

    def at(self, address=""):
        """Go to an address inside the report, and wait until it is ready."""
        self.tab.goto("about:blank")
        self.tab.goto(self.file + address)
        self.tab.wait_for_selector("html[data-ready]")
        return self.tab

    def until(self, text):
        """Wait until the status line says something."""
        self.tab.locator("#count", has_text=text).wait_for()

    def count(self):
        """What the status line says is shown."""
        return self.tab.locator("#count").inner_text()


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """Write a scan's report to a file, and give its address."""

    def write(scan, estate):
        file = tmp_path_factory.mktemp("html") / "report.html"
        file.write_text(render(scan, estate), "utf-8")
        return file.as_uri()

    return write


@pytest.fixture(scope="session")
def small(written):
    return written(*made())


@pytest.fixture
def show(browser):
    """Open a report in a tab of its own; at the end nothing may have gone wrong there."""
    opened = []

    def open_(file, **options):
        context = browser.new_context(viewport={"width": 1300, "height": 800}, **options)
        opened.append(Shown(context.new_page(), file))
        return opened[-1]

    yield open_
    for shown in opened:
        shown.tab.context.close()
        assert shown.wrong == []


@pytest.fixture
def report(show, small):
    """The small report, open at its overview."""
    shown = show(small)
    shown.at()
    return shown
