"""`lambdaward permissions`."""

import json

import pytest

TEMPLATE = """
    Resources:
      Orders: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt OrdersRole.Arn}}
      OrdersRole:
        Type: AWS::IAM::Role
        Properties:
          AssumeRolePolicyDocument:
            Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
          Policies:
            - PolicyName: data
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Action: ["dynamodb:GetItem", "dynamodb:PutItem"], Resource: !GetAtt Table.Arn}
                  - {Effect: Allow, Action: "lambda:UpdateFunctionCode", Resource: "*"}
      Table: {Type: AWS::DynamoDB::Table}
"""


@pytest.fixture
def permissions(run, write):
    write(**{"template.yaml": TEMPLATE})
    return lambda *words: run("permissions", *words)


def test_the_summary_comes_first(permissions):
    ran = permissions("Orders")
    assert ran.code == 0
    assert ran.out.splitlines()[:3] == [
        "Orders runs as OrdersRole",
        "policies: inline policy data",
        "may do: 3 actions: 1 read and 2 write",
    ]
    assert "  dynamodb read: GetItem on Table" in ran.out
    assert "escalation: Replace a function's code" in ran.out


def test_all_names_the_proof(permissions):
    assert "template.yaml:13:" in permissions("Orders", "--all").out


def test_json_has_every_row(permissions):
    report = json.loads(permissions("Orders", "--format", "json").out)
    assert {(row["resource"], name) for row in report["permissions"] for name in row["allowed"]} == {
        ("Table", "dynamodb:GetItem"),
        ("Table", "dynamodb:PutItem"),
        ("every resource", "lambda:UpdateFunctionCode"),
    }
    assert report["levels"] == {"read": 1, "write": 2}


def test_a_function_that_is_not_there_is_an_error_with_those_that_are(permissions):
    ran = permissions("Order")
    assert ran.code == 2
    assert "`Orders`" in ran.err


def test_a_service_has_no_permissions(permissions):
    assert permissions("s3.amazonaws.com").code == 2


def test_a_role_that_was_not_seen_is_unknown(run, write):
    write(
        **{
            "template.yaml": "Resources: {F: {Type: AWS::Lambda::Function, Properties: {Role: 'arn:aws:iam::1:role/x'}}}\n"
        }
    )
    ran = run("permissions", "F")
    assert ran.code == 4
    assert ran.out.splitlines()[0] == "F runs as a role that was not read"
    assert "not seen: the role of F is not in what was scanned" in ran.out
