"""The accuracy probe: thirteen small roles, and whether each can act as an administrator through Lambda."""

import pytest
from estates import ACCOUNT, estate, policy, reached, statement

from lambdaward.findings import Finding
from lambdaward.rules import Selection, run

CREATE = "lambda:CreateFunction lambda:InvokeFunction"
ALL = f"iam:PassRole {CREATE}"
PASSED_TO = {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}
TO_EC2 = {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}
LAYER = "lambda:UpdateFunctionConfiguration lambda:GetLayerVersion"
MICROVM = "iam:PassRole lambda:RunMicrovm lambda:CreateMicrovmShellAuthToken lambda:PassNetworkConnector"
WEB = "iam:PassRole lambda:CreateWebFunction lambda:InvokeWebFunctionEndpoint"

YES = {
    "in one policy": [policy("a", statement(ALL))],
    "split over two policies": [policy("a", statement("iam:PassRole")), policy("b", statement(CREATE))],
    "passed to Lambda only": [policy("a", statement("iam:PassRole", condition=PASSED_TO), statement(CREATE))],
    "one role only": [policy("a", statement("iam:PassRole", f"{ACCOUNT}:role/admin"), statement(CREATE))],
    "all but S3": [policy("a", {"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"})],
    "a layer": [policy("a", statement(LAYER))],
    "new code": [policy("a", statement("lambda:UpdateFunctionCode"))],
    "everything": [policy("a", statement("*"))],
    "a shell in a MicroVM": [policy("a", statement(MICROVM))],
    "a web function": [policy("a", statement(WEB))],
}
NO = {
    "denied in the same policy": [policy("a", statement(ALL), statement("iam:PassRole", effect="Deny"))],
    "denied in another policy": [policy("a", statement(ALL)), policy("b", statement("iam:PassRole", effect="Deny"))],
    "passed to EC2 only": [policy("a", statement("iam:PassRole", condition=TO_EC2), statement(CREATE))],
}


def accused(analysis):
    return [
        found
        for found in run(analysis, Selection(select=("LWI005",)))
        if isinstance(found, Finding) and found.shown == "ProbeRole"
    ]


@pytest.mark.parametrize("policies", YES.values(), ids=list(YES))
def test_a_role_that_can_act_as_the_administrator_is_found(tmp_path, policies):
    analysis = estate(tmp_path, *policies)
    assert "credentials Admin" in reached(analysis)
    assert len(accused(analysis)) == 1


@pytest.mark.parametrize("policies", NO.values(), ids=list(NO))
def test_a_role_that_cannot_is_not(tmp_path, policies):
    analysis = estate(tmp_path, *policies)
    assert "credentials Admin" not in reached(analysis)
    assert accused(analysis) == []
