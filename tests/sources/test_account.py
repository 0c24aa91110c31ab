"""Saved answers of an account: identities, managed policies and functions, linked by their ARNs."""

import json
import re
from urllib.parse import quote

import pytest

from lambdaward.model import (
    Alias,
    AttachedPolicy,
    CodeSigningConfig,
    Function,
    FunctionVersion,
    Group,
    Layer,
    LayerPermission,
    Listing,
    LiveOrigin,
    Place,
    ResourceId,
    Role,
    SigningProfile,
    StoredImage,
    Unsure,
    User,
)
from lambdaward.rules.answering import unlinked

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


ARN = f"arn:aws:lambda:eu-west-1:{ACCOUNT}"
LAYER = f"{ARN}:layer:tools"
CONFIG = f"{ARN}:code-signing-config:csc-1"
PROFILE = f"arn:aws:signer:eu-west-1:{ACCOUNT}:/signing-profiles/release"
VERSIONS = {"LayerVersions": [{"LayerVersionArn": f"{LAYER}:{number}", "Version": number} for number in (3, 1)]}
HERE = f"{ACCOUNT}/eu-west-1"


def test_a_function_is_what_all_answers_about_it_say_together(estate):
    image = {"ImageUri": "repository:latest", "ResolvedImageUri": "repository@sha256:0", "RepositoryType": "ECR"}
    whole = {"Configuration": FUNCTIONS["Functions"][0], "Code": image, "Tags": {"team": "shop"}}
    loaded = estate({"a.json": json.dumps(FUNCTIONS), "b.json": json.dumps(whole)})
    function = loaded.get(Function, identity("function:orders", HERE))
    assert (function.image_uri, function.resolved_image) == ("repository:latest", "repository@sha256:0")
    assert function.tags == ({"Key": "team", "Value": "shop"},)


def test_the_address_that_gives_out_code_is_not_kept(estate):
    layer = {"Content": {"Location": "https://x/secret", "CodeSha256": "x"}, "LayerVersionArn": f"{LAYER}:3"}
    whole = {"Configuration": FUNCTIONS["Functions"][0], "Code": {"Location": "https://x/secret"}}
    loaded = estate({"layer.json": json.dumps(layer), "whole.json": json.dumps(whole)})
    assert loaded.get(Layer, identity("layer:tools:3", HERE)).code_sha256 == "x"
    assert "secret" not in repr(loaded.resources)


def test_a_function_keeps_who_signed_its_code_and_each_layer(estate):
    layers = [{"Arn": f"{LAYER}:1"}, {"Arn": f"{LAYER}:3", "SigningProfileVersionArn": f"{PROFILE}/v"}]
    signed = {
        "SigningProfileVersionArn": f"{PROFILE}/v",
        "SigningJobArn": "job",
        "LastModified": "then",
        "Layers": layers,
    }
    loaded = estate({"f.json": json.dumps({"FunctionArn": FUNCTION, "CodeSha256": "x", **signed})})
    function = loaded.get(Function, identity("function:orders", HERE))
    assert (function.signing_profile, function.signing_job, function.modified) == (f"{PROFILE}/v", "job", "then")
    assert function.layer_profiles == ("", f"{PROFILE}/v")


def test_without_an_answer_it_is_not_known_whether_a_function_has_a_config(account):
    link = account.get(Function, identity("function:orders", HERE)).code_signing
    assert link.possible
    assert isinstance(unlinked(link), Unsure)


def test_configs_profiles_and_functions_are_linked_whatever_the_files_are_called(estate):
    config = {
        "CodeSigningConfigArn": CONFIG,
        "AllowedPublishers": {"SigningProfileVersionArns": [f"{PROFILE}/v1"]},
        "CodeSigningPolicies": {"UntrustedArtifactOnDeployment": "Enforce"},
    }
    profile = {
        "profileName": "release",
        "profileVersionArn": f"{PROFILE}/v1",
        "platformId": "AWSLambda",
        "status": "Active",
    }
    answers = [
        {"FunctionName": "orders", "CodeSigningConfigArn": CONFIG},
        {"CodeSigningConfig": config},
        profile,
        FUNCTIONS,
    ]
    loaded = estate({f"{number}.json": json.dumps(answer) for number, answer in enumerate(answers)})
    function = loaded.get(Function, identity("function:orders", HERE))
    found = loaded.follow(CodeSigningConfig, function.code_signing)
    signer = loaded.follow(SigningProfile, found.profiles[0])
    assert (found.untrusted, found.profiles[0].qualifier) == ("Enforce", "v1")
    assert (signer.name, signer.version, signer.platform, signer.status) == ("release", "v1", "AWSLambda", "Active")


