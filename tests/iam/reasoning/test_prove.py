"""The solver agrees with the exact algorithms, and answers what they leave open."""

import sys

import pytest
from hypothesis import HealthCheck, given, settings
from universe import POLICIES, allow, any_new, document

from lambdaward.iam import parse
from lambdaward.iam.reasoning import new_access
from lambdaward.model import OneOf, Unknown

pytest.importorskip("z3")

from lambdaward.iam.reasoning.budget import Undecided
from lambdaward.iam.reasoning.prove import prove
from lambdaward.iam.reasoning.questions import confirmed

OWN, ADAS = "arn:aws:s3:::${aws:username}/*", "arn:aws:s3:::ada/*"


@pytest.mark.oracle
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(POLICIES, POLICIES)
def test_the_solver_and_the_search_agree_and_the_evaluator_confirms_what_the_solver_finds(old, new):
    found = next(prove(old, new, ()), None)
    assert (found is None) is (new_access(old, new).witness is None)
    if found is None:
        assert any_new(old, new) is None
    else:
        assert confirmed(old, new, found, named=False)


def on_user(operator, value):
    return {"Condition": {operator: {"aws:username": value}}}


def test_a_variable_that_a_condition_fixes_is_its_value():
    old, new = document(allow("s3:*", ADAS)), document(allow("s3:*", OWN, **on_user("StringEquals", "ada")))
    assert new_access(old, new).witness is None
    assert new_access(old, new).unknown == ""
    wider = document(allow("s3:*", OWN, **on_user("StringLike", "ad?")))
    assert "ada" not in new_access(old, wider).witness.context["aws:username"]


def test_a_tag_that_equals_another_is_that_tag():
    def on_tags(**values):
        return {"Condition": {"StringEquals": {f"aws:{whose}Tag/team": value for whose, value in values.items()}}}

    old = document(allow("s3:*", **on_tags(Principal="${aws:ResourceTag/team}")))
    same, other = (document(allow("s3:*", **on_tags(Principal="blue", Resource=team))) for team in ("blue", "red"))
    assert new_access(old, same).witness is None
    assert new_access(old, other).witness is not None


def test_without_the_solver_what_is_left_is_unknown_and_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "lambdaward.iam.reasoning.prove", None)
    old, new = document(allow("s3:*", ADAS)), document(allow("s3:*", OWN, **on_user("StringEquals", "ada")))
    answer = new_access(old, new)
    assert answer.witness is None
    assert answer.unknown.endswith("(a solver may know: install lambdaward[prove])")


@pytest.mark.parametrize("open_part", [OneOf(("s3:*", "sqs:*"), "it depends"), Unknown("it is hidden")])
def test_what_is_not_wholly_known_is_unknown_however_much_is_asked(open_part):
    known, other = document(allow("s3:*")), document(allow(open_part))
    assert new_access(known, other).unknown == new_access(other, known).unknown == "a policy is not wholly known"


def test_what_takes_too_many_formulas_is_left_to_nobody():
    old = document(*(allow(f"s3:{n}", OWN) for n in range(300)))
    with pytest.raises(Undecided, match="too many formulas"):
        list(prove(old, document(allow("s3:*", ADAS)), ()))


def test_the_solver_is_not_asked_what_the_search_settles(monkeypatch):
    monkeypatch.setitem(sys.modules, "lambdaward.iam.reasoning.prove", None)
    assert new_access(document(allow("s3:*")), parse({"Statement": allow("s3:Get*")})).unknown == ""
