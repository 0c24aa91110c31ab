"""What policies of all kinds allow together: the reasoner agrees with the naive evaluator on every request."""

from random import Random

import generate
import parties
import pytest
import twin_services

from lambdaward.iam import parse
from lambdaward.iam.reasoning import Together, granted_within

ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def document(*statements):
    return parse({"Version": "2012-10-17", "Statement": list(statements)})


@pytest.mark.parametrize("seed", range(12))
def test_each_request_is_allowed_where_the_naive_evaluator_allows_it(seed):
    random = Random(seed)
    made = generate.case(random)
    asked, found = parties.Parties(made), []
    for _ in range(25):
        made = {**made, "request": parties.expressible(generate.another(random, made)["request"])}
        request = made["request"]
        point = parse({"Version": "2012-10-17", "Statement": parties.point(request)})
        (answer,) = asked.together(request).permits(point)
        reasoned = answer.witness is not None or parties.needs_nothing(request)
        found.append((answer.unknown, reasoned, twin_services.decide(made) == twin_services.ALLOWED))
    assert [reasoned for _, reasoned, _ in found] == [naive for _, _, naive in found]
    assert not any(unknown for unknown, _, _ in found)


def test_the_random_requests_are_of_both_kinds():
    random, allowed = Random(0), set()
    for _ in range(60):
        allowed.add(twin_services.decide(generate.case(random)) == twin_services.ALLOWED)
    assert allowed == {True, False}


def test_what_a_limit_does_not_allow_is_not_granted():
    role = document({**ALL, "Action": "s3:*"})
    limit = document({**ALL, "Action": "s3:Get*"})
    assert granted_within(role, [limit], ["s3:Put*"]).witness is None
    assert granted_within(role, [limit], ["s3:*"]).witness.action.startswith("s3:Get")


def test_a_deny_of_any_limit_counts_and_its_exception_is_shown():
    role = document({**ALL, "Action": "s3:*"})
    deny = {"Effect": "Deny", "Action": "*", "Resource": "*"}
    spared = {**deny, "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}}
    assert granted_within(role, [document(ALL, deny)], ["s3:*"]).witness is None
    assert granted_within(role, [document(ALL, spared)], ["s3:*"]).witness.context == {"aws:principalorgid": ("o-1",)}


def test_conditions_of_two_policies_exclude_each_other():
    def region(name):
        return document({**ALL, "Condition": {"StringEquals": {"aws:RequestedRegion": name}}})

    assert granted_within(region("eu-west-1"), [region("eu-*")], ["sqs:*"]).witness is None
    assert granted_within(region("eu-west-1"), [region("eu-west-1")], ["sqs:*"]).witness is not None


@pytest.mark.parametrize(("name", "reached"), [("ada", True), ("bob", False)])
def test_a_variable_has_the_value_that_what_is_asked_pins_its_key_to(name, reached):
    role = document({**ALL, "Resource": "arn:aws:s3:::home/${aws:username}/*"})
    asked = {**ALL, "Resource": "arn:aws:s3:::home/ada/x", "Condition": {"StringEquals": {"aws:username": name}}}
    together = Together((((role,),),), (role,))
    (answer,) = together.permits(document(asked))
    assert (answer.witness is not None, answer.unknown) == (reached, "")


def test_a_variable_without_a_value_matches_nothing_and_its_default_does():
    bare, default = (document({**ALL, "Resource": f"arn:aws:s3:::home/{v}"}) for v in ("${a:b}", "${a:b, 'x'}"))
    asked = document({**ALL, "Resource": "arn:aws:s3:::home/x", "Condition": {"Null": {"a:b": "true"}}})
    answers = [Together((((policy,),),), (policy,)).permits(asked)[0] for policy in (bare, default)]
    assert [(answer.witness is not None, answer.unknown) for answer in answers] == [(False, ""), (True, "")]


def test_policies_that_name_principals_are_not_limited_so():
    bucket = document({**ALL, "Principal": "*"})
    assert granted_within(bucket, [document(ALL)], ["s3:*"]).unknown.startswith("a policy names principals")


def test_what_takes_too_many_steps_is_unknown():
    role = document(*({**ALL, "Action": "s3:*", "Resource": f"arn:aws:s3:::{n}*{n}"} for n in range(50)))
    assert granted_within(role, [document(ALL)], ["s3:*"], steps=100).unknown == "it takes too many steps"
