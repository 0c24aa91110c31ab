"""Size and speed of the HTML report beside the JSON report of the same scan: `python benchmarks/html_report.py`.

Needs Chromium and Playwright. Times are medians over fresh tabs: `ready` from navigation to the page's own mark, `filter`
from the change of the address to the drawn and laid out list, the first time (when texts are gathered) and again.
"""

import argparse
import io
import json
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests/html"))
from synthetic_scan import made

from lambdaward.findings import Scan
from lambdaward.model import Estate
from lambdaward.reports import Look, render

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SIZES = ((100, 20), (1_000, 200), (10_000, 2_000), (10_000, 10_000))
VIEWS = {
    "findings": ("#findings?q=dynamodb+python3.9", "#findings?q=invoice+answers"),
    "functions": ("#functions?q=notify", "#functions?q=place+order"),
}

# The page's own listener runs between these two.
BEFORE = "addEventListener('hashchange', () => { window.began = performance.now(); });"
AFTER = """(address) => new Promise((done) => {
  addEventListener('hashchange', () => {
    document.body.offsetHeight;
    done(performance.now() - window.began);
  }, { once: true });
  location.hash = address;
})"""


def written(form: str, scan: Scan, estate: Estate) -> str:
    """A report."""
    stream = io.StringIO()
    render(form, scan, estate, stream, Look())
    return stream.getvalue()


def timed(browser: Browser, address: str) -> dict[str, float]:
    """The times of one fresh tab, in milliseconds."""
    tab = browser.new_context(viewport={"width": 1300, "height": 800}).new_page()
    tab.add_init_script(BEFORE)
    tab.goto(address)
    tab.wait_for_selector("html[data-ready]")
    times: dict[str, Any] = {"ready": float(tab.get_attribute("html", "data-ready") or "nan")}
    for view, (first, again) in VIEWS.items():
        times[f"{view} first"] = tab.evaluate(AFTER, first)
        times[f"{view} again"] = tab.evaluate(AFTER, again)
    tab.context.close()
    return times


def main() -> None:
    """Print one line per size of scan."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="tabs per size")
    runs = parser.parse_args().runs
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        sys.exit(f"no Chromium on PATH (looked for {', '.join(CHROMIUMS)})")
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        print(f"Chromium {browser.version}, median of {runs} tabs; KB of 1,000 bytes, times in ms\n")
        heads = ("functions", "findings", "HTML KB", "JSON KB", "compact JSON KB", "ready")
        heads += tuple(f"filter {view}: first, again" for view in VIEWS)
        print(f"| {' | '.join(heads)} |\n|{'--:|' * len(heads)}")
        for functions, findings in SIZES:
            scan, estate = made(functions, findings)
            page, plain = written("html", scan, estate), written("json", scan, estate)
            file = Path(folder) / "report.html"
            file.write_text(page, "utf-8")
            tabs = [timed(browser, file.as_uri()) for _ in range(runs)]
            time = {name: median(tab[name] for tab in tabs) for name in tabs[0]}
            sizes = (page, plain, json.dumps(json.loads(plain), separators=(",", ":")))
            kilobytes = " | ".join(f"{len(text.encode()) / 1000:,.0f}" for text in sizes)
            filters = " | ".join(f"{time[f'{view} first']:.0f}, {time[f'{view} again']:.0f}" for view in VIEWS)
            print(f"| {functions:,} | {findings:,} | {kilobytes} | {time['ready']:.0f} | {filters} |")
        browser.close()


if __name__ == "__main__":
    main()
