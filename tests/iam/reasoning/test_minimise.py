"""A minimised policy is equivalent, never larger, and proved to be so."""

import pytest
from hypothesis import given, settings
from universe import DOCUMENTS, allow, requests, said

from lambdaward.iam import parse, policy_set
from lambdaward.iam.reasoning import minimise, new_access


def policy(*statements):
    return {"Version": "2012-10-17", "Statement": statements}


def deny(*said, **more):
    return {**allow(*said, **more), "Effect": "Deny"}


def on_tag(value, operator="StringEquals"):
    return {"Condition": {operator: {"aws:PrincipalTag/team": value}}}


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS)
def test_every_request_of_a_small_universe_has_the_same_outcome_and_the_reasoner_agrees(document):
    found = minimise(document)
    assert found.after <= found.before
    before, after = parse(document), parse(found.document)
    assert after.faults == ()
    one, other = policy_set([("before", before)]), policy_set([("after", after)])
    for request in requests(before, after):
        assert said(one, *request) == said(other, *request)
    assert new_access(before, after) == new_access(after, before)


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_minimising_twice_is_minimising_once(document):
    once = minimise(document).document
    assert minimise(once).after == minimise(once).before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([allow("s3:GetObject"), allow("s3:PutObject")], [allow(["s3:GetObject", "s3:PutObject"])]),
        ([allow(["s3:Get*", "s3:GetObject", "S3:gET*"])], [allow("s3:Get*")]),
        ([allow("s3:*"), allow("s3:GetObject", "arn:aws:s3:::b/*")], [allow("s3:*")]),
        ([allow(["s3:*", "sqs:*"]), allow(["s3:*", "sns:*"], "arn:aws:s3:::b")], [
            allow(["s3:*", "sqs:*"]), allow("sns:*", "arn:aws:s3:::b")
        ]),
        ([allow(["s3:*", "s3:Put*"]), deny("s3:Put*")], [allow("s3:*"), deny("s3:Put*")]),
        ([allow("s3:*", **on_tag("a")), allow("s3:*", **on_tag("b"))], [allow("s3:*", **on_tag(("a", "b")))]),
        ([allow("s3:*", "arn:aws:s3:::a*"), allow("s3:*", "arn:aws:s3:::ab")], [allow("s3:*", "arn:aws:s3:::a*")]),
    ],
)  # fmt: skip
def test_what_another_part_covers_goes_and_what_differs_in_one_list_is_one_statement(before, after):
    assert parse(minimise(policy(*before)).document) == parse(policy(*after))


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param([allow("sqs:Get*"), allow(["sqs:GetQueueUrl", "sqs:Send*"], "arn:aws:sqs:::q")], id="needed"),
        pytest.param([allow("s3:GetObject"), deny("s3:PutObject")], id="a deny that matters beside other policies"),
        pytest.param([allow("s3:*", **on_tag("a", "StringNotEquals")), allow("s3:*", **on_tag("b", "StringNotEquals"))],
                     id="negated values are not one list"),
        pytest.param([
            allow("s3:*", Principal={"AWS": "arn:aws:iam::111122223333:role/app"}),
            allow("s3:*", "arn:aws:s3:::b/*", Principal={"AWS": "111122223333"}),
        ], id="a role by its name needs no policy of its own"),
    ],
)  # fmt: skip
def test_what_is_needed_stays(statements):
    found = minimise(policy(*statements))
    assert found.statements == (2, 2)


def test_all_actions_that_are_listed_are_not_all_that_a_wildcard_matches():
    listed = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl"]
    assert new_access(parse(policy(allow(listed))), parse(policy(allow("sqs:Get*")))).witness is None
    kept = minimise(policy(allow(listed, "arn:aws:sqs:*:*:q"), allow("sqs:Get*", "arn:aws:sqs:*:*:q")))
    assert kept.document["Statement"][0]["Action"] == "sqs:Get*"


def test_the_first_sid_of_what_is_merged_stays_and_so_do_version_and_id():
    document = {"Version": "2008-10-17", "Id": "mine", "Statement": [
        {**allow("s3:GetObject"), "Sid": "Read"}, {**allow("s3:PutObject"), "Sid": "Write"}
    ]}  # fmt: skip
    found = minimise(document).document
    assert (found["Version"], found["Id"], found["Statement"][0]["Sid"]) == ("2008-10-17", "mine", "Read")


def test_a_policy_about_which_too_little_is_known_stays_as_it_is():
    document = policy(*[allow("s3:*", Principal={"CanonicalUser": "00"})] * 2)
    found = minimise(document)
    assert (found.document, found.unknown) == (document, "a principal is not known")
    hostile = policy(allow([f"s3:*{a}*{b}*{a}*" for a in "abcdef" for b in "ghijkl"]))
    assert minimise(hostile, steps=10_000).unknown == "it takes too many steps"
