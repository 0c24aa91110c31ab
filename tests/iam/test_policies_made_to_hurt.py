"""Policies made to hurt: reading, compiling and deciding take work in proportion to the policy, counted in calls."""

import json
import sys

import pytest

from lambdaward.iam import Context, Outcome, Policies, Request, decide, parse, policies, policy_set

USER = "arn:aws:iam::111111111111:user/ada"
SLACK = 1.2


def calls(work):
    """How many functions are called, those of the interpreter included."""
    count = 0

    def seen(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def alike(number):
    """Many statements, all about the action and the resource that is asked for, told apart by conditions that do not hold."""
    test = {"StringLike": {"aws:PrincipalArn": "*x*y*"}, "NumericLessThan": {"s3:max-keys": "5"}}
    said = {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::*", "Condition": test}
    return {"Version": "2012-10-17", "Statement": [{**said, "Sid": f"S{n}"} for n in range(number)]}


def apart(number):
    """Many statements, each about an action and a bucket of its own."""
    said = [{"Effect": "Allow", "Action": f"s3:Get{n}", "Resource": f"arn:aws:s3:::b{n}/*"} for n in range(number)]
    return {"Version": "2012-10-17", "Statement": said}


def named(number):
    """Many statements of a resource policy that name others."""
    said = {"Effect": "Deny", "NotPrincipal": {"AWS": USER}, "Action": "*", "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [{**said, "Sid": f"S{n}"} for n in range(number)]}


def decided(rules, **more):
    context = Context({"aws:PrincipalArn": "y" * 100, "s3:max-keys": "9"}, **more)
    return decide(Request(USER, "s3:GetObject", "arn:aws:s3:::orders/1", context=context), rules)


@pytest.mark.parametrize("make", [alike, apart, named])
@pytest.mark.parametrize(
    "work",
    [
        parse,
        lambda document: parse(json.dumps(document)),
        lambda document: policy_set([("large", parse(document))]),
        lambda document: decided(policies(identity=[document])),
        lambda document: decided(policies(resource=document)),
        lambda document: decided(policies(scps=[[document]], identity=[document])).explain(),
        lambda document: decided(policies(identity=[document]), closed=False).explain(),
    ],
)
def test_twice_the_statements_are_twice_the_work(make, work):
    small, large = make(400), make(800)
    work(small)
    assert calls(lambda: work(large)) < 2 * SLACK * calls(lambda: work(small))


def test_what_is_asked_again_of_compiled_policies_does_not_grow_with_statements_about_other_things():
    def again(number):
        rules = Policies(identity=policy_set([("large", parse(apart(number)))]))
        decided(rules)
        return calls(lambda: decided(rules))

    assert again(2000) == again(100)


@pytest.mark.parametrize("pattern", ["*a", "*?a", "?*a", "**a"])
def test_stars_among_letters_do_not_backtrack(pattern):
    def work(number):
        written = "arn:aws:s3:::" + pattern * number + "*b"
        rules = policies(identity=[{"Statement": {"Effect": "Allow", "Action": "*", "Resource": written}}])
        target = Request(USER, "s3:GetObject", "arn:aws:s3:::" + "a" * number * 3)
        assert decide(target, rules).outcome is Outcome.IMPLICITLY_DENIED

    work(10)
    assert calls(lambda: work(1000)) < 2 * SLACK * calls(lambda: work(500))


def test_a_value_of_a_megabyte_is_compared_once():
    document = {"StringLike": {"aws:PrincipalArn": "*a" * 1000 + "*b"}}
    rules = policies(
        identity=[{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": document}}]
    )
    request = Request(USER, "s3:GetObject", "arn:aws:s3:::x", context=Context({"aws:PrincipalArn": "a" * 1_000_000}))
    assert calls(lambda: decide(request, rules)) < 20_000
