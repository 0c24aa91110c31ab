"""The engine decides like the naive evaluator, and by the laws that hold for any policies."""

import copy
from random import Random

from generate import ACCOUNT, case
from hypothesis import given, settings
from hypothesis import strategies as st
from twin_services import decide as twin_decides

from lambdaward.iam import Context, Outcome, Request, decide
from lambdaward.iam.conformance import policies_of, request_of
from lambdaward.model import Pseudo, text

cases = st.integers(0, 2**32).map(lambda seed: case(Random(seed)))
randoms = st.integers(0, 2**32).map(Random)
ALLOWS = (Outcome.ALLOWED,)


def decides(made):
    return decide(request_of(made), policies_of(made)).outcome


def documents(made):
    """Every policy document of a case."""
    for kind in ("identityPolicies", "permissionBoundaries", "endpointPolicies"):
        yield from made.get(kind, ())
    for kind in ("serviceControlPolicies", "resourceControlPolicies"):
        yield from (document for level in made.get(kind, ()) for document in level["policies"])
    yield from (made[kind] for kind in ("sessionPolicy", "resourcePolicy") if kind in made)


def statements(document):
    document["Statement"] = (
        document["Statement"] if isinstance(document["Statement"], list) else [document["Statement"]]
    )
    return document["Statement"]


@settings(max_examples=600)
@given(cases)
def test_the_engine_decides_like_the_twin(made):
    assert decides(made) == twin_decides(made)


@given(cases, randoms)
def test_another_deny_never_allows(made, random):
    before = decides(made)
    for document in documents(made):
        if random.random() < 0.5:
            statements(document).append({"Effect": "Deny", "Action": random.choice(["*", "s3:*"]), "Resource": "*"})
    if before not in ALLOWS:
        assert decides(made) not in ALLOWS


@given(cases, randoms)
def test_a_wider_allow_never_lowers(made, random):
    before = decides(made)
    for document in documents(made):
        for statement in statements(document):
            if statement["Effect"] == "Allow" and random.random() < 0.5:
                statement.pop("Condition", None)
                statement.update({key: "*" for key in ("Action", "Resource") if key in statement})
    if before in ALLOWS:
        assert decides(made) in ALLOWS


@given(cases, randoms)
def test_order_and_repetition_of_statements_do_not_matter(made, random):
    other = copy.deepcopy(made)
    for document in documents(other):
        listed = statements(document)
        listed += random.choices(listed, k=2)
        random.shuffle(listed)
    random.shuffle(other["identityPolicies"])
    assert decides(other) == decides(made)


@given(cases, randoms)
def test_what_is_settled_in_an_open_context_is_so_in_every_closed_one(made, random):
    full = made["request"]["context"]
    known = {key: value for key, value in full.items() if random.random() < 0.5}
    request = made["request"]
    opened = Request(
        request_of(made).caller,
        request["action"],
        request["resource"]["resource"],
        account=request["resource"]["accountId"],
        context=Context(known, closed=False),
    )
    outcome = decide(opened, policies_of(made)).outcome
    if outcome is not Outcome.UNKNOWN:
        assert (outcome in ALLOWS) == (decides(made) in ALLOWS)


@given(cases)
def test_a_wildcard_request_is_allowed_when_one_of_its_resources_is(made):
    before = decides(made)
    target = made["request"]["resource"]
    target["resource"] = target["resource"][:-1] + "*"
    if before in ALLOWS and "${" not in str(made):
        assert decides(made) in ALLOWS


def holed(value, hole):
    """A value with a hole wherever the caller's account stands."""
    if isinstance(value, dict):
        return {key: holed(inner, hole) for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(holed(inner, hole) for inner in value)
    if isinstance(value, str) and ACCOUNT in value:
        first, *rest = value.split(ACCOUNT)
        return text(first, *(piece for other in rest for piece in (hole, other)))
    return value


@settings(max_examples=1000)
@given(cases)
def test_what_is_settled_with_holes_is_so_when_they_are_filled(made):
    before = decides(made)
    hole = Pseudo("AWS::AccountId", "app.yaml")
    other = {kind: holed(value, hole) for kind, value in made.items() if kind != "request"}
    request, target = made["request"], made["request"]["resource"]
    principal = request["principal"]
    asked = Request(
        holed(principal, hole) if isinstance(principal, str) else request_of(made).caller,
        request["action"],
        holed(target["resource"], hole),
        account=holed(target["accountId"], hole),
        context=Context(request["context"]),
    )
    outcome = decide(asked, policies_of(other)).outcome
    if outcome is not Outcome.UNKNOWN:
        assert (outcome in ALLOWS) == (before in ALLOWS)
