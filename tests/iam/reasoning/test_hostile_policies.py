"""Policies made to hurt: an answer, or unknown, after a bounded number of steps."""

import pytest
from msgspec import structs
from universe import allow, document

from lambdaward.iam import parse
from lambdaward.iam.language import Policy
from lambdaward.iam.reasoning import granted_access, minimise, new_access, public_access

TOO_MANY = "it takes too many steps"


def with_statements(number, resource="arn:aws:s3:::b/*"):
    (one,) = document(allow("s3:GetObject", resource, Principal="*")).statements
    return Policy(statements=tuple(structs.replace(one, index=index) for index in range(number)))


def on_key(operator, values):
    return document(allow("s3:GetObject", Condition={operator: {"aws:x": values}}))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(with_statements(100_000), with_statements(100_000, "*"), id="100,000 statements"),
        pytest.param(document(allow("s3:*", "a" * 10_000_000)), document(allow("s3:*", "*")), id="10 MB"),
        pytest.param(document(allow("s3:*", "*a" * 20_000)), document(allow("s3:*", "*a" * 20_001 + "b")), id="*a*a*a"),
        pytest.param(
            document(allow("s3:*", [f"*{one}*{one}*" for one in "abcdefghijklmnop"])),
            document(allow("s3:*", [f"*{one}*{one}" for one in "qrstuvwxyz"])),
            id="patterns that meet everywhere",
        ),
        pytest.param(
            on_key("NumericLessThan", list(map(str, range(20_000)))),
            on_key("NumericGreaterThan", ["19999", "x"]),
            id="20,000 numbers",
        ),
        pytest.param(
            document(allow([f"s3:{n:x}*" for n in range(5_000)])),
            document(allow([f"*{n:x}" for n in range(5_000)])),
            id="5,000 patterns of actions",
        ),
    ],
)
def test_what_is_too_much_ends_as_unknown(old, new):
    assert new_access(old, new, steps=200_000).unknown == TOO_MANY


def test_too_many_statements_are_unknown_at_every_door():
    policy = with_statements(120_000)
    assert new_access(policy, policy).unknown == TOO_MANY
    assert public_access(policy).unknown == TOO_MANY
    assert granted_access(policy, ["s3:*"]).unknown == TOO_MANY


def test_what_is_too_much_is_not_minimised():
    statements = [allow("s3:GetObject", f"arn:aws:s3:::b{index}/*") for index in range(100)]
    found = minimise({"Statement": statements}, steps=5_000)
    assert (found.after, found.unknown) == (found.before, TOO_MANY)


def test_statements_by_the_thousand_that_each_have_two_ways_out_do_not_nest_by_the_thousand():
    old = document(
        *(
            allow("s3:*", f"*{n}*", Condition={"StringLike": {f"aws:PrincipalTag/{n}": f"*{n}*"}})
            for n in range(1_000, 2_200)
        )
    )
    assert new_access(old, document(allow("s3:*"))).witness is not None


def test_many_keys_in_one_statement_are_read_in_linear_time():
    assert parse({"Statement": [allow("s3:*", Condition={"StringEquals": {f"k:{n}": "x" for n in range(50_000)}})]})
