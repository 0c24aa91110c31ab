"""The engine bound to an estate: whose policies, where they stand, and what they allow."""

import datetime as dt

import pytest

from lambdaward.analysis import Analysis, Given
from lambdaward.model import Function, No, Role, Unsure, User, Yes, text
from lambdaward.sources import load

TEMPLATE = """
Parameters:
  Stage: {Type: String}
Conditions:
  Audited: !Equals [!Ref Stage, audited]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt Role.Arn}
  Generated: {Type: AWS::S3::Bucket}
  Named: {Type: AWS::S3::Bucket, Properties: {BucketName: orders}}
  Staged: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref Stage}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
      ManagedPolicyArns:
        - !Sub arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
        - !Ref Shared
      Policies:
        - PolicyName: inline
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: s3:*
                Resource: [!Sub "${Generated.Arn}/*", "arn:aws:s3:::orders/*"]
              - {Effect: Deny, Action: s3:Delete*, Resource: "*"}
              - {Effect: Allow, Action: sqs:*, Resource: "*", Condition: {Bool: {aws:SecureTransport: true}}}
  Shared:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {Statement: {Effect: Allow, Action: sns:Publish, Resource: "*"}}
  Extra:
    Type: AWS::IAM::Policy
    Condition: Audited
    Properties:
      PolicyName: extra
      Roles: [!Ref Role]
      PolicyDocument: {Statement: {Effect: Allow, Action: kms:Decrypt, Resource: "*"}}
  Bounded:
    Type: AWS::IAM::User
    Properties:
      Groups: [!Ref Team]
      PermissionsBoundary: !Ref Boundary
  Team:
    Type: AWS::IAM::Group
    Properties:
      Policies:
        - {PolicyName: team, PolicyDocument: {Statement: {Effect: Allow, Action: "*", Resource: "*"}}}
  Boundary:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {Statement: {Effect: Allow, Action: s3:*, Resource: "*"}}
  Elsewhere:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: ["arn:aws:iam::123456789012:policy/company"]
      Policies:
        - {PolicyName: own, PolicyDocument: {Statement: {Effect: Deny, Action: iam:*, Resource: "*"}}}
  Lock:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Named
      PolicyDocument:
        Statement: {Effect: Deny, Principal: "*", Action: s3:*, Resource: "*"}
"""


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project")
    (folder / "template.yaml").write_text(TEMPLATE)
    return Analysis(load([str(folder)]), Given(today=dt.date(2026, 11, 23)))


@pytest.fixture
def access(analysis):
    return analysis.access


def named(analysis, kind, name):
    return next(record for record in analysis.estate.all(kind) if record.id.name == name)


@pytest.fixture
def function(analysis):
    return named(analysis, Function, "Orders")


def arn(analysis, name, tail=""):
    identity = next(identity for identity in analysis.estate.arns if identity.name == name)
    return text(analysis.estate.arns[identity], tail)


def test_every_policy_of_a_role_is_found(access, function):
    assert {policy.name for policy in access.policies(function)} == {
        "inline policy inline",
        "AWS managed policy service-role/AWSLambdaBasicExecutionRole",
        "Shared",
        "Extra",
    }


def test_a_function_its_role_and_its_link_are_one_principal(access, analysis, function):
    role = named(analysis, Role, "Role")
    assert access.statements(function) == access.statements(role) == access.statements(function.role)


def test_a_statement_knows_its_line(access, analysis, function):
    lines = {stated.shown: analysis.estate.origin(stated.place).line for stated in access.statements(function)}
    source = TEMPLATE.splitlines()
    assert "Deny" in source[lines["statement 2 of inline policy inline"] - 1]
    assert "sns:Publish" in source[lines["statement 1 of Shared"] - 1]


def test_a_yes_names_the_statement_that_allows(access, analysis, function):
    answer = access.allows(function, "s3:GetObject", arn(analysis, "Generated", "/x"))
    assert isinstance(answer, Yes)
    assert answer.proof[0].place.path == ("Policies", 0, "PolicyDocument", "Statement", 0)


def test_a_no_names_the_statement_that_denies(access, function):
    answer = access.allows(function, "s3:DeleteObject")
    assert isinstance(answer, No)
    assert answer.proof[0].place.path[-1] == 1


@pytest.mark.parametrize(
    ("action", "bucket", "kind"),
    [
        ("s3:GetObject", "Generated", Yes),
        ("s3:GetObject", "Named", Yes),
        ("s3:GetObject", "Staged", Unsure),
        ("sns:Publish", "Named", Yes),
        ("logs:PutLogEvents", "Named", Yes),
        ("ec2:RunInstances", "Named", No),
        ("kms:Decrypt", "Named", Unsure),
    ],
)
def test_names_declared_generated_and_unknown(analysis, function, action, bucket, kind):
    assert isinstance(analysis.access.allows(function, action, arn(analysis, bucket, "/x")), kind)


def test_an_unknown_condition_key_is_named_and_can_be_given(access, function):
    answer = access.allows(function, "sqs:SendMessage")
    assert [why.settle for why in answer.unknowns] == ["say what aws:SecureTransport is"]
    assert isinstance(access.allows(function, "sqs:SendMessage", context={"aws:SecureTransport": "true"}), Yes)
    assert isinstance(access.allows(function, "sqs:SendMessage", closed=True), No)


def test_a_boundary_limits_what_groups_allow(access, analysis):
    user = named(analysis, User, "Bounded")
    assert isinstance(access.allows(user, "s3:GetObject"), Yes)
    assert isinstance(access.allows(user, "ec2:RunInstances"), No)


def test_a_policy_that_was_not_scanned_leaves_open_what_it_may_allow_but_not_what_is_denied(access, analysis):
    role = named(analysis, Role, "Elsewhere")
    assert isinstance(access.allows(role, "s3:GetObject"), Unsure)
    assert isinstance(access.allows(role, "iam:CreateUser"), No)


def test_a_principal_that_was_not_scanned_is_unsure(access):
    assert isinstance(access.allows(None, "s3:GetObject"), Unsure)


def test_trust_and_resource_policies_are_walked_alike(access, analysis):
    (trust,) = access.trust(named(analysis, Role, "Role"))
    assert [principal.value for principal in trust.statement.principals] == ["lambda.amazonaws.com"]
    bucket = next(identity for identity in analysis.estate.arns if identity.name == "Named")
    (guard,) = access.guarding(bucket)
    assert guard.place.path == ("PolicyDocument", "Statement")
