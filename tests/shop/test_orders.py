"""The example shop: what its README says is planted is what the scan finds."""

import datetime as dt
import re
from pathlib import Path

import pytest

from lambdaward.analysis import Analysis, Given
from lambdaward.findings import Severity, settle
from lambdaward.model import Function, LocalCode
from lambdaward.rules import Selection, find, load, run
from lambdaward.sources import LoadOptions
from lambdaward.sources import load as read

SHOP = Path(__file__).resolve().parents[2] / "examples" / "orders"
TODAY = dt.date(2026, 11, 23)


def scanned(**options):
    estate = read([SHOP], LoadOptions(**options))
    assert not estate.coverage.problems
    answers = run(Analysis(estate, Given(today=TODAY)), Selection())
    return settle(answers, estate, [rule for rule, _ in load().values()], today=TODAY)


@pytest.fixture(scope="module")
def scan():
    return scanned()


@pytest.fixture(scope="module")
def planted():
    rows = [line for line in (SHOP / "README.md").read_text().splitlines() if line.startswith("| `")]
    return {(cells[0].strip("` "), find(name).id) for cells in map(_cells, rows) for name in _names(cells[2])}


def _cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


def _names(cell):
    return re.findall(r"`([\w-]+)`", cell)


def found(scan):
    everything = [each for finding in scan.findings for each in (finding, *finding.folded)]
    return {(finding.shown, finding.rule.id) for finding in everything}


def test_every_planted_weakness_is_found_where_it_stands(scan, planted):
    assert planted - found(scan) == set()


def test_nothing_of_medium_severity_or_above_is_found_that_is_not_planted(scan, planted):
    serious = {(f.shown, f.rule.id) for f in scan.findings if f.severity >= Severity.MEDIUM}
    assert serious - planted == set()


def test_the_function_that_is_as_it_should_be_has_no_finding(scan):
    assert [f for f in scan.findings if f.shown.startswith("ListOrders")] == []


def test_every_function_has_its_code(scan):
    assert len(scan.functions) == 10
    estate = read([SHOP])
    assert all(isinstance(function.code, LocalCode) for function in estate.all(Function))


def test_to_know_the_account_changes_no_finding(scan):
    known = scanned(account="111122223333")
    assert {f.fingerprint: f.severity for f in known.findings} == {f.fingerprint: f.severity for f in scan.findings}
