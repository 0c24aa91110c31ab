"""What a role may do on any resource whatever: by wildcards, within denies, boundaries and conditions."""

import datetime as dt
import json

import pytest

from lambdaward.analysis import Analysis, Given
from lambdaward.sources import load

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def reach(tmp_path):
    """The actions that a role's statements allow everywhere."""

    def actions(*statements, boundary=None):
        document = {"Version": "2012-10-17", "Statement": list(statements)}
        role = {"AssumeRolePolicyDocument": {}, "Policies": [{"PolicyName": "p", "PolicyDocument": document}]}
        resources = {
            "Role": {"Type": "AWS::IAM::Role", "Properties": role},
            "Function": {"Type": "AWS::Lambda::Function", "Properties": {"Role": {"Fn::GetAtt": "Role.Arn"}}},
            "Table": {"Type": "AWS::DynamoDB::Table", "Properties": {}},
        }
        if boundary:
            limits = {"Version": "2012-10-17", "Statement": boundary}
            resources["Limit"] = {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": limits}}
            role["PermissionsBoundary"] = {"Ref": "Limit"}
        (tmp_path / "template.json").write_text(json.dumps({"Resources": resources}))
        analysis = Analysis(load([tmp_path]), Given(today=TODAY))
        (role,) = analysis.roles.execution
        grants = analysis.roles.grants(role.role)
        return {action for grant in grants for action in analysis.roles.everywhere(grant, grant.mask).actions}

    return actions


def allow(action, resource, **condition):
    return {"Effect": "Allow", "Action": action, "Resource": resource} | ({"Condition": condition} if condition else {})


def deny(action, resource="*"):
    return {"Effect": "Deny", "Action": action, "Resource": resource}


PUT = "dynamodb:PutItem"


@pytest.mark.parametrize(
    "resource",
    [
        "*",
        "arn:aws:dynamodb:*:*:table/*",
        "arn:aws:dynamodb:eu-west-1:111122223333:table/*",
        {"Fn::Sub": "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/*"},
        "arn:aws-cn:dynamodb:*:*:*",
    ],
)
def test_a_wildcard_in_the_place_of_the_name_reaches_everything(reach, resource):
    assert reach(allow(PUT, resource)) == {PUT}


@pytest.mark.parametrize(
    "resource",
    [
        "arn:aws:dynamodb:*:*:table/orders",
        "arn:aws:dynamodb:*:*:table/orders-*",
        "arn:aws:dynamodb:*:*:table/?",
        {"Fn::GetAtt": "Table.Arn"},
        {"Fn::Sub": "${Table.Arn}/*"},
        "arn:aws:s3:::*",
    ],
)
def test_a_name_or_a_part_of_one_does_not(reach, resource):
    assert reach(allow(PUT, resource)) == set()


def test_an_action_that_needs_two_kinds_reaches_everything_only_when_both_are_open(reach):
    snapshot = "arn:aws:rds:*:*:snapshot:*"
    assert reach(allow("rds:CreateDBSnapshot", ["arn:aws:rds:*:*:db:orders", snapshot])) == set()
    assert reach(allow("rds:CreateDBSnapshot", ["arn:aws:rds:*:*:db:*", snapshot])) == {"rds:CreateDBSnapshot"}


def test_what_a_deny_or_boundary_takes_away_does_not_count(reach):
    both = [PUT, "dynamodb:DeleteItem"]
    assert reach(allow(both, "*"), deny(PUT)) == {"dynamodb:DeleteItem"}
    assert reach(allow(both, "*"), deny(PUT, "arn:aws:dynamodb:*:*:table/orders")) == set(both)
    assert reach(allow(both, "*"), boundary=[allow(PUT, "*")]) == {PUT}


def test_a_condition_on_the_resource_narrows(reach):
    assert reach(allow(PUT, "*", StringEquals={"aws:ResourceTag/team": "shop"})) == set()
    assert reach(allow(PUT, "*", Bool={"aws:SecureTransport": "true"})) == {PUT}


def test_an_action_that_no_resource_can_limit_is_not_counted(reach):
    assert reach(allow("ec2:DescribeInstances", "*")) == set()


def test_everything_but_a_resource_is_everything(reach):
    assert reach({"Effect": "Allow", "Action": PUT, "NotResource": "arn:aws:dynamodb:*:*:table/orders"}) == {PUT}
