"""A small universe of requests, and policies about it: small enough to ask every request."""

import itertools

from hypothesis import strategies as st

from lambdaward.iam import Asking, Context, Naming, Request, analyse, parse, policy_set

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
DOCUMENTS = st.lists(STATEMENTS, min_size=1, max_size=3).map(
    lambda statements: {"Version": "2012-10-17", "Statement": statements}
)
POLICIES = DOCUMENTS.map(parse)


def said(policy, action, resource, context):
    """What a policy says: whether it denies, and whether it allows."""
    request = Request("anonymous", action, resource, context=context, wildcard_only=True)
    found = analyse(policy, request, Asking(Naming.NEVER))
    return found.deny, found.deny is False and found.allow is True


def asked(policy, *request):
    return said(policy, *request)[1]


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
        yield Context({key: value[0] if len(value) == 1 else value for key, value in chosen if value})


def requests(*policies):
    """Every request of the small universe."""
    return itertools.product(ACTIONS, RESOURCES, contexts(policies))


def any_new(old, new):
    before, after = policy_set([("old", old)]), policy_set([("new", new)])
    return next((r for r in requests(old, new) if asked(after, *r) and not asked(before, *r)), None)
