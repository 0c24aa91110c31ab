"""The runtime table: complete, consistent, and judged by a date that is given."""

import datetime as dt
from itertools import pairwise

import botocore.session
import pytest

from lambdaward.catalog import Phase, runtime, runtimes

ENUM = botocore.session.get_session().get_service_model("lambda").shape_for("Runtime").enum


def test_every_runtime_that_botocore_names_is_in_the_table_and_no_other():
    assert set(runtimes()) == set(ENUM)


@pytest.mark.parametrize("name", ENUM)
def test_a_successor_exists_outlives_its_predecessor_and_is_no_preview(name):
    row = runtimes()[name]
    if row.successor:
        assert row.deprecated
        assert runtimes()[row.successor].deprecated >= row.deprecated
        assert not runtimes()[row.successor].preview


def test_every_runtime_has_an_end_unless_it_is_a_preview_or_its_publisher_decides():
    assert {name for name, row in runtimes().items() if row.deprecated is None} == {
        "custom",
        "nodejs26.x",
        "python3.15",
    }


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        ("2024-12-19", Phase.SUPPORTED),
        ("2024-12-20", Phase.DEPRECATED),
        ("2027-02-01", Phase.CREATE_BLOCKED),
        ("2027-03-03", Phase.UPDATE_BLOCKED),
    ],
)
def test_a_phase_begins_on_its_day(day, phase):
    assert runtime("dotnet6").phase(dt.date.fromisoformat(day)) is phase


@pytest.mark.parametrize("name", ENUM)
def test_phases_only_go_forward(name):
    days = [dt.date(2015, 1, 1) + dt.timedelta(days=30 * step) for step in range(200)]
    assert all(early <= late for early, late in pairwise(runtimes()[name].phase(day) for day in days))


def test_thirty_runtimes_are_deprecated_in_november_2026():
    today = dt.date(2026, 11, 23)
    assert sum(row.phase(today) >= Phase.DEPRECATED for row in runtimes().values()) == 30


def test_an_unknown_runtime_is_not_in_the_table():
    assert runtime("python9.9") is None
