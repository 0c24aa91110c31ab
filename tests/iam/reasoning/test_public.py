"""Public is what a stranger may do: conditions on who asks or from where count when they fix their values."""

import pytest
from universe import allow, document

from lambdaward.iam import parse
from lambdaward.iam.reasoning import public_access

ACCOUNT, ORGANIZATION = "111122223333", "o-a1b2c3d4e5"
READ = "arn:aws:s3:::a/*"


def shown(*statements):
    answer = public_access(document(*statements))
    assert answer.unknown == ""
    return answer.witness


def deny(action, resource="*", **more):
    return {**allow(action, resource, **more), "Effect": "Deny"}


@pytest.mark.parametrize("principal", ["*", {"AWS": "*"}, {"AWS": [ACCOUNT, "*"]}])
def test_everybody_is_public(principal):
    assert shown(allow("s3:GetObject", READ, Principal=principal)).principal == "anonymous"


@pytest.mark.parametrize("principal", [{"AWS": ACCOUNT}, {"Service": "s3.amazonaws.com"}, {"AWS": "999999999999"}])
def test_who_is_named_is_not(principal):
    assert shown(allow("s3:GetObject", READ, Principal=principal)) is None


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION}},
        {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": f"{ORGANIZATION}/r-ab12/ou-ab12-*"}},
        {"StringEquals": {"aws:PrincipalAccount": ACCOUNT}},
        {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/*"}},
        {"StringEquals": {"aws:PrincipalAccount": "${aws:ResourceAccount}"}},
        {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
        {"ArnLike": {"aws:SourceArn": f"arn:aws:sns:*:{ACCOUNT}:*"}},
        {"ArnEquals": {"aws:SourceArn": "arn:aws:s3:::bucket"}},
        {"StringEquals": {"aws:SourceVpc": "vpc-1"}},
        {"StringEqualsIgnoreCase": {"aws:SourceVpce": ["vpce-1", "VPCE-2"]}},
        {"StringEquals": {"AWS:SOURCEOWNER": ACCOUNT}},
        {"StringEquals": {"aws:userid": "AIDAEXAMPLE"}},
        {"IpAddress": {"aws:SourceIp": ["192.0.2.0/24", "2001:db8::/32"]}},
        {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "172.16.0.0/12"]}},
        {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/16"}},
        {"ArnLike": {"s3:DataAccessPointArn": f"arn:aws:s3:eu-west-1:{ACCOUNT}:accesspoint/*"}},
        {"StringEquals": {"lambda:EventSourceToken": "amzn1.ask.skill.1"}},
        {"Bool": {"aws:PrincipalIsAWSService": "true"}},
        {"StringEquals": {"kms:CallerAccount": ACCOUNT, "kms:ViaService": "s3.eu-west-1.amazonaws.com"}},
        {"StringEquals": {"aws:SourceVpc": "vpc-1"}, "StringLike": {"aws:UserAgent": "*"}},
    ],
)
def test_a_fixed_value_of_who_asks_or_from_where_is_not_public(condition):
    assert shown(allow("s3:GetObject", READ, Principal="*", Condition=condition)) is None


@pytest.mark.parametrize(
    "condition",
    [
        {"StringLike": {"aws:PrincipalOrgID": "o-*"}},
        {"StringEqualsIfExists": {"aws:PrincipalOrgID": ORGANIZATION}},
        {"ForAllValues:StringEquals": {"aws:PrincipalOrgPaths": f"{ORGANIZATION}/r-ab12/"}},
        {"StringNotEquals": {"aws:PrincipalAccount": ACCOUNT}},
        {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/deploy"}},
        {"StringEquals": {"aws:SourceAccount": "${aws:PrincipalAccount}"}},
        {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::logs-*"}},
        {"StringLike": {"aws:SourceArn": f"arn:aws:lambda:*:{ACCOUNT}:*"}},
        {"StringLike": {"aws:userid": "AROAEXAMPLE:*"}},
        {"Null": {"aws:SourceVpce": "false"}},
        {"IpAddress": {"aws:SourceIp": "0.0.0.0/1"}},
        {"IpAddress": {"aws:SourceIp": ["192.0.2.0/24", "2000::/3"]}},
        {"NotIpAddress": {"aws:SourceIp": "192.0.2.0/24"}},
        {"StringLike": {"aws:UserAgent": "*"}},
        {"StringEquals": {"aws:PrincipalTag/team": "blue"}},
    ],
)
def test_any_other_condition_is_what_a_stranger_may_meet(condition):
    assert shown(allow("s3:GetObject", READ, Principal="*", Condition=condition)) is not None


def test_a_stranger_without_credentials_says_nothing_of_a_principal():
    found = shown(allow("s3:GetObject", Principal="*", Condition={"Null": {"aws:PrincipalArn": "false"}}))
    assert found.principal.split(":")[4] == "999999999999"


def test_a_stranger_is_of_an_account_that_the_policy_does_not_name():
    found = shown(allow("s3:GetObject", NotPrincipal={"AWS": ["999999999999"]}, Condition={
        "Null": {"aws:PrincipalArn": "false"}
    }))  # fmt: skip
    assert "999999999998" in found.principal


def test_a_wildcard_of_a_text_reaches_over_the_fields_of_an_arn():
    found = shown(
        allow("s3:GetObject", Principal="*", Condition={"StringLike": {"aws:SourceArn": f"arn:aws:sns:*:{ACCOUNT}:*"}})
    )
    assert found.context["aws:sourcearn"][0].split(":")[4] != ACCOUNT


def test_a_deny_of_everybody_from_elsewhere_takes_strangers_away():
    elsewhere = {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}
    everybody = allow("s3:GetObject", Principal="*")
    assert shown(everybody, deny("s3:*", Principal="*", Condition=elsewhere)) is None
    assert shown(everybody, deny("s3:Put*", Principal="*", Condition=elsewhere)) is not None


def test_an_exception_for_one_account_leaves_strangers():
    said = {"Effect": "Allow", "NotPrincipal": {"AWS": ACCOUNT}, "Action": "s3:GetObject", "Resource": "*"}
    assert shown(said) is not None


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("lambda:InvokeFunction", f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:orders"),
        ("lambda:InvokeFunctionUrl", f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:orders"),
        ("lambda:GetLayerVersion", f"arn:aws:lambda:eu-west-1:{ACCOUNT}:layer:tools:1"),
        ("sqs:SendMessage", f"arn:aws:sqs:eu-west-1:{ACCOUNT}:jobs"),
        ("sns:Publish", f"arn:aws:sns:eu-west-1:{ACCOUNT}:alarms"),
        ("kms:Decrypt", "*"),
        ("secretsmanager:GetSecretValue", "*"),
        ("ecr:BatchGetImage", None),
        ("sts:AssumeRole", None),
    ],
)
def test_policies_of_every_kind_of_resource_are_decided(action, resource):
    said = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": action}
    said |= {} if resource is None else {"Resource": resource}
    assert shown(said).action == action
    assert shown({**said, "Condition": {"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION}}}) is None


def trusting(provider, **condition):
    principal = provider if provider.endswith("amazonaws.com") else f"arn:aws:iam::{ACCOUNT}:oidc-provider/{provider}"
    said = {"Effect": "Allow", "Principal": {"Federated": principal}, "Action": "sts:AssumeRoleWithWebIdentity"}
    asked = {op: {f"{provider}:{claim}": value for claim, value in claims.items()} for op, claims in condition.items()}
    return public_access(document({**said, "Condition": asked} if asked else said))


GITHUB, GITLAB, COGNITO = "token.actions.githubusercontent.com", "gitlab.com", "cognito-identity.amazonaws.com"


@pytest.mark.parametrize(
    ("provider", "condition"),
    [
        (GITHUB, {}),
        (GITHUB, {"StringEquals": {"aud": "sts.amazonaws.com"}}),
        (GITHUB, {"StringEquals": {"aud": "sts.amazonaws.com"}, "StringLike": {"sub": "repo:*"}}),
        (GITHUB, {"StringLike": {"sub": "*:ref:refs/heads/main"}}),
        (GITLAB, {"StringEquals": {"aud": "https://gitlab.com"}}),
        (GITLAB, {"StringLike": {"sub": "project_path:*:ref_type:branch:ref:main"}}),
        ("app.terraform.io", {"StringLike": {"sub": "organization:*", "aud": "aws.*"}}),
        (COGNITO, {}),
    ],
)
def test_a_provider_vouches_for_strangers_whom_no_condition_keeps_out(provider, condition):
    answer = trusting(provider, **condition)
    assert answer.witness is not None
    assert answer.witness.action == "sts:AssumeRoleWithWebIdentity"


@pytest.mark.parametrize(
    ("provider", "condition"),
    [
        (GITHUB, {"StringEquals": {"sub": "repo:me/mine:ref:refs/heads/main"}}),
        (GITHUB, {"StringLike": {"sub": "repo:me/*"}}),
        (GITLAB, {"StringLike": {"sub": "project_path:me/*"}}),
        (COGNITO, {"StringEquals": {"aud": "eu-west-1:pool"}}),
        ("accounts.google.com", {"StringEquals": {"aud": "client"}}),
        ("oidc.example.com", {"StringEquals": {"sub": "service"}}),
    ],
)
def test_a_condition_on_the_subject_or_on_an_audience_of_its_own_keeps_them_out(provider, condition):
    assert (trusting(provider, **condition).witness, trusting(provider, **condition).unknown) == (None, "")


@pytest.mark.parametrize("condition", [{}, {"StringEquals": {"aud": "sts.amazonaws.com"}}])
def test_whom_another_provider_vouches_for_is_unknown_until_its_subject_is_asked(condition):
    unknown = trusting("oidc.example.com", **condition).unknown
    assert unknown == "whom the identity provider oidc.example.com vouches for is not known"


def test_a_deny_keeps_strangers_out_too():
    provider = {"Federated": f"arn:aws:iam::{ACCOUNT}:oidc-provider/{GITHUB}"}
    said = {"Effect": "Allow", "Principal": provider, "Action": "sts:AssumeRoleWithWebIdentity"}
    elsewhere = {"StringNotLike": {f"{GITHUB}:sub": "repo:me/*"}}
    denied = {**said, "Effect": "Deny", "Condition": elsewhere}
    assert public_access(document(said, denied)).witness is None


def test_a_policy_without_principals_is_not_public():
    assert public_access(parse({"Statement": allow("*")})).witness is None
