"""What a function leads to, over several steps."""

from itertools import pairwise

import pytest
from estates import estate, function, policy, resource, role, statement

from lambdaward.model import Function, Unsure, Yes

TO_ADMIN = policy("a", statement("lambda:UpdateFunctionCode", "arn:aws:lambda:eu-west-1:111122223333:function:target"))


def radius(analysis):
    graph = analysis.graph
    return graph.radius(graph.node(next(f for f in analysis.estate.all(Function) if f.name == "probe")))


def chains(analysis):
    return {node.shown: [edge.target.shown for edge in path] for node, path in radius(analysis).paths.items()}


def test_code_of_another_function_leads_to_its_role_and_to_the_account(tmp_path):
    found = chains(estate(tmp_path, TO_ADMIN))
    assert found["administrator of the account"] == ["ProbeRole", "Admin", "administrator of the account"]
    assert found["Target"] == ["ProbeRole", "Target"]


def test_every_step_of_a_path_is_sure_and_the_policies_name_their_place(tmp_path):
    for path in radius(estate(tmp_path, TO_ADMIN)).paths.values():
        assert all(isinstance(edge.verdict, Yes) and edge.proof for edge in path)
        assert all(before.target == after.source for before, after in pairwise(path))
        assert any(fact.place for edge in path for fact in edge.proof)


def test_a_function_without_permissions_leads_to_its_role_only(tmp_path):
    assert set(chains(estate(tmp_path))) == {"ProbeRole"}


def test_a_way_over_two_functions_is_found(tmp_path):
    middle = policy(
        "m", statement("lambda:UpdateFunctionCode", "arn:aws:lambda:eu-west-1:111122223333:function:target")
    )
    more = {"MiddleRole": role("middle", middle), "Middle": function("middle", {"Fn::GetAtt": ["MiddleRole", "Arn"]})}
    first = policy("a", statement("lambda:UpdateFunctionCode", "arn:aws:lambda:eu-west-1:111122223333:function:middle"))
    found = chains(estate(tmp_path, first, more=more))
    assert found["administrator of the account"] == ["ProbeRole", "MiddleRole", "Admin", "administrator of the account"]


ASSUME = policy("a", statement("sts:AssumeRole", "arn:aws:iam::111122223333:role/other"))


@pytest.mark.parametrize(
    ("trusted", "policies", "reached"),
    [
        ("arn:aws:iam::111122223333:role/probe", [ASSUME], True),
        ("arn:aws:iam::111122223333:root", [ASSUME], True),
        ("arn:aws:iam::111122223333:root", [], False),
        ("arn:aws:iam::999999999999:root", [ASSUME], False),
    ],
)
def test_taking_a_role_asks_its_trust_and_the_caller(tmp_path, trusted, policies, reached):
    analysis = estate(tmp_path, *policies, more={"Other": role("other", trusts=trusted)})
    assert ("Other" in chains(analysis)) == reached


NO_ROLES = policy("a", statement("sts:AssumeRole", effect="Deny"))
PROBE, PROBE_SESSION = "arn:aws:iam::111122223333:role/probe", "arn:aws:sts::111122223333:assumed-role/probe/one"


@pytest.mark.parametrize(
    ("trusted", "policies", "reached"),
    [(PROBE, [], True), (PROBE, [NO_ROLES], False), ("arn:aws:iam::111122223333:role/third", [], False)],
)
def test_a_trust_policy_that_names_the_role_needs_no_policy_of_the_role(tmp_path, trusted, policies, reached):
    analysis = estate(tmp_path, *policies, more={"Other": role("other", trusts=trusted)})
    assert ("Other" in chains(analysis)) == reached


def test_a_boundary_limits_what_a_trust_policy_gives_to_a_role(tmp_path):
    boundary = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
    analysis = estate(tmp_path, boundary=boundary, more={"Other": role("other", trusts=PROBE)})
    assert "Other" not in chains(analysis)


def test_a_session_that_a_trust_policy_names_is_one_of_the_role_s(tmp_path):
    found = radius(estate(tmp_path, more={"Other": role("other", trusts=PROBE_SESSION)}))
    assert "Other" in {edge.target.shown for edge in found.unsure}


@pytest.mark.parametrize(
    ("action", "principal", "reached"),
    [
        ("lambda:UpdateFunctionCode", PROBE, True),
        ("lambda:InvokeFunction", PROBE, False),
        ("lambda:UpdateFunctionCode", "arn:aws:iam::111122223333:role/third", False),
    ],
)
def test_a_function_s_own_policy_lets_a_role_replace_its_code(tmp_path, action, principal, reached):
    given = {"FunctionName": {"Ref": "Target"}, "Action": action, "Principal": principal}
    found = chains(estate(tmp_path, more={"Given": resource("AWS::Lambda::Permission", **given)}))
    assert ("Target" in found) == reached
    assert ("Admin" in found) == reached


def test_data_that_only_its_own_policy_opens_is_reached(tmp_path):
    said = {"Effect": "Allow", "Principal": {"AWS": PROBE}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*"}
    guard = {"Bucket": {"Ref": "Data"}, "PolicyDocument": {"Version": "2012-10-17", "Statement": [said]}}
    more = {"Data": resource("AWS::S3::Bucket", BucketName="data"), "Guard": resource("AWS::S3::BucketPolicy", **guard)}
    assert "Data" in chains(estate(tmp_path, more=more))


@pytest.mark.parametrize(
    ("action", "type_"),
    [
        ("s3:GetObject", "AWS::S3::Bucket"),
        ("dynamodb:GetItem", "AWS::DynamoDB::Table"),
        ("sqs:ReceiveMessage", "AWS::SQS::Queue"),
        ("secretsmanager:GetSecretValue", "AWS::SecretsManager::Secret"),
    ],
)
def test_data_that_the_role_may_read_is_reached(tmp_path, action, type_):
    more = {"Data": resource(type_)}
    open_, closed = tmp_path / "open", tmp_path / "closed"
    open_.mkdir()
    closed.mkdir()
    assert "Data" in chains(estate(open_, policy("a", statement(action)), more=more))
    assert "Data" not in chains(estate(closed, policy("a", statement(action, effect="Deny")), more=more))


def test_what_is_not_settled_is_kept_apart(tmp_path):
    tagged = {"StringEquals": {"aws:PrincipalTag/team": "orders"}}
    found = radius(
        estate(
            tmp_path, policy("a", statement("s3:GetObject", condition=tagged)), more={"B": resource("AWS::S3::Bucket")}
        )
    )
    assert "B" not in {node.shown for node in found.paths}
    assert [(edge.target.shown, type(edge.verdict)) for edge in found.unsure] == [("B", Unsure)]
