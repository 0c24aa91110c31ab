"""How bad an escalation is depends on what it leads to."""

import datetime as dt
import json

import pytest

from lambdaward.analysis import Analysis, Given
from lambdaward.findings import Severity
from lambdaward.rules import Selection, run
from lambdaward.sources import load

TRUST = {"Statement": {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}}


def role(action, resource):
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    policies = [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}}]
    return {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": TRUST, "Policies": policies}}


@pytest.mark.parametrize(
    ("passed", "target", "severity"),
    [
        ({"Fn::GetAtt": "Next.Arn"}, role("s3:GetObject", "arn:aws:s3:::orders/*"), Severity.MEDIUM),
        ({"Fn::GetAtt": "Next.Arn"}, role("s3:DeleteObject", "*"), Severity.HIGH),
        ("*", role("s3:GetObject", "arn:aws:s3:::orders/*"), Severity.HIGH),
    ],
    ids=["a narrow role of the estate", "a role that writes everywhere", "any role of the account"],
)
def test_the_severity_follows_from_the_role_that_is_reached(tmp_path, passed, target, severity):
    own = role(["lambda:CreateFunction", "lambda:InvokeFunction"], "*")
    own["Properties"]["Policies"][0]["PolicyDocument"]["Statement"].append(
        {"Effect": "Allow", "Action": "iam:PassRole", "Resource": passed}
    )
    function = {"Type": "AWS::Lambda::Function", "Properties": {"Role": {"Fn::GetAtt": "Own.Arn"}}}
    template = {"Resources": {"Own": own, "Next": target, "Deploy": function}}
    (tmp_path / "template.json").write_text(json.dumps(template))
    analysis = Analysis(load([tmp_path]), Given(today=dt.date(2026, 11, 24)))
    (finding,) = run(analysis, Selection(select=("LWI005",)))
    assert finding.severity is severity
