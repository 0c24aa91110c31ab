"""Everybody who can take an action."""

import pytest
from asked import ACCOUNT, OTHER, admit, allow, analysis, deny, document, function, identity, resource, role

from lambdaward.iam import Outcome
from lambdaward.model import UsageError

INVOKE = "lambda:InvokeFunction"


@pytest.fixture
def who(tmp_path):
    """Whoever can surely, and whoever can perhaps (with the condition)."""

    def question(action, on, resources, **options):
        found = analysis(tmp_path, resources)
        target = identity(found, on) if on in resources else on
        answers = found.permissions.who_can(action, target, **options)
        sure = [answer.asker.shown for answer in answers if answer.outcome is Outcome.ALLOWED]
        return sure, {answer.asker.shown: answer.condition for answer in answers if answer.outcome is Outcome.UNKNOWN}

    return question


def permission(**more):
    """A permission of the function `F`."""
    return resource("Lambda::Permission", FunctionName={"Ref": "F"}, Action=INVOKE, **more)


def test_roles_and_users_are_asked_and_whoever_cannot_is_not_listed(who):
    resources = {
        "Caller": role("caller", allow(INVOKE)),
        "Denied": role("denied", allow(INVOKE), deny("lambda:*")),
        "Other": role("other", allow("s3:*")),
        "User": resource("IAM::User", Policies=[{"PolicyName": "p", "PolicyDocument": document(allow("lambda:*"))}]),
        "F": function("f", "Other"),
    }
    assert who(INVOKE, "F", resources) == (["Caller", "User"], {})


def test_whoever_needs_a_condition_is_listed_with_it(who):
    resources = {"R": role("r", allow("s3:GetObject", Condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}))}
    assert who("s3:GetObject", "arn:aws:s3:::orders/1", resources) == ([], {"R": "[IpAddress aws:SourceIp 10.0.0.0/8]"})
    known = {"aws:SourceIp": "10.1.2.3"}
    assert who("s3:GetObject", "arn:aws:s3:::orders/1", resources, context=known) == (["R"], {})


def test_those_whom_the_policy_of_the_resource_names_are_listed(who):
    resources = {
        "R": role("r"),
        "F": function("f", "R"),
        "Partner": permission(Principal=OTHER),
        "Topic": permission(Principal="sns.amazonaws.com"),
    }
    assert who(INVOKE, "F", resources) == ([f"account {OTHER}", "sns.amazonaws.com"], {})


def test_everybody_is_anybody_and_every_account(who):
    resources = {"R": role("r"), "F": function("f", "R"), "P": permission(Principal="*")}
    assert who(INVOKE, "F", resources)[0] == ["R", "anybody, without credentials", "any AWS account"]


def test_everybody_of_an_organization_is_no_anonymous_caller(who):
    resources = {"R": role("r"), "F": function("f", "R"), "P": permission(Principal="*", PrincipalOrgID="o-1")}
    sure, perhaps = who(INVOKE, "F", resources)
    assert sure == []
    assert perhaps["any AWS account"] == "[StringEquals aws:PrincipalOrgID o-1]"
    assert "anybody, without credentials" not in perhaps


def test_an_action_that_is_not_listed_is_an_error_and_never_nobody(who):
    with pytest.raises(UsageError, match=r"did you mean lambda:InvokeFunction"):
        who("lambda:InvokFunction", "*", {"R": role("r", allow("*"))})


def test_taking_a_role_needs_its_trust(who):
    resources = {
        "Trusted": role("trusted", allow("sts:AssumeRole")),
        "Untrusted": role("untrusted", allow("sts:*")),
        "Admin": role("admin", allow("*"), trust=admit({"AWS": f"arn:aws:iam::{ACCOUNT}:role/trusted"})),
    }
    assert who("sts:AssumeRole", "Admin", resources) == (["Trusted"], {})


def test_a_provider_is_listed_with_what_its_tokens_must_say(who):
    hub = f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"
    claim = {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:me/*"}}
    trust = admit({"Federated": hub}, "sts:AssumeRoleWithWebIdentity", Condition=claim)
    resources = {"R": role("r", allow("*"), trust=trust)}
    perhaps = who("sts:AssumeRoleWithWebIdentity", "R", resources)[1]
    assert perhaps == {hub: "[StringLike token.actions.githubusercontent.com:sub repo:me/*]"}


def test_the_url_of_a_function_says_who_may_come_through_it(who):
    url = resource("Lambda::Url", TargetFunctionArn={"Ref": "F"}, AuthType="NONE")
    open_door = {
        "R": role("r"),
        "F": function("f", "R"),
        "U": url,
        "P": resource(
            "Lambda::Permission",
            FunctionName={"Ref": "F"},
            Action="lambda:InvokeFunctionUrl",
            Principal="*",
            FunctionUrlAuthType="NONE",
        ),
    }
    assert "anybody, without credentials" in who("lambda:InvokeFunctionUrl", "F", open_door)[0]
    url["Properties"]["AuthType"] = "AWS_IAM"
    assert who("lambda:InvokeFunctionUrl", "F", open_door) == ([], {})
