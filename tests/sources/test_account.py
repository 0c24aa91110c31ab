"""Saved answers of an account: identities, managed policies and functions, linked by their ARNs."""

import json
import re
from urllib.parse import quote

import pytest

from lambdaward.model import (
    AttachedPolicy,
    Function,
    FunctionVersion,
    Group,
    LiveOrigin,
    Place,
    ResourceId,
    Role,
    User,
)

ACCOUNT = "111122223333"
STATEMENT = {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "*"}
DOCUMENT = {"Version": "2012-10-17", "Statement": [STATEMENT]}
READ = {"Version": "2012-10-17", "Statement": ({"Effect": "Allow", "Action": ("s3:GetObject",), "Resource": "*"},)}
BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/limits/Boundary"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/app/orders"


def iam(document=DOCUMENT):
    inline = {"PolicyName": "read", "PolicyDocument": document}
    boundary = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": BOUNDARY}
    return {
        "UserDetailList": [
            {
                "UserName": "ada",
                "Arn": f"arn:aws:iam::{ACCOUNT}:user/ada",
                "Path": "/",
                "UserPolicyList": [inline],
                "GroupList": ["admins"],
                "AttachedManagedPolicies": [],
            }
        ],
        "GroupDetailList": [
            {
                "GroupName": "admins",
                "Arn": f"arn:aws:iam::{ACCOUNT}:group/admins",
                "GroupPolicyList": [inline],
                "AttachedManagedPolicies": [{"PolicyName": "Boundary", "PolicyArn": BOUNDARY}],
            }
        ],
        "RoleDetailList": [
            {
                "RoleName": "orders",
                "Arn": ROLE,
                "Path": "/app/",
                "AssumeRolePolicyDocument": document,
                "RolePolicyList": [inline],
                "AttachedManagedPolicies": [
                    {"PolicyName": "ReadOnlyAccess", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}
                ],
                "PermissionsBoundary": boundary,
                "Tags": [{"Key": "team", "Value": "shop"}],
                "RoleLastUsed": {"Region": "eu-west-1"},
            }
        ],
        "Policies": [
            {
                "PolicyName": "Boundary",
                "PolicyId": "ANPA",
                "Arn": BOUNDARY,
                "Path": "/limits/",
                "DefaultVersionId": "v2",
                "PolicyVersionList": [
                    {"Document": {"Statement": []}, "VersionId": "v1", "IsDefaultVersion": False},
                    {"Document": document, "VersionId": "v2", "IsDefaultVersion": True},
                ],
            }
        ],
        "IsTruncated": False,
    }


FUNCTION = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:orders"
FUNCTIONS = {
    "Functions": [
        {
            "FunctionName": "orders",
            "FunctionArn": FUNCTION,
            "Role": ROLE,
            "Runtime": "python3.13",
            "CodeSize": 12,
            "Environment": {"Variables": {"STAGE": "prod"}},
            "Layers": [{"Arn": "arn:aws:lambda:eu-west-1:444455556666:layer:tools:3", "CodeSize": 9}],
            "VpcConfig": {"SubnetIds": [], "SecurityGroupIds": [], "VpcId": ""},
            "KMSKeyArn": f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1",
            "Version": "$LATEST",
        },
        {"FunctionName": "orders", "FunctionArn": f"{FUNCTION}:7", "Role": ROLE, "Version": "7"},
    ]
}


def identity(name, stack=ACCOUNT):
    return ResourceId(stack, name)


@pytest.fixture
def account(estate):
    return estate({"iam.json": json.dumps(iam()), "functions.json": json.dumps(FUNCTIONS)})


def test_roles_have_their_policies_boundary_and_trust(account):
    role = account.get(Role, identity("role/app/orders"))
    assert (role.name, role.path, role.trust) == ("orders", "/app/", READ)
    assert [(policy.name, policy.document) for policy in role.inline] == [("read", READ)]
    assert role.boundary.target == identity("policy/limits/Boundary")
    assert [link.value for link in role.managed] == ["arn:aws:iam::aws:policy/ReadOnlyAccess"]


def test_users_are_linked_to_their_groups_and_groups_to_their_policies(account):
    user = account.get(User, identity("user/ada"))
    group = account.follow(Group, user.groups[0])
    assert group.name == "admins"
    assert account.follow(AttachedPolicy, group.managed[0]).document == READ


def test_a_managed_policy_is_its_default_version(account):
    assert account.get(AttachedPolicy, identity("policy/limits/Boundary")).document == READ


def test_functions_are_linked_to_their_roles(account):
    function = account.get(Function, identity("function:orders", f"{ACCOUNT}/eu-west-1"))
    assert account.follow(Role, function.role).name == "orders"
    assert function.vpc is None
    assert [link.value for link in function.layers] == ["arn:aws:lambda:eu-west-1:444455556666:layer:tools:3"]
    assert function.kms_key.value.endswith("key/1")
    assert repr(function.environment["STAGE"]) == "«redacted»"


def test_people_see_names_without_kind_and_path(account):
    shown = {record.shown for records in account.records.values() for record in records.values()}
    assert {"orders", "orders:7", "Boundary"} <= shown
    assert not {name for name in shown if not name or "/" in name or "function" in name}


def test_a_published_version_belongs_to_its_function(account):
    version = account.get(FunctionVersion, identity("function:orders:7", f"{ACCOUNT}/eu-west-1"))
    assert account.follow(Function, version.function).name == "orders"


def test_a_fact_comes_from_the_call_that_showed_it(account):
    place = Place(identity("role/app/orders"), ("Policies", 0))
    assert account.origin(place) == LiveOrigin(ACCOUNT, "", ROLE, "iam:GetAccountAuthorizationDetails", "")


def test_the_files_count_as_read(account):
    assert set(account.coverage.files) == {"iam.json", "functions.json"}


def test_documents_may_be_url_encoded_as_the_api_gives_them(estate):
    loaded = estate({"iam.json": json.dumps(iam(quote(json.dumps(DOCUMENT))))})
    assert loaded.get(Role, identity("role/app/orders")).trust == READ


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"RoleDetailList": [', "no answer of IAM or Lambda"),
        ('{"RoleDetailList": [{"Arn": 7}]}', r"RoleDetailList\[0\]"),
        ('{"RoleDetailList": [' + "[" * 100_000, "no answer of IAM or Lambda"),
    ],
)
def test_a_broken_answer_is_one_clear_error(estate, text, message):
    (problem,) = estate({"iam.json": text}).coverage.problems
    assert problem.file == "iam.json"
    assert problem.fatal
    assert re.search(message, problem.message)


def test_one_broken_identity_loses_no_other(estate):
    answer = iam()
    answer["RoleDetailList"].insert(0, {"RoleName": "x", "Arn": "nothing", "AssumeRolePolicyDocument": {}})
    answer["RoleDetailList"].append({"RoleName": "y", "Arn": ROLE + "y", "AssumeRolePolicyDocument": "%7Bnot json"})
    loaded = estate({"iam.json": json.dumps(answer)})
    assert [role.name for role in loaded.all(Role)] == ["orders"]
    assert [problem.message for problem in loaded.coverage.problems] == [
        "`nothing` is no ARN",
        "a policy document is neither JSON nor URL-encoded JSON",
    ]


def test_other_json_files_are_left_alone(estate):
    loaded = estate({"package.json": '{"Functions": []}', "data.json": '[{"RoleDetailList": []}]'})
    assert (loaded.resources, loaded.coverage.problems) == ({}, ())
