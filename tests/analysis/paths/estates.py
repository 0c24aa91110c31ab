"""Small estates with one function whose role has some permissions, and others to reach."""

import datetime as dt
import json

from lambdaward.analysis import Analysis, Given
from lambdaward.analysis.paths import Way
from lambdaward.api import load
from lambdaward.catalog import escalations
from lambdaward.model import Role, Yes

TODAY = dt.date(2026, 11, 23)
ACCOUNT = "arn:aws:iam::111122223333"
METHODS = {method.id: method for method in escalations()}


def statement(actions, resource="*", effect="Allow", condition=None):
    """A statement of a policy; `actions` as one text, separated by blanks."""
    said = {"Effect": effect, "Action": actions.split(), "Resource": resource}
    return said | ({"Condition": condition} if condition else {})


def policy(name, *statements):
    """An inline policy."""
    return {"PolicyName": name, "PolicyDocument": {"Version": "2012-10-17", "Statement": list(statements)}}


def role(name, *policies, trusts="lambda.amazonaws.com", **more):
    """A role."""
    admitted = {"AWS": trusts} if trusts.startswith("arn:") else {"Service": trusts}
    trust = {"Effect": "Allow", "Principal": admitted, "Action": "sts:AssumeRole"}
    document = {"Version": "2012-10-17", "Statement": [trust]}
    properties = {"RoleName": name, "AssumeRolePolicyDocument": document, "Policies": list(policies), **more}
    return {"Type": "AWS::IAM::Role", "Properties": properties}


def function(name, role, **more):
    """A function."""
    return {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": name, "Role": role, **more}}


def resource(type_, **properties):
    """Any resource."""
    return {"Type": type_, "Properties": properties}


def estate(folder, *policies, more=None, boundary=None, others=True):
    """The analysis of an estate: a function `probe`, its role with these policies, and an administrator's role with a function of
    its own (`others`)."""
    resources = {
        "Probe": function("probe", {"Fn::GetAtt": ["ProbeRole", "Arn"]}),
        "ProbeRole": role("probe", *policies, **({"PermissionsBoundary": boundary} if boundary else {})),
    }
    if others:
        resources["Admin"] = role("admin", policy("all", statement("*")))
        resources["Target"] = function("target", {"Fn::GetAtt": ["Admin", "Arn"]})
    (folder / "template.json").write_text(json.dumps({"Resources": resources | (more or {})}))
    return Analysis(load(folder, account="111122223333", region="eu-west-1"), Given(today=TODAY))


def ways(analysis, method=None) -> list[Way]:
    """The ways of the role `probe`, by one method or by all."""
    probe = next(role for role in analysis.estate.all(Role) if role.name == "probe")
    return list(analysis.paths.ways(probe, METHODS[method]) if method else analysis.paths.all(probe))


def reached(analysis, method=None) -> set[str]:
    """What is surely gained, for people."""
    return {
        f"{way.gain.what.value} {way.target.shown}" for way in ways(analysis, method) if isinstance(way.verdict, Yes)
    }
