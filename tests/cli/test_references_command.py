"""`lambdaward references`: which stored secrets functions refer to, and who may read them."""

import json

import pytest

TEMPLATE = """Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Own.Arn
      Environment: {{Variables: {{DB_PASSWORD: !Ref Stored}}}}
  Stored: {{Type: AWS::SecretsManager::Secret}}
  Own:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{{Effect: Allow, Principal: {{Service: lambda.amazonaws.com}}, Action: sts:AssumeRole}}]
      Policies:
        - PolicyName: p
          PolicyDocument: {{Statement: [{{Effect: Allow, Action: secretsmanager:GetSecretValue, Resource: {resource}}}]}}
  Other:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{{Effect: Allow, Principal: {{Service: ec2.amazonaws.com}}, Action: sts:AssumeRole}}]
      Policies:
        - PolicyName: p
          PolicyDocument: {{Statement: [{{Effect: Allow, Action: "secretsmanager:*", Resource: "*"}}]}}
"""


@pytest.mark.parametrize(
    ("resource", "code", "words"),
    [
        ("!Ref Stored", 0, "its role reads exactly this"),
        ('"*"', 1, "its role reads any other one too"),
        ("'arn:aws:secretsmanager:eu-west-1:111122223333:secret:x-AbCdEf'", 1, "its role may not read it"),
    ],
)
def test_how_each_role_fits_and_who_else_reads_is_told(write, run, resource, code, words):
    write(**{"template.yaml": TEMPLATE.format(resource=resource)})
    ran = run("references")
    assert ran.code == code
    assert ran.out.startswith("Orders: DB_PASSWORD -> ")
    assert words in ran.out
    assert "also read by Other" in ran.out


def test_a_program_gets_json(write, run):
    write(**{"template.yaml": TEMPLATE.format(resource="!Ref Stored")})
    (row,) = json.loads(run("references", "--format", "json").out)["references"]
    assert (row["function"], row["variable"], row["fit"]) == ("template.yaml/Orders", "DB_PASSWORD", "exact")
    assert row["readers"] == ["template.yaml/Own", "template.yaml/Other"]


def test_where_there_is_nothing_to_ask_that_is_said(folder, run):
    assert run("references").code == 3
