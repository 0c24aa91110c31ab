"""Every meaning that a scanner of Lambda can have is covered by a rule, or waits for a later engine and says which."""

import json
from pathlib import Path

import pytest

from lambdaward.rules import load

TABLE = json.loads((Path(__file__).parents[2] / "tools" / "posture.json").read_text("utf-8"))
ROWS = {row["id"]: row for row in TABLE["rows"]}
RULES = [rule for rule, _ in load().values()]


def test_the_table_has_the_78_meanings_of_the_union_and_the_33_that_nobody_has():
    assert list(ROWS) == [*map(str, range(1, 79)), *(f"n{number}" for number in range(1, 34))]


@pytest.mark.parametrize("identity", ROWS)
def test_a_row_has_a_rule_or_says_what_it_waits_for(identity):
    assert any(identity in rule.posture for rule in RULES) or ROWS[identity].get("waits")


def test_a_row_that_a_rule_covers_waits_for_the_rest_at_most():
    covered = {identity for rule in RULES for identity in rule.posture}
    assert [identity for identity in ROWS if identity in covered and "waits" in ROWS[identity]] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_covers_rows_that_exist(rule):
    assert set(rule.posture) <= set(ROWS)
