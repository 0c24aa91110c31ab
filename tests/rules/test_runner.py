"""Choosing and running rules."""

import pytest

from lambdaward.findings import Kind
from lambdaward.model import UsageError
from lambdaward.rules import Selection, find, load, page
from lambdaward.rules.runner import chosen

RULES = [rule for rule, _ in load().values()]
PROBLEM = next(rule for rule in RULES if rule.kind is Kind.PROBLEM)
ADVICE = next(rule for rule in RULES if rule.kind is Kind.ADVICE)


def ids(**selection):
    return {rule.id for rule, _ in chosen(Selection(**selection))}


def test_problems_run_and_advice_does_not_unless_asked_for():
    assert ids() == {rule.id for rule in RULES if rule.kind is Kind.PROBLEM}
    assert ids(advice=True) == {rule.id for rule in RULES}


@pytest.mark.parametrize("word", [ADVICE.id, ADVICE.id.lower(), ADVICE.name])
def test_advice_runs_when_it_is_named(word):
    assert ids(select=(word,)) == {ADVICE.id}


def test_a_prefix_selects_a_family_and_ignoring_wins():
    family = {rule.id for rule in RULES if rule.id.startswith(PROBLEM.id[:3]) and rule.kind is Kind.PROBLEM}
    assert ids(select=(PROBLEM.id[:3],)) == family
    assert ids(select=(PROBLEM.id[:3],), ignore=(PROBLEM.name,)) == family - {PROBLEM.id}


@pytest.mark.parametrize("selection", [{"select": ("LWZ",)}, {"ignore": ("no-such-rule",)}])
def test_a_word_that_matches_no_rule_is_an_error(selection):
    with pytest.raises(UsageError, match="no rule is called"):
        ids(**selection)


def test_a_misspelt_rule_is_answered_with_the_nearest_name():
    with pytest.raises(UsageError, match=f"did you mean .*{PROBLEM.name}"):
        find(PROBLEM.name[:-1])


def test_ids_and_names_are_unique_and_well_formed():
    assert len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.id[:2] == "LW"
        assert rule.id[2] in "IXPSNRLC"
        assert len(rule.id) == 6
        assert rule.name == rule.name.lower().replace(" ", "-")


def test_a_folded_rule_exists():
    assert {name for rule in RULES for name in rule.folds} <= set(load())


def test_a_page_states_severity_and_standards():
    text = page(PROBLEM.id)
    assert text.startswith(f"# {PROBLEM.id}: {PROBLEM.name}\n")
    assert f"Severity: {PROBLEM.severity.name.lower()}." in text
