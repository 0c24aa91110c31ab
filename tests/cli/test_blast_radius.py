"""`lambdaward blast-radius`."""

import json

import pytest

TEMPLATE = """
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: orders, Role: !GetAtt OrdersRole.Arn}
  OrdersRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: &trust
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies: [{PolicyName: p, PolicyDocument: {Version: "2012-10-17", Statement: [STATEMENT]}}]
  Deploy:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: deploy, Role: !GetAtt DeployRole.Arn}
  DeployRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: *trust
      Policies:
        - PolicyName: all
          PolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}
  Table: {Type: AWS::DynamoDB::Table}
  Open:
    Type: AWS::Lambda::Url
    Properties: {TargetFunctionArn: !Ref Orders, AuthType: NONE}
  First:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Orders, Action: lambda:InvokeFunctionUrl, Principal: "*", FunctionUrlAuthType: NONE}
  Second:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Orders, Action: lambda:InvokeFunction, Principal: "*", InvokedViaFunctionUrl: true}
"""
UPDATES = '{Effect: Allow, Action: "lambda:UpdateFunctionCode", Resource: !GetAtt Deploy.Arn}'
READS = '{Effect: Allow, Action: ["dynamodb:GetItem"], Resource: !GetAtt Table.Arn}'
TAGGED = '{Effect: Allow, Action: "*", Resource: "*", Condition: {StringEquals: {aws:PrincipalTag/a: b}}}'


@pytest.fixture
def template(tmp_path):
    def write(statement):
        (tmp_path / "template.yaml").write_text(TEMPLATE.replace("STATEMENT", statement))
        return str(tmp_path)

    return write


def test_what_is_reached_is_grouped_with_the_last_step_and_its_proof(run, template):
    ran = run("blast-radius", "Orders", template(UPDATES), "--verbose")
    assert ran.code == 1
    assert ran.out.index("the whole account (1)") < ran.out.index("credentials of roles and users (2)")
    assert "code that can be changed (1)\n  function Deploy, from OrdersRole:" in ran.out
    assert "allows lambda:UpdateFunctionCode" in ran.out
    assert "template.yaml:12)" in ran.out


def test_it_lists_the_nearest_without_proofs_unless_all_is_asked_for(run, template):
    wide = '{Effect: Allow, Action: ["ec2:*", "ecs:*", "glue:*", "lambda:*", "sagemaker:*", "states:*"], Resource: "*"}'
    ran = run("blast-radius", "Orders", template(wide))
    assert "more (--verbose lists all, with proofs)" in ran.out
    assert "template.yaml:" not in ran.out
    assert "(--verbose" not in run("blast-radius", "Orders", template(wide), "-v").out


def test_its_own_role_and_data_are_no_more_than_expected(run, template):
    ran = run("blast-radius", "Orders", template(READS))
    assert ran.code == 0
    assert "data that can be read (1)\n  table Table, from OrdersRole: reads it with dynamodb:GetItem" in ran.out


def test_what_hangs_on_an_unknown_key_is_not_settled(run, template):
    ran = run("blast-radius", "Orders", template(TAGGED))
    assert ran.code == 4
    assert "not settled (" in ran.out


@pytest.mark.parametrize("start", ["role/OrdersRole", "orders", "internet"])
def test_a_start_is_a_function_or_a_principal_or_the_internet(run, template, start):
    ran = run("blast-radius", start, template(UPDATES), "--format", "json")
    found = json.loads(ran.out)
    assert [step["to"] for step in found["reached"]["account"]] == ["administrator of the account"]


def test_json_names_places_and_methods(run, template):
    found = json.loads(run("blast-radius", "Orders", template(UPDATES), "--format", "json").out)
    (step,) = found["reached"]["code"]
    assert (step["from"], step["to"], step["method"]) == ("OrdersRole", "Deploy", "lambda-update-code")
    assert any(fact.get("line") == 12 for fact in step["proof"])


def test_a_name_that_means_nothing_is_an_error(run, template):
    ran = run("blast-radius", "Nobody", template(READS))
    assert ran.code == 2
    assert "is called `Nobody`" in ran.err


def test_an_empty_folder_exits_with_3(run, tmp_path):
    assert run("blast-radius", "Orders", str(tmp_path)).code == 3
