"""Conditions: each operator by AWS's tables, missing keys, several values, and contexts of which not all is known."""

import pytest

from lambdaward.iam import OPERATORS, Context, Doubt, Needs, Predicate, parse
from lambdaward.iam.language import OPERATORS as NAMES
from lambdaward.model import Unknown


def holds(operator, values, context, version="2012-10-17"):
    """Whether `{operator: {"k:key": values}}` holds; `context` is a `Context` or the key's value."""
    known = context if isinstance(context, Context) else Context({"K:Key": context})
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {operator: {"k:key": values}}}
    policy = parse({"Version": version, "Statement": statement})
    (condition,) = policy.statements[0].conditions
    return Predicate(condition, variables=policy.variables).holds(known)


def test_every_operator_of_the_language_has_a_meaning():
    assert {*OPERATORS, "Null"} == set(NAMES)


TABLE = [
    ("StringEquals", "a", "a", True),
    ("StringEquals", "a", "A", False),
    ("StringEquals", "a*", "ab", False),
    ("StringNotEquals", "a", "b", True),
    ("StringNotEquals", "a", "a", False),
    ("StringEqualsIgnoreCase", "aB", "Ab", True),
    ("StringNotEqualsIgnoreCase", "aB", "Ab", False),
    ("StringLike", "a*", "abc", True),
    ("StringLike", "a?", "abc", False),
    ("StringNotLike", "a*", "abc", False),
    ("NumericEquals", "10", "10.0", True),
    ("NumericNotEquals", "10", "11", True),
    ("NumericLessThan", "10", "9.5", True),
    ("NumericLessThan", "10", "10", False),
    ("NumericLessThanEquals", "10", "10", True),
    ("NumericGreaterThan", "10", "10", False),
    ("NumericGreaterThanEquals", "-1", "0", True),
    ("NumericEquals", "ten", "ten", False),
    ("DateEquals", "2026-01-02T00:00:00Z", "2026-01-02", True),
    ("DateEquals", "2026-01-02T01:00:00+01:00", "2026-01-02T00:00:00Z", True),
    ("DateEquals", "0", "1970-01-01T00:00:00Z", True),
    ("DateNotEquals", "2026", "2026-01-01", False),
    ("DateLessThan", "2026-06", "2026-05-31T23:59:59Z", True),
    ("DateLessThanEquals", "1767225600", "2026-01-01T00:00:00Z", True),
    ("DateGreaterThan", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", True),
    ("DateGreaterThanEquals", "2026-01-01", "2025-12-31", False),
    ("DateEquals", "soon", "soon", False),
    ("Bool", "true", "True", True),
    ("Bool", "false", "true", False),
    ("Bool", "yes", "yes", False),
    ("BinaryEquals", "QQ==", "QQ==", True),
    ("BinaryEquals", "QQ==", "Qg==", False),
    ("BinaryEquals", "Q", "Q", False),
    ("IpAddress", "203.0.113.0/24", "203.0.113.9", True),
    ("IpAddress", "203.0.113.7", "203.0.113.9", False),
    ("IpAddress", "2001:db8::/32", "2001:DB8:1::5", True),
    ("IpAddress", "0.0.0.0/0", "::1", False),
    ("IpAddress", "10.0.0.0/8", "not an address", False),
    ("NotIpAddress", "10.0.0.0/8", "192.0.2.1", True),
    ("ArnEquals", "arn:aws:sns:*:1:x", "arn:aws:sns:eu:1:x", True),
    ("ArnLike", "arn:aws:sns:*:x", "arn:aws:sns:eu:1:x", False),
    ("ArnNotEquals", "arn:aws:sns:*:1:x", "arn:aws:sns:eu:1:x", False),
    ("ArnNotLike", "arn:aws:sns:*:2:x", "arn:aws:sns:eu:1:x", True),
    ("Null", "false", "anything", True),
    ("Null", "true", "anything", False),
]


@pytest.mark.parametrize(("operator", "value", "given", "expected"), TABLE)
def test_each_operator_compares_as_documented(operator, value, given, expected):
    assert holds(operator, value, given) is expected


def test_the_table_has_every_operator():
    assert {operator for operator, *_ in TABLE} == set(NAMES)


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ("StringEquals", False),
        ("StringNotEquals", True),
        ("StringEqualsIfExists", True),
        ("StringNotEqualsIfExists", True),
        ("ForAllValues:StringEquals", True),
        ("ForAllValues:StringNotEquals", True),
        ("ForAnyValue:StringEquals", False),
        ("ForAnyValue:StringNotEquals", False),
        ("ForAnyValue:StringEqualsIfExists", False),
        ("NumericLessThan", False),
        ("NotIpAddress", True),
        ("ArnNotLike", True),
        ("Bool", False),
    ],
)
def test_a_missing_key(operator, expected):
    assert holds(operator, "1", Context()) is expected


