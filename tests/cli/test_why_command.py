"""`lambdaward why`."""

import json

import pytest

TEMPLATE = """
    Parameters: {Other: {Type: String}}
    Resources:
      Orders:
        Type: AWS::Lambda::Function
        Properties: {FunctionName: orders, Role: !GetAtt OrdersRole.Arn}
      OrdersRole:
        Type: AWS::IAM::Role
        Properties:
          AssumeRolePolicyDocument:
            Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
          Policies:
            - PolicyName: data
              PolicyDocument:
                Version: "2012-10-17"
                Statement:
                  - {Effect: Allow, Action: "dynamodb:*", Resource: !GetAtt Table.Arn}
                  - {Effect: Deny, Action: "dynamodb:DeleteTable", Resource: "*"}
                  - {Effect: Allow, Action: "sqs:SendMessage", Resource: !Ref Other}
      Table: {Type: AWS::DynamoDB::Table}
      Files: {Type: AWS::S3::Bucket}
"""


@pytest.fixture
def why(run, write):
    write(**{"template.yaml": TEMPLATE})
    return lambda *words: run("why", *words)


def test_an_allowed_request_shows_the_code_that_allows_it(why):
    ran = why("Orders", "dynamodb:PutItem", "Table")
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "allowed: Orders dynamodb:PutItem Table"
    assert "--> template.yaml:16:" in ran.out
    assert 'Action: "dynamodb:*", Resource: !GetAtt Table.Arn' in ran.out


@pytest.mark.parametrize(
    ("action", "resource", "code", "said"),
    [
        ("dynamodb:DeleteTable", "Table", 1, "explicitly denied"),
        ("s3:GetObject", "Files", 1, "implicitly denied"),
        ("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:jobs", 4, "unknown"),
        ("dynamodb:PutItems", "Table", 4, "unknown"),
    ],
)
def test_the_exit_code_is_the_answer(why, action, resource, code, said):
    ran = why("Orders", action, resource)
    assert ran.code == code
    assert ran.out.startswith(f"{said}: ")


@pytest.mark.parametrize("word", ["Orders", "orders", "OrdersRole", "role/OrdersRole", "template.yaml/Orders"])
def test_a_principal_goes_by_several_names(why, word):
    assert why(word, "dynamodb:PutItem", "Table").code == 0


def test_a_near_name_is_offered_for_one_that_is_not_there(why):
    ran = why("Ordres", "dynamodb:PutItem", "Table")
    assert ran.code == 2
    assert "no function or role or user is called `Ordres`" in ran.err
    assert "`Orders`" in ran.err


def test_names_that_several_have_are_to_be_qualified(run, write):
    write(**{"a/template.yaml": TEMPLATE, "b/template.yaml": TEMPLATE})
    ran = run("why", "Orders", "dynamodb:PutItem", "Table")
    assert ran.code == 2
    assert "2 resources are called `Table`" in ran.err
    assert run("why", "a/template.yaml/Orders", "dynamodb:PutItem", "a/template.yaml/Table").code == 0


def test_json_holds_the_answer_with_its_places(why):
    ran = why("Orders", "dynamodb:PutItem", "Table", "--format", "json")
    answer = json.loads(ran.out)
    assert answer["answer"] == "allowed"
    (side,) = answer["policies"]
    assert side["statements"][0]["file"] == "template.yaml"
    assert side["statements"][0]["line"] == 16


def test_an_unlisted_action_names_the_near_ones(why):
    assert "dynamodb:PutItem" in why("Orders", "dynamodb:PutItm", "Table").out


@pytest.mark.parametrize("words", [["--context", "nonsense"], ["--context", "=x"]])
def test_context_is_key_and_value(why, words):
    assert why("Orders", "dynamodb:PutItem", "Table", *words).code == 2


def test_an_empty_folder_exits_with_3(run):
    assert run("why", "Orders", "s3:GetObject", "*").code == 3
