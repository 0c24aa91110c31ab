"""Every format, whole: what a reader gets for a scan with one of everything, for a clean one, and for a real template.

`pytest tests/reports --rewrite-snapshots` writes the files anew; what changed is then to be read.
"""

import datetime as dt
from pathlib import Path

import pytest
from msgspec import structs
from rendering import SNAPSHOTS, rendered
from shop_scan import CLEAN, CLEAN_ESTATE, ESTATE, SCAN

from lambdaward.analysis import Analysis, Given
from lambdaward.findings import settle
from lambdaward.rules import Selection, run
from lambdaward.rules.runner import chosen
from lambdaward.sources import load

TODAY = dt.date(2026, 11, 23)
SELECTION = Selection(select=("LWR001", "LWR020", "LWX002", "LWS003"))

LOOKS = {
    "terminal.txt": ("terminal", {}),
    "terminal-narrow.txt": ("terminal", {"width": 60}),
    "terminal-wide.ansi": ("terminal", {"width": 160, "colour": True}),
    "terminal-narrow.ansi": ("terminal", {"width": 60, "colour": True}),
    "terminal-verbose.txt": ("terminal", {"verbose": True}),
    "report.json": ("json", {}),
    "report.sarif": ("sarif", {}),
    "comment.md": ("markdown", {}),
    "junit.xml": ("junit", {}),
    "annotations.txt": ("github", {}),
}
PLAIN = [name for name in LOOKS if name not in ("terminal-narrow.txt", "terminal-narrow.ansi", "terminal-verbose.txt")]


@pytest.fixture
def real(monkeypatch):
    """A scan of the template beside this file, by rules that are named, so that no other rule is in it."""
    monkeypatch.chdir(Path(__file__).parent)
    estate = load(["shop"])
    ran = [rule for rule, _ in chosen(SELECTION)]
    scan = settle(run(Analysis(estate, Given(today=TODAY)), SELECTION), estate, ran, today=TODAY)
    return structs.replace(scan, facts={**scan.facts, "version": "1.2.3"}), estate


@pytest.mark.parametrize("name", LOOKS)
def test_a_scan_with_one_of_everything(snapshot, monkeypatch, name):
    monkeypatch.chdir(Path(__file__).parent)
    form, look = LOOKS[name]
    snapshot(f"shop-{name}", rendered(form, SCAN, ESTATE, **look))


@pytest.mark.parametrize("name", PLAIN)
def test_a_clean_scan(snapshot, monkeypatch, name):
    monkeypatch.chdir(Path(__file__).parent)
    form, look = LOOKS[name]
    snapshot(f"clean-{name}", rendered(form, CLEAN, CLEAN_ESTATE, **look))


@pytest.mark.parametrize("name", PLAIN)
def test_a_real_template(snapshot, real, name):
    form, look = LOOKS[name]
    snapshot(f"real-{name}", rendered(form, *real, **look))


def test_no_snapshot_is_left_over():
    wanted = {f"shop-{name}" for name in LOOKS} | {f"{scan}-{name}" for scan in ("clean", "real") for name in PLAIN}
    assert {file.name for file in SNAPSHOTS.iterdir() if not file.name.startswith("changes-")} == wanted