@pytest.mark.parametrize(("value", "expected"), [("true", True), ("false", False)])
def test_null_asks_for_a_missing_key(value, expected):
    assert holds("Null", value, Context()) is expected


@pytest.mark.parametrize(
    ("operator", "values", "given", "expected"),
    [
        ("StringEquals", ["a", "b"], "b", True),
        ("StringNotEquals", ["a", "b"], "b", False),
        ("StringNotEquals", ["a", "b"], "c", True),
        ("ForAllValues:StringEquals", ["a", "b"], ["a", "b"], True),
        ("ForAllValues:StringEquals", ["a", "b"], ["a", "c"], False),
        ("ForAllValues:StringEquals", ["a"], [], True),
        ("ForAllValues:StringNotEquals", ["a"], ["b", "c"], True),
        ("ForAllValues:StringNotEquals", ["a"], ["a", "c"], False),
        ("ForAnyValue:StringEquals", ["a", "b"], ["c", "b"], True),
        ("ForAnyValue:StringEquals", ["a"], ["c"], False),
        ("ForAnyValue:StringEquals", ["a"], [], False),
        ("ForAnyValue:StringNotEquals", ["a"], ["a", "b"], True),
        ("ForAnyValue:StringNotEquals", ["a"], ["a"], False),
        ("ForAllValues:StringEquals", ["a"], "", True),
        ("ForAnyValue:StringEquals", ["a"], "", False),
        ("StringEquals", "a", ["a"], False),
        ("ForAnyValue:StringEquals", "a", "a", True),
        ("StringEquals", "a", ["a", "a"], False),
        ("StringNotEquals", "a", ["b", "c"], False),
    ],
)
def test_several_values_of_a_request_need_a_set_operator(operator, values, given, expected):
    assert holds(operator, values, given) is expected


def test_variables_stand_for_values_of_the_request():
    context = Context({"k:key": "ada", "aws:username": "ada"})
    assert holds("StringEquals", "${aws:username}", context) is True
    assert holds("StringEquals", "${aws:username}", context, version="2008-10-17") is False


def test_a_variable_without_value_equals_nothing():
    assert holds("StringEquals", "${aws:username}", "x") is False
    assert holds("StringNotEquals", "${aws:username}", "x") is True
    assert holds("Bool", "${aws:username}", "true") is False


@pytest.mark.parametrize(
    ("operator", "value", "given"),
    [
        ("NumericNotEquals", "5", "five"),
        ("NumericNotEquals", "five", "5"),
        ("DateNotEquals", "2026-01-01", "soon"),
        ("NotIpAddress", "10.0.0.0/8", "nowhere"),
        ("ArnNotLike", "arn:aws:sns:::x", "x"),
    ],
)
def test_values_of_another_type_hold_for_no_operator(operator, value, given):
    assert holds(operator, value, given) is False


def test_an_operator_that_aws_does_not_have_settles_nothing():
    assert isinstance(holds("StringIs", "a", "a"), Doubt)


class TestWhatIsNotKnown:
    """Open contexts and unknown values."""

    def test_an_open_context_needs_the_condition(self):
        answer = holds("StringEquals", "a", Context(closed=False))
        assert isinstance(answer, Needs)
        assert answer.condition.shown == "StringEquals k:key a"

    def test_a_key_that_is_known_to_be_absent_is_settled(self):
        assert holds("StringEquals", "a", Context(closed=False, absent=["k:key"])) is False

    def test_a_key_that_is_only_known_to_be_there_settles_null_alone(self):
        context = Context(closed=False, present=["k:key"])
        assert holds("Null", "true", context) is False
        assert isinstance(holds("StringEqualsIfExists", "a", context), Needs)

    def test_a_value_that_is_not_known_is_there(self):
        context = Context({"k:key": Unknown("parameter")})
        assert holds("Null", "false", context) is True
        assert isinstance(holds("StringEquals", "a", context), Needs)

    def test_a_hole_in_the_policy_says_why(self):
        answer = holds("StringEquals", Unknown("parameter Stage has no default"), "a")
        assert [why.reason for why in answer.unknowns] == ["parameter Stage has no default"]
        assert isinstance(holds("NumericEquals", Unknown("parameter"), "1"), Doubt)
