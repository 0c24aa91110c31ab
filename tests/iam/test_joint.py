"""Operations that take several permissions."""

import datetime as dt

import pytest

from lambdaward.iam import ANONYMOUS, Outcome, invoke_by_url, needs_both, parse, pass_role, policies, policy_set

ACCOUNT = "111111111111"
USER = f"arn:aws:iam::{ACCOUNT}:user/ada"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/app"
FUNCTION = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:orders"


@pytest.mark.parametrize(
    ("today", "created", "both"),
    [
        ("2025-09-30", None, False),
        ("2026-01-01", None, None),
        ("2026-01-01", "2025-09-30", False),
        ("2026-01-01", "2025-10-01", True),
        ("2026-11-01", "2020-01-01", True),
    ],
)
def test_the_day_says_which_permissions_a_url_asks_for(today, created, both):
    assert needs_both(dt.date.fromisoformat(today), created and dt.date.fromisoformat(created)) is both


def permission(action, **conditions):
    return {"Effect": "Allow", "Principal": "*", "Action": action, "Resource": FUNCTION, "Condition": conditions}


BY_URL = permission("lambda:InvokeFunctionUrl", StringEquals={"lambda:FunctionUrlAuthType": "NONE"})
THROUGH = permission("lambda:InvokeFunction", Bool={"lambda:InvokedViaFunctionUrl": "true"})


@pytest.mark.parametrize(
    ("statements", "auth", "dual", "outcome"),
    [
        ([BY_URL, THROUGH], "NONE", True, Outcome.ALLOWED),
        ([BY_URL], "NONE", True, Outcome.IMPLICITLY_DENIED),
        ([BY_URL], "NONE", False, Outcome.ALLOWED),
        ([BY_URL, THROUGH], "AWS_IAM", True, Outcome.IMPLICITLY_DENIED),
        ([THROUGH], "NONE", False, Outcome.IMPLICITLY_DENIED),
        ([BY_URL, THROUGH, {**BY_URL, "Effect": "Deny"}], "NONE", True, Outcome.EXPLICITLY_DENIED),
    ],
)
def test_a_url_takes_every_permission_under_its_conditions(statements, auth, dual, outcome):
    rules = policies(resource={"Statement": statements})
    assert invoke_by_url(ANONYMOUS, FUNCTION, rules, auth=auth, dual=dual).outcome is outcome


def test_the_policy_of_a_function_says_nothing_about_its_alias():
    rules = policies(resource={"Statement": [BY_URL, THROUGH]})
    assert (
        invoke_by_url(ANONYMOUS, f"{FUNCTION}:live", rules, auth="NONE", dual=True).outcome is Outcome.IMPLICITLY_DENIED
    )


def trust(service, **more):
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole", **more}
    return policy_set([("trust policy", parse({"Statement": statement}))])


PASS = {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}
TO_LAMBDA = {**PASS, "Condition": {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}}


@pytest.mark.parametrize(
    ("statement", "trusted", "service", "outcome"),
    [
        (PASS, "lambda.amazonaws.com", "lambda.amazonaws.com", Outcome.ALLOWED),
        (TO_LAMBDA, "lambda.amazonaws.com", "lambda.amazonaws.com", Outcome.ALLOWED),
        (TO_LAMBDA, "ec2.amazonaws.com", "ec2.amazonaws.com", Outcome.IMPLICITLY_DENIED),
        (PASS, "ec2.amazonaws.com", "lambda.amazonaws.com", Outcome.IMPLICITLY_DENIED),
    ],
)
def test_a_role_is_passed_to_a_service_that_it_trusts(statement, trusted, service, outcome):
    rules = policies(identity=[{"Statement": statement}])
    assert pass_role(USER, ROLE, service, rules, trust(trusted)).outcome is outcome


def test_conditions_of_the_trust_policy_are_open():
    condition = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    rules = policies(identity=[{"Statement": PASS}])
    joint = pass_role(USER, ROLE, "lambda.amazonaws.com", rules, trust("lambda.amazonaws.com", Condition=condition))
    assert joint.outcome is Outcome.UNKNOWN
    assert joint.explain()[-1] == "not known: the request's aws:SourceAccount is not known"
