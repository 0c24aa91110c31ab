"""`lambdaward who-can`."""

import json

import pytest

TEMPLATE = """
    Parameters: {Net: {Type: String}}
    Resources:
      Orders: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Deployer.Arn}}
      Deployer:
        Type: AWS::IAM::Role
        Properties:
          AssumeRolePolicyDocument:
            Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
          Policies:
            - PolicyName: deploy
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Action: "lambda:UpdateFunctionCode", Resource: "*"}
                  - {Effect: Allow, Action: "sqs:SendMessage", Resource: "*", Condition: {IpAddress: {aws:SourceIp: !Ref Net}}}
"""


@pytest.fixture
def who(run, write):
    write(**{"template.yaml": TEMPLATE})
    return lambda *words: run("who-can", *words)


def test_whoever_can_is_listed_with_the_statement(who):
    ran = who("lambda:UpdateFunctionCode", "Orders")
    assert ran.code == 0
    assert "yes: role Deployer (runs Orders)" in ran.out
    assert "statement 1 of inline policy deploy allows it (template.yaml:13)" in ran.out
    assert ran.out.endswith("1 can, 0 perhaps\n")


@pytest.mark.parametrize(
    ("action", "code", "last"),
    [
        ("lambda:DeleteFunction", 1, "0 can, 0 perhaps"),
        ("sqs:SendMessage", 4, "0 can, 1 perhaps"),
        ("lambda:UpdateFunctionCod", 4, "did you mean lambda:UpdateFunctionCode"),
    ],
)
def test_the_exit_code_says_whether_anybody_can(who, action, code, last):
    ran = who(action, "*")
    assert ran.code == code
    assert last in ran.out.splitlines()[-1]


def test_json_holds_every_answer(who):
    ran = who("lambda:UpdateFunctionCode", "Orders", "--format", "json")
    (answer,) = json.loads(ran.out)["answers"]
    assert (answer["principal"], answer["kind"], answer["answer"]) == ("Deployer", "role", "allowed")


def test_saved_answers_of_an_account_are_asked_as_templates_are(run, write):
    trust = {
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]
    }
    own = {"Statement": [{"Effect": "Allow", "Action": "lambda:Update*", "Resource": "*"}]}
    role = {
        "RoleName": "deployer",
        "Arn": "arn:aws:iam::111122223333:role/deployer",
        "AssumeRolePolicyDocument": trust,
        "RolePolicyList": [{"PolicyName": "own", "PolicyDocument": own}],
    }
    function = {
        "FunctionName": "f",
        "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:f",
        "Role": role["Arn"],
    }
    write(
        **{
            "account.json": json.dumps({"RoleDetailList": [role]}),
            "functions.json": json.dumps({"Functions": [function]}),
        }
    )
    ran = run("who-can", "lambda:UpdateFunctionCode", "f")
    assert ran.code == 0
    assert "statement 1 of inline policy own allows it (arn:aws:iam::111122223333:role/deployer)" in ran.out
    assert "is not among what was saved of the account" in ran.out
    assert run("why", "f", "lambda:UpdateFunctionCode", "f").code == 0
