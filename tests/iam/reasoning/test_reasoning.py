"""Reasoning agrees with asking every request of a small universe, and every request that it shows is confirmed."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lambdaward.iam import Asking, Context, Naming, Request, analyse, parse, policy_set
from lambdaward.iam.reasoning import granted_access, new_access, public_access

ACTIONS = ("s3:GetObject", "s3:PutObject", "sqs:SendMessage")
RESOURCES = ("arn:aws:s3:::a", "arn:aws:s3:::ab", "arn:aws:s3:::b/a", "arn:aws:sqs:::q", "*")
STRINGS = ((), ("a",), ("A",), ("ab",), ("b",), ("x",), ("a", "b"), ("b", "x"))
NUMBERS = ((), ("1",), ("2",), ("3",), ("4",))
ADDRESSES = ((), ("10.0.0.1",), ("10.1.0.1",), ("192.0.2.1",))
FLAGS = ((), ("true",), ("false",))


def document(*statements):
    return parse({"Version": "2012-10-17", "Statement": statements})


def allow(action, resource="*", **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def some(values, most=2):
    return st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)


def conditions(names, values):
    return st.dictionaries(st.sampled_from(names), some(values), max_size=1)


CONDITIONS = st.one_of(
    st.just({}),
    conditions(
        [
            f"{qualifier}{operator}{suffix}"
            for qualifier in ("", "ForAnyValue:", "ForAllValues:")
            for operator in ("StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase")
            for suffix in ("", "IfExists")
        ],
        ["a", "b", "a*", "?", "*b", "*"],
    ).map(lambda said: {operator: {"aws:TagKeys": values} for operator, values in said.items()}),
    conditions(["NumericLessThan", "NumericEquals", "NumericGreaterThanEqualsIfExists"], ["1", "2", "3"]).map(
        lambda said: {operator: {"s3:max-keys": values} for operator, values in said.items()}
    ),
    conditions(["IpAddress", "NotIpAddress"], ["10.0.0.0/8", "10.0.0.0/16", "0.0.0.0/0"]).map(
        lambda said: {operator: {"aws:SourceIp": values} for operator, values in said.items()}
    ),
    conditions(["Bool", "BoolIfExists", "Null"], ["true", "false"]).map(
        lambda said: {operator: {"aws:SecureTransport": values} for operator, values in said.items()}
    ),
)
STATEMENTS = st.builds(
    lambda effect, action, actions, resource, resources, first, second: {
        "Effect": effect,
        action: actions,
        resource: resources,
        "Condition": {**first, **second},
    },
    st.sampled_from(["Allow", "Allow", "Deny"]),
    st.sampled_from(["Action", "Action", "NotAction"]),
    some(["s3:*", "s3:GetObject", "s3:Put*", "sqs:SendMessage", "*"]),
    st.sampled_from(["Resource", "Resource", "NotResource"]),
    some(["*", "arn:aws:s3:::a*", "arn:aws:s3:::*a", "arn:aws:s3:::?", "arn:aws:s3:::a", "arn:aws:sqs:*"]),
    CONDITIONS,
    CONDITIONS,
)
POLICIES = st.lists(STATEMENTS, min_size=1, max_size=3).map(lambda statements: document(*statements))


def asked(policy, action, resource, context):
    request = Request("anonymous", action, resource, context=context, wildcard_only=True)
    said = analyse(policy, request, Asking(Naming.NEVER))
    return said.deny is False and said.allow is True


def contexts(policies):
    """Every context of the small universe. A key has several values only where a policy asks it with a set operator."""
    used = [condition for policy in policies for s in policy.statements for condition in s.conditions]
    keys = {condition.key for condition in used}
    several = any(condition.qualifier for condition in used)
    choices = [
        [(key, value) for value in values if len(value) < 2 or several] if key in keys else [(key, ())]
        for key, values in (
            ("aws:TagKeys", STRINGS),
            ("s3:max-keys", NUMBERS),
            ("aws:SourceIp", ADDRESSES),
            ("aws:SecureTransport", FLAGS),
        )
    ]
    for chosen in itertools.product(*choices):
        yield Context({key: value for key, value in chosen if value})


def any_new(old, new):
    before, after = policy_set([("old", old)]), policy_set([("new", new)])
    requests = itertools.product(ACTIONS, RESOURCES, contexts((old, new)))
    return next((r for r in requests if asked(after, *r) and not asked(before, *r)), None)


@settings(max_examples=400, deadline=None)
@given(POLICIES, POLICIES)
def test_no_new_access_means_that_no_request_of_a_small_universe_is_new_and_new_access_is_confirmed(old, new):
    answer = new_access(old, new)
    assert answer.unknown == ""
    if answer.witness is None:
        assert any_new(old, new) is None
    else:
        shown = answer.witness
        request = (shown.action, shown.resource, Context(dict(shown.context)))
        assert asked(policy_set([("new", new)]), *request)
        assert not asked(policy_set([("old", old)]), *request)


@given(POLICIES)
def test_a_policy_has_no_access_that_is_new_to_itself(policy):
    assert new_access(policy, policy).witness is None


def test_several_patterns_together_cover_one():
    old = document(allow("s3:*", "arn:aws:s3:::a"), allow("s3:*", "arn:aws:s3:::a?*"))
    new = document(allow("s3:*", "arn:aws:s3:::a*"))
    assert new_access(old, new).witness is None


def test_a_deny_that_goes_is_new_access():
    deny = {"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"}
    answer = new_access(document(allow("s3:*"), deny), document(allow("s3:*")))
    assert answer.witness.action == "s3:PutObject"


def test_actions_that_are_not_listed_are_compared_by_name():
    old, new = document(allow("unheardof:Get*")), document(allow(["unheardof:GetIt", "unheardof:Put*"]))
    assert new_access(old, document(allow("unheardof:GetIt"))).witness is None
    assert new_access(old, new).witness.action.startswith("unheardof:put")


def test_a_policy_variable_covers_itself_and_no_other():
    old, same = (document(allow("s3:*", f"arn:aws:s3:::home/${{aws:username}}{tail}")) for tail in ("/*", "/inbox/*"))
    other = document(allow("s3:*", "arn:aws:s3:::home/${aws:userid}/*"))
    assert new_access(old, same).witness is None
    assert "home/" in new_access(old, other).witness.resource


def test_what_takes_too_many_steps_is_unknown():
    old = document(allow("s3:*", "*a*b*c"))
    assert new_access(old, document(allow("s3:*", "*a*b*c*d")), steps=3).unknown == "it takes too many steps"


def test_access_is_granted_on_what_the_question_names_only():
    policy = document(allow("s3:*", "arn:aws:s3:::mine/*"))
    assert granted_access(policy, ["s3:Put*"]).witness.action.startswith("s3:Put")
    assert granted_access(policy, ["s3:Put*"], ["arn:aws:s3:::yours/*"]).witness is None
    assert granted_access(policy, ["sqs:*"]).witness is None


@pytest.mark.parametrize(
    ("principal", "condition", "public"),
    [
        ("*", {}, True),
        ({"AWS": "*"}, {}, True),
        ({"AWS": "111122223333"}, {}, False),
        ({"Service": "s3.amazonaws.com"}, {}, False),
        ("*", {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}, False),
        ("*", {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, False),
        ("*", {"StringLike": {"aws:UserAgent": "*"}}, True),
    ],
)
def test_public_is_what_a_stranger_may_do(principal, condition, public):
    policy = document(allow("s3:GetObject", "arn:aws:s3:::a/*", Principal=principal, Condition=condition))
    assert (public_access(policy).witness is not None) is public


def test_an_exception_for_one_account_leaves_strangers():
    said = {"Effect": "Allow", "NotPrincipal": {"AWS": "111122223333"}, "Action": "s3:GetObject", "Resource": "*"}
    assert public_access(document(said)).witness is not None


def test_a_role_is_within_its_account_and_another_account_is_not():
    account, role, other = (
        document(allow("s3:GetObject", Principal={"AWS": name}))
        for name in ("111122223333", "arn:aws:iam::111122223333:role/app", "444455556666")
    )
    assert new_access(account, role).witness is None
    assert ":111122223333:" in new_access(role, account).witness.principal
    assert ":444455556666:" in new_access(account, other).witness.principal
