"""What is asked of a whole estate at once has the answers that each principal has by itself."""

import json
import tempfile
from pathlib import Path

from estates import ACCOUNT, TODAY, function, policy, resource, role, statement
from hypothesis import given, settings
from hypothesis import strategies as st

from lambdaward.analysis import Analysis, Given
from lambdaward.api import load
from lambdaward.iam import Outcome
from lambdaward.model import Function, Role, Unsure, Yes

ARN = "arn:aws:lambda:eu-west-1:111122223333:function:"
ACTIONS = ("lambda:UpdateFunctionCode", "lambda:InvokeFunction", "iam:PassRole", "sts:AssumeRole")
ON = ("*", ARN + "f0", ARN + "f*", f"{ACCOUNT}:role/r0", f"{ACCOUNT}:role/*", f"{ACCOUNT}:role/${{aws:username}}")
CONDITIONS = (
    None,
    None,
    {"StringEquals": {"aws:PrincipalArn": f"{ACCOUNT}:role/r1"}},
    {"StringLike": {"iam:PassedToService": "lambda*"}},
    {"StringEquals": {"aws:ResourceAccount": "111122223333"}},
    {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
)
STATEMENTS = st.builds(
    statement,
    st.sampled_from((*ACTIONS, "lambda:*", "*", "lambda:UpdateFunctionCode iam:PassRole lambda:CreateFunction")),
    st.lists(st.sampled_from(ON), min_size=1, max_size=2),
    st.sampled_from(("Allow", "Allow", "Allow", "Deny")),
    st.sampled_from(CONDITIONS),
)
# Few documents for many roles, so that several have the same.
DOCUMENTS = st.lists(st.lists(STATEMENTS, min_size=1, max_size=2), min_size=1, max_size=3)
HELD = st.lists(st.lists(st.integers(0, 2), max_size=2), min_size=3, max_size=5)
OF_AWS = ["arn:aws:iam::aws:policy/AWSLambda_FullAccess"]


def written(folder, documents, held, bounded):
    """An estate of roles with a function each; those that are `bounded` have a boundary of the first document."""
    limit = {"Version": "2012-10-17", "Statement": documents[0]}
    resources = {"Limit": resource("AWS::IAM::ManagedPolicy", PolicyDocument=limit)}
    for number, chosen in enumerate(held):
        own = [policy(f"p{one}", *documents[one % len(documents)]) for one in chosen]
        more = {"PermissionsBoundary": {"Ref": "Limit"}} if number in bounded else {}
        trusts = f"{ACCOUNT}:root" if number == 1 else "lambda.amazonaws.com"
        more |= {"ManagedPolicyArns": OF_AWS} if number in (0, 2) else {}
        resources[f"R{number}"] = role(f"r{number}", *own, trusts=trusts, **more)
        resources[f"F{number}"] = function(f"f{number}", {"Fn::GetAtt": [f"R{number}", "Arn"]})
    (folder / "template.json").write_text(json.dumps({"Resources": resources}))
    return folder


def analysed(folder, known):
    """The analysis of the estate, with its account and Region given or left open."""
    where = {"account": "111122223333", "region": "eu-west-1"} if known else {}
    return Analysis(load(folder, **where), Given(today=TODAY))


ESTATES = st.fixed_dictionaries(
    {"documents": DOCUMENTS, "held": HELD, "bounded": st.sets(st.integers(0, 4), max_size=2)}
)
KNOWN = st.booleans()


def kind(verdict):
    return True if isinstance(verdict, Yes) else None if isinstance(verdict, Unsure) else False


@settings(max_examples=40, deadline=None)
@given(KNOWN, ESTATES)
def test_an_answer_without_reasons_is_the_engines_answer(known, drawn):
    with tempfile.TemporaryDirectory() as folder:
        analysis = analysed(written(Path(folder), **drawn), known)
        for one in analysis.estate.all(Role):
            powers = analysis.paths.powers(one)
            for action in ACTIONS:
                for resource_ in ("*", ARN + "f0", ARN + "x", f"{ACCOUNT}:role/r0", f"{ACCOUNT}:role/r2"):
                    for keys in ({}, {"iam:PassedToService": "lambda.amazonaws.com"}):
                        said = kind(powers.allowed(action, resource_, keys))
                        assert powers.open(action, resource_, keys) is said
                    usual = powers.usual(resource_)
                    whole = analysis.access.allows(one, action, resource_, usual)
                    assert analysis.access.open(one, action, resource_, lambda usual=usual: usual) is kind(whole)


@settings(max_examples=30, deadline=None)
@given(KNOWN, ESTATES)
def test_what_a_principal_leads_to_does_not_depend_on_who_was_asked_before(known, drawn):
    with tempfile.TemporaryDirectory() as folder:
        where = written(Path(folder), **drawn)
        together = analysed(where, known)
        for one in together.estate.all(Function):
            alone = analysed(where, known)
            reached, by_itself = (
                [
                    {edge.target: (edge.method, edge.verdict) for edge in map(radius.last, radius.nodes)},
                    set(radius.unsure),
                ]
                for graph in (together.graph, alone.graph)
                for radius in [graph.radius(graph.node(one))]
            )
            assert reached == by_itself


@settings(max_examples=30, deadline=None)
@given(KNOWN, ESTATES)
def test_whoever_can_is_whoever_is_allowed_one_by_one(known, drawn):
    with tempfile.TemporaryDirectory() as folder:
        analysis = analysed(written(Path(folder), **drawn), known)
        for action in ACTIONS:
            for on in (ARN + "f0", f"{ACCOUNT}:role/r0"):
                listed = {
                    a.asker.principal.id: a.outcome
                    for a in analysis.permissions.who_can(action, on)
                    if a.asker.principal
                }
                asked = {one.id: analysis.access.can(one, action, on).outcome for one in analysis.estate.all(Role)}
                allowed = (Outcome.ALLOWED, Outcome.UNKNOWN)
                assert listed == {identity: outcome for identity, outcome in asked.items() if outcome in allowed}


def test_roles_with_the_same_policy_that_asks_who_they_are_are_told_apart():
    only = {"StringEquals": {"aws:PrincipalArn": f"{ACCOUNT}:role/r3"}}
    with tempfile.TemporaryDirectory() as folder:
        where = written(
            Path(folder), [[statement("lambda:UpdateFunctionCode", condition=only)]], [[], [0], [], [0]], set()
        )
        analysis = analysed(where, known=True)
        graph = analysis.graph
        leading = {one.name for one in analysis.estate.all(Role) if len(list(graph.next(graph.node(one)))) > 1}
        assert leading & {"r1", "r3"} == {"r3"}


def test_values_that_are_not_known_are_told_apart_though_the_same_is_said_of_them():
    named = "arn:aws:lambda:eu-west-1:111122223333:function:${Name}"
    code = statement("lambda:UpdateFunctionCode lambda:InvokeFunction", {"Fn::Sub": named})
    resources = {
        "Own": role("own", policy("code", code)),
        "Function": function({"Ref": "Name"}, {"Fn::GetAtt": ["Own", "Arn"]}),
    }
    template = json.dumps({"Parameters": {"Name": {"Type": "String"}}, "Resources": resources})
    with tempfile.TemporaryDirectory() as folder:
        for name in ("one", "other"):
            (Path(folder) / name).mkdir()
            (Path(folder) / name / "template.json").write_text(template)
        analysis = analysed(Path(folder), known=True)
        for one in analysis.estate.all(Role):
            surely = {
                node.id.stack for node in analysis.graph.next(analysis.graph.node(one)) if node.kind == "function"
            }
            assert surely == {one.id.stack}
