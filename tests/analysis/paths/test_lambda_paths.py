"""Ways through Lambda: each is open where every step is allowed, and closed when one of them is denied."""

import pytest
from estates import METHODS, estate, policy, reached, resource, role, statement

from lambdaward.catalog import Relation

SIGNING = resource(
    "AWS::Lambda::CodeSigningConfig",
    AllowedPublishers={"SigningProfileVersionArns": ["arn:aws:signer:eu-west-1:111122223333:/signing-profiles/p/v"]},
    CodeSigningPolicies={"UntrustedArtifactOnDeployment": "Enforce"},
)
# What each method surely gives the probe, when it may take the steps on everything.
OPEN = {
    "lambda-create-invoke": "credentials Admin",
    "lambda-create-mapping": "credentials Admin",
    "lambda-create-mapping-table": "credentials Admin",
    "lambda-create-permission": "credentials Admin",
    "lambda-create-url": "credentials Admin",
    "lambda-create-bucket-event": "credentials Admin",
    "lambda-create-topic-event": "credentials Admin",
    "lambda-capacity-beside": "credentials Admin",
    "lambda-update-code": "code Target",
    "lambda-update-code-invoke": "code Target",
    "lambda-update-code-permission": "credentials Admin",
    "lambda-update-layer": "credentials Admin",
    "lambda-update-environment": "credentials Admin",
    "lambda-update-wrapper": "credentials Admin",
    "lambda-update-extension": "credentials Admin",
    "lambda-update-role": "credentials Admin",
    "lambda-update-file-system": "credentials Admin",
    "lambda-update-handler": "integrity Target",
    "lambda-update-runtime": "credentials Admin",
    "lambda-url": "invoke Target",
    "lambda-url-open": "invoke Target",
    "lambda-add-permission": "invoke Target",
    "lambda-invoke": "invoke Target",
    "lambda-resource-policy": "invoke Target",
    "lambda-delete-resource-policy": "integrity Target",
    "lambda-alias-rollback": "integrity Target",
    "lambda-alias-code": "credentials Admin",
    "lambda-destination": "data Target",
    "lambda-destination-update": "data Target",
    "lambda-mapping-new": "invoke Target",
    "lambda-old-runtime": "integrity Target",
    "lambda-get-function": "data Target",
    "lambda-get-configuration": "data Target",
    "lambda-microvm-shell-new": "credentials Admin",
    "lambda-microvm-run": "credentials Admin",
    "lambda-microvm-create-run": "credentials Admin",
    "lambda-microvm-build": "credentials Admin",
    "lambda-web-create": "credentials Admin",
    "lambda-web-create-invoke": "credentials Admin",
    "lambda-web-revision-route": "credentials Admin",
}
# Those that a function with enforced code signing opens.
SIGNED = ("lambda-signing-off", "lambda-signing-warn", "lambda-signing-other")
UNSIGNED = [
    identity
    for identity in OPEN
    if any(f.relation is Relation.UNSIGNED for f in METHODS[identity].given) and OPEN[identity] == "code Target"
]


def steps(identity):
    return " ".join(sorted(METHODS[identity].actions))


def signed():
    function = resource(
        "AWS::Lambda::Function",
        FunctionName="target",
        Role={"Fn::GetAtt": ["Admin", "Arn"]},
        CodeSigningConfigArn={"Ref": "Signing"},
    )
    return {"Signing": SIGNING, "Target": function}


@pytest.mark.parametrize(("identity", "gain"), OPEN.items(), ids=list(OPEN))
def test_a_method_is_open_to_whoever_may_take_its_steps(tmp_path, identity, gain):
    assert gain in reached(estate(tmp_path, policy("a", statement(steps(identity)))), identity)


@pytest.mark.parametrize("identity", OPEN)
def test_a_method_is_closed_by_a_deny_of_any_of_its_steps(tmp_path, identity):
    for number, action in enumerate(sorted(METHODS[identity].actions)):
        folder = tmp_path / str(number)
        folder.mkdir()
        denied = policy("b", statement(action, effect="Deny"))
        assert reached(estate(folder, policy("a", statement(steps(identity))), denied), identity) == set()


@pytest.mark.parametrize("identity", OPEN)
def test_a_method_is_closed_without_any_one_of_its_steps(tmp_path, identity):
    for number, action in enumerate(sorted(METHODS[identity].actions)):
        folder = tmp_path / str(number)
        folder.mkdir()
        rest = " ".join(sorted(METHODS[identity].actions - {action})) or "s3:GetObject"
        assert reached(estate(folder, policy("a", statement(rest))), identity) == set()


@pytest.mark.parametrize("identity", SIGNED)
def test_turning_code_signing_off_opens_a_function_that_enforces_it(tmp_path, identity):
    allowed = policy("a", statement(steps(identity)))
    assert "code Target" in reached(estate(tmp_path, allowed, more=signed()), identity)


@pytest.mark.parametrize("identity", UNSIGNED)
def test_code_signing_that_is_enforced_closes_a_method(tmp_path, identity):
    allowed = policy("a", statement(steps(identity)))
    assert OPEN[identity] not in reached(estate(tmp_path, allowed, more=signed()), identity)


def test_a_boundary_closes_what_policies_open(tmp_path):
    boundary = resource(
        "AWS::IAM::ManagedPolicy",
        PolicyDocument={"Version": "2012-10-17", "Statement": [statement("lambda:*")]},
    )
    allowed = policy("a", statement(steps("lambda-create-invoke")))
    analysis = estate(tmp_path, allowed, boundary={"Ref": "Boundary"}, more={"Boundary": boundary})
    assert reached(analysis, "lambda-create-invoke") == set()


def test_one_new_name_must_do_for_every_step(tmp_path):
    made = [
        statement("iam:PassRole"),
        statement("lambda:CreateFunction", "arn:aws:lambda:*:*:function:new-*"),
        statement("lambda:InvokeFunction", "arn:aws:lambda:*:*:function:orders"),
    ]
    assert reached(estate(tmp_path, policy("a", *made)), "lambda-create-invoke") == set()
    made[2] = statement("lambda:InvokeFunction", "arn:aws:lambda:*:*:function:new-or*")
    assert "credentials Admin" in reached(estate(tmp_path, policy("a", *made)), "lambda-create-invoke")


def test_a_role_that_does_not_trust_the_service_is_not_reached(tmp_path):
    other = {"Other": role("other", trusts="ec2.amazonaws.com")}
    analysis = estate(tmp_path, policy("a", statement(steps("lambda-create-invoke"))), more=other)
    assert "credentials Other" not in reached(analysis, "lambda-create-invoke")


def test_a_grant_on_everything_reaches_roles_that_were_not_scanned(tmp_path):
    analysis = estate(tmp_path, policy("a", statement(steps("lambda-create-invoke"))), others=False)
    assert reached(analysis, "lambda-create-invoke") >= {
        "credentials any role of the account that trusts lambda.amazonaws.com"
    }


def test_only_passing_a_role_carries_the_service_that_it_is_passed_to(tmp_path):
    for folder, operator, opens in (
        (tmp_path / "if", "StringEqualsIfExists", True),
        (tmp_path / "is", "StringEquals", False),
    ):
        folder.mkdir()
        passed = {operator: {"iam:PassedToService": "lambda.amazonaws.com"}}
        analysis = estate(folder, policy("a", statement(steps("lambda-create-invoke"), condition=passed)))
        assert ("credentials Admin" in reached(analysis, "lambda-create-invoke")) == opens