def test_versions_keep_their_layers_and_variables_and_aliases_lead_to_functions(estate):
    version = {**FUNCTIONS["Functions"][0], "FunctionArn": f"{FUNCTION}:7", "Version": "7"}
    alias = {
        "AliasArn": f"{FUNCTION}:live",
        "Name": "live",
        "FunctionVersion": "7",
        "RoutingConfig": {"AdditionalVersionWeights": {"6": 0.1}},
    }
    loaded = estate(
        {
            "f.json": json.dumps(FUNCTIONS),
            "v.json": json.dumps({"Versions": [version]}),
            "a.json": json.dumps({"Aliases": [alias]}),
        }
    )
    kept = loaded.get(FunctionVersion, identity("function:orders:7", HERE))
    named = loaded.get(Alias, identity("function:orders:live", HERE))
    assert [link.value for link in kept.layers] == ["arn:aws:lambda:eu-west-1:444455556666:layer:tools:3"]
    assert repr(kept.environment["STAGE"]) == "«redacted»"
    assert loaded.follow(Function, named.function).name == "orders"
    assert named.weights == ({"FunctionVersion": "6", "FunctionWeight": 0.1},)


def test_a_layers_policy_is_one_permission_for_each_statement(estate):
    statements = [
        {
            "Sid": "all",
            "Effect": "Allow",
            "Principal": "*",
            "Action": "lambda:GetLayerVersion",
            "Resource": f"{LAYER}:3",
        },
        {
            "Sid": "org",
            "Effect": "Allow",
            "Principal": "*",
            "Action": "lambda:GetLayerVersion",
            "Resource": f"{LAYER}:3",
            "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}},
        },
        {
            "Sid": "one",
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
            "Action": "lambda:GetLayerVersion",
            "Resource": f"{LAYER}:3",
        },
    ]
    policy = {"Policy": json.dumps({"Version": "2012-10-17", "Statement": statements}), "RevisionId": "x"}
    loaded = estate({"p.json": json.dumps(policy)})
    found = {permission.id.name.rpartition(":")[2]: permission for permission in loaded.all(LayerPermission)}
    assert [(found[sid].principal, found[sid].organization) for sid in ("all", "org")] == [("*", None), ("*", "o-1")]
    assert found["one"].principal == "arn:aws:iam::444455556666:root"


def test_a_list_is_whole_unless_it_says_that_there_is_more(estate):
    more = {"Layers": [{"LatestMatchingVersion": {"LayerVersionArn": f"{LAYER}:3"}}], "NextToken": "x"}
    loaded = estate({"v.json": json.dumps(VERSIONS), "l.json": json.dumps(more)})
    found = {listing.subject: listing for listing in loaded.all(Listing)}
    assert (found[LAYER].members, found[LAYER].whole) == ((f"{LAYER}:3", f"{LAYER}:1"), True)
    assert (found["layers"].members, found["layers"].whole) == ((f"{LAYER}:3",), False)


def test_an_account_is_not_ones_own_because_it_published_a_layer(estate):
    layer = {"Content": {"CodeSha256": "x"}, "LayerVersionArn": "arn:aws:lambda:eu-west-1:444455556666:layer:tools:3"}
    loaded = estate({"f.json": json.dumps(FUNCTIONS), "l.json": json.dumps(layer)})
    assert loaded.accounts == {ACCOUNT}


@pytest.mark.parametrize(
    "answer",
    [
        {"LayerVersions": [7, {"LayerVersionArn": f"{LAYER}:1"}]},
        {"Layers": [{"LatestMatchingVersion": []}]},
        {"Versions": ["arn:", {"FunctionArn": "arn:x"}]},
        {"Configuration": [], "Code": {"FunctionArn": "arn:aws:"}},
        {"CodeSigningConfig": ["CodeSigningConfigArn", {"CodeSigningConfigArn": "arn:"}]},
        {"profiles": [[], {"profileVersionArn": "arn:aws:signer"}]},
        {"Policy": "lambda:GetLayerVersion"},
        {"CodeSigningConfigArn": "arn:aws:lambda", "FunctionName": "orders"},
    ],
)
def test_an_answer_that_is_not_as_the_api_gives_it_is_told_and_nothing_else_is_lost(estate, answer):
    loaded = estate({"f.json": json.dumps(FUNCTIONS), "x.json": json.dumps(answer)})
    assert loaded.get(Function, identity("function:orders", HERE))
    assert {problem.file for problem in loaded.coverage.problems} == {"x.json"}


def test_a_template_that_is_named_is_no_answer(estate):
    properties = {"FunctionName": "x", "CodeSigningConfigArn": "y", "Layers": [], "CodeSha256": "z"}
    template = {"Resources": {"Orders": {"Type": "AWS::Lambda::Function", "Properties": properties}}}
    loaded = estate({"t.json": json.dumps(template)}, paths=("t.json",))
    assert loaded.get(Function, ResourceId("t.json", "Orders")).name == "x"


def test_images_of_a_registry_keep_the_tags_that_mean_them(estate):
    image = {"registryId": ACCOUNT, "repositoryName": "shop/pictures", "imageDigest": "sha256:a", "imageTags": ["7"]}
    loaded = estate({"i.json": json.dumps({"imageDetails": [image, {"registryId": ACCOUNT}]})})
    (found,) = loaded.all(StoredImage)
    assert (found.registry, found.repository, found.digest, found.tags) == (
        ACCOUNT,
        "shop/pictures",
        "sha256:a",
        ("7",),
    )
    assert [problem.message for problem in loaded.coverage.problems] == ["an answer has no repositoryName"]
    assert not loaded.accounts
