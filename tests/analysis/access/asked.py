"""Small estates to ask questions about."""

import datetime as dt
import json

from lambdaward.analysis import Analysis, Given
from lambdaward.api import load

ACCOUNT = "111122223333"
OTHER = "444455556666"
TODAY = dt.date(2026, 11, 24)


def document(*statements):
    """A policy document."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(action, resource="*", **more):
    """An allow statement; `action` as one text, separated by blanks."""
    return {"Effect": "Allow", "Action": action.split(), "Resource": resource, **more}


def deny(action, resource="*", **more):
    """A deny statement."""
    return {**allow(action, resource, **more), "Effect": "Deny"}


def admit(principal, action="sts:AssumeRole", **more):
    """An allow statement of a resource policy."""
    return {"Effect": "Allow", "Principal": principal, "Action": action, **more}


def resource(kind, **properties):
    """A resource of a template."""
    return {"Type": f"AWS::{kind}", "Properties": properties}


def role(name, *statements, trust=None, **more):
    """A role with one inline policy."""
    return resource(
        "IAM::Role",
        RoleName=name,
        AssumeRolePolicyDocument=document(trust or admit({"Service": "lambda.amazonaws.com"})),
        Policies=[{"PolicyName": "own", "PolicyDocument": document(*statements)}] if statements else [],
        **more,
    )


def function(name, role_id, **more):
    """A function that runs as a role of the template."""
    return resource("Lambda::Function", FunctionName=name, Role={"Fn::GetAtt": [role_id, "Arn"]}, **more)


def analysis(folder, resources, *, known=True, parameters=None):
    """The analysis of a template with some resources; `known`: whether account and Region are."""
    template = {"Parameters": parameters or {}, "Resources": resources}
    (folder / "template.json").write_text(json.dumps(template, indent=1))
    where = {"account": ACCOUNT, "region": "eu-west-1"} if known else {}
    return Analysis(load(folder / "template.json", **where), Given(today=TODAY))


def identity(found, name):
    """The identity of a resource by its logical id."""
    return next(identity for identity in found.estate.resources if identity.name == name)
