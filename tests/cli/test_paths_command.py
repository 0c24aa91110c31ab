"""`lambdaward paths`."""

import json

import pytest

ROLE = """
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies: [{PolicyName: p, PolicyDocument: {Version: "2012-10-17", Statement: [STATEMENT]}}]
"""
TEMPLATE = (
    """
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt OrdersRole.Arn}
  OrdersRole:
    Type: AWS::IAM::Role
    Properties:"""
    + ROLE
)
ADMIN = '{Effect: Allow, Action: "*", Resource: "*"}'
READER = '{Effect: Allow, Action: "dynamodb:GetItem", Resource: "*"}'


@pytest.fixture
def template(tmp_path):
    def write(statement):
        (tmp_path / "template.yaml").write_text(TEMPLATE.replace("STATEMENT", statement))
        return str(tmp_path)

    return write


def test_a_path_is_printed_with_the_proof_of_each_step(run, template):
    ran = run("paths", template(ADMIN), "--to", "admin")
    assert ran.code == 1
    assert "Orders -> OrdersRole -> administrator of the account" in ran.out
    assert "template.yaml:12)" in ran.out
    assert "1 path, 0 not settled" in ran.out


def test_no_path_exits_with_0(run, template):
    ran = run("paths", template(READER), "--to", "admin")
    assert (ran.code, ran.out) == (0, "0 paths, 0 not settled\n")


@pytest.mark.parametrize("target", ["Slip", "arn:aws:s3:::slip"])
def test_a_target_that_is_nothing_is_said_to_be_so(run, template, target):
    for command in ("paths", "cut"):
        assert f"`{target}`" in run(command, template(READER), "--to", target).err


def test_json_holds_each_step(run, template):
    ran = run("paths", template(ADMIN), "--to", "admin", "--format", "json")
    (path,) = json.loads(ran.out)["paths"]
    assert [step["to"] for step in path] == ["OrdersRole", "administrator of the account"]


def test_a_function_that_is_not_there_is_an_error(run, template):
    ran = run("paths", template(ADMIN), "--from", "Nobody")
    assert ran.code == 2
    assert "is called `Nobody`" in ran.err


def test_an_empty_folder_exits_with_3(run, tmp_path):
    assert run("paths", str(tmp_path)).code == 3


def test_a_target_may_be_an_arn(run, tmp_path):
    named = TEMPLATE.replace("STATEMENT", ADMIN).replace(
        "    Properties:\n ", "    Properties:\n      RoleName: orders\n ", 1
    )
    (tmp_path / "template.yaml").write_text(named)
    arn = "arn:aws:iam::111122223333:role/orders"
    ran = run("paths", str(tmp_path), "--to", arn, "--account", "111122223333")
    assert "Orders -> OrdersRole\n" in ran.out
    assert run("paths", str(tmp_path), "--to", arn + "x", "--account", "111122223333").code == 0


def test_a_path_may_start_at_a_role(run, template):
    ran = run("paths", template(ADMIN), "--from", "role/OrdersRole", "--to", "admin")
    assert ran.out.startswith("OrdersRole -> administrator of the account\n")
