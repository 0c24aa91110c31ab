"""Cases that evaluators get wrong, each decided as AWS's pages say."""

import pytest

from lambdaward.iam import Context, KeyGrant, Request, decide, policies

OURS, THEIRS = "111111111111", "222222222222"
ROLE, SESSION = f"arn:aws:iam::{OURS}:role/app", f"arn:aws:sts::{OURS}:assumed-role/app/one"
USER = f"arn:aws:iam::{OURS}:user/ada"
KEY, FOREIGN_KEY = (f"arn:aws:kms:eu-west-1:{account}:key/k" for account in (OURS, THEIRS))
ALLOWED, DENIED, SILENT = "Allowed", "ExplicitlyDenied", "ImplicitlyDenied"
GET, DECRYPT = "s3:GetObject", "kms:Decrypt"
GRANT = [KeyGrant(ROLE, frozenset({"Decrypt"}), subset=(("app", "x"),))]
IN_CONTEXT = {"kms:EncryptionContext:app": "x"}


def document(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(action, **more):
    return {"Effect": "Allow", "Action": action, "Resource": "*", **more}


def to(principal, action, **more):
    return document(allow(action, Principal={"AWS": principal}, **more))


def outcome(who, action, target, owner="", context=None, **given):
    request = Request(who, action, target, account=owner, context=Context(context))
    return decide(request, policies(**given)).outcome


@pytest.mark.parametrize(
    ("who", "action", "key", "context", "given", "expected"),
    [
        (
            ROLE,
            DECRYPT,
            FOREIGN_KEY,
            {},
            {"identity": [document(allow("kms:*"))], "resource": to(OURS, DECRYPT)},
            ALLOWED,
        ),
        (
            ROLE,
            DECRYPT,
            FOREIGN_KEY,
            {},
            {"identity": [document(allow("kms:*"))], "resource": to(THEIRS, "kms:*")},
            SILENT,
        ),
        (ROLE, DECRYPT, FOREIGN_KEY, {}, {"resource": to(ROLE, DECRYPT)}, SILENT),
        (ROLE, DECRYPT, KEY, {}, {"identity": [document(allow("kms:*"))], "resource": to(USER, "kms:*")}, SILENT),
        (ROLE, DECRYPT, KEY, IN_CONTEXT, {"grants": GRANT, "resource": to(OURS, "kms:*")}, ALLOWED),
        (SESSION, DECRYPT, KEY, IN_CONTEXT, {"grants": GRANT, "resource": to(OURS, "kms:*")}, ALLOWED),
        (ROLE, "kms:Encrypt", KEY, IN_CONTEXT, {"grants": GRANT, "resource": to(OURS, "kms:*")}, SILENT),
        (ROLE, DECRYPT, FOREIGN_KEY, IN_CONTEXT, {"grants": GRANT, "resource": to(THEIRS, "kms:*")}, ALLOWED),
    ],
)
def test_a_key_s_policy_and_its_grants_decide(who, action, key, context, given, expected):  # noqa: PLR0917 - a table
    assert outcome(who, action, key, context=context, **given) == expected


@pytest.mark.parametrize(("service", "expected"), [("s3.eu-west-1.amazonaws.com", ALLOWED), (None, SILENT)])
def test_a_key_for_one_service_is_for_calls_through_it_only(service, expected):
    through = {"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}}
    context = {"kms:ViaService": service} if service else {}
    assert outcome(ROLE, DECRYPT, KEY, context=context, resource=to(ROLE, DECRYPT, Condition=through)) == expected


NOTHING = document(allow("ec2:*"))


@pytest.mark.parametrize(
    ("who", "owner", "given", "expected"),
    [
        (SESSION, OURS, {"resource": to(SESSION, GET), "boundaries": [NOTHING], "session": NOTHING}, ALLOWED),
        (SESSION, OURS, {"resource": to(ROLE, GET), "session": NOTHING}, SILENT),
        (SESSION, OURS, {"resource": to(ROLE, GET), "session": document(allow("s3:*"))}, ALLOWED),
        (ROLE, OURS, {"resource": to(ROLE, GET), "boundaries": [NOTHING]}, SILENT),
        (USER, OURS, {"resource": to(USER, GET), "boundaries": [NOTHING]}, ALLOWED),
        (
            SESSION,
            THEIRS,
            {"identity": [document(allow("s3:*"))], "resource": to(SESSION, GET), "session": NOTHING},
            SILENT,
        ),
    ],
)
def test_how_a_bucket_s_policy_names_the_caller_says_what_limits_it(who, owner, given, expected):
    assert outcome(who, GET, "arn:aws:s3:::b/1", owner, **given) == expected


TAGS = {"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}}


@pytest.mark.parametrize(
    ("effect", "condition", "tags", "expected"),
    [
        ("Allow", TAGS, None, ALLOWED),
        ("Deny", TAGS, None, DENIED),
        ("Allow", {**TAGS, "Null": {"aws:TagKeys": "false"}}, None, SILENT),
        ("Allow", {"ForAnyValue:StringNotEquals": {"aws:TagKeys": ["a"]}}, ["a", "b"], ALLOWED),
        ("Allow", {"ForAllValues:StringNotEquals": {"aws:TagKeys": ["a"]}}, ["a", "b"], SILENT),
        ("Allow", {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}, None, ALLOWED),
        ("Deny", {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}, None, DENIED),
    ],
)
def test_set_operators_on_absent_and_on_several_values(effect, condition, tags, expected):
    said = [allow("ec2:*")] if effect == "Deny" else []
    identity = [document(*said, {**allow("ec2:*"), "Effect": effect, "Condition": condition})]
    context = {"aws:TagKeys": tags} if tags else {}
    assert outcome(ROLE, "ec2:CreateTags", "*", OURS, context, identity=identity) == expected


@pytest.mark.parametrize(("spared", "expected"), [([ROLE, SESSION, OURS], ALLOWED), ([f"{ROLE}-other"], DENIED)])
def test_a_deny_of_all_but_some_spares_whom_it_names_wholly(spared, expected):
    denied = {"Effect": "Deny", "NotPrincipal": {"AWS": spared}, "Action": "s3:*", "Resource": "*"}
    given = {"identity": [document(allow("s3:*"))], "resource": document(denied)}
    assert outcome(SESSION, GET, "arn:aws:s3:::b/1", OURS, **given) == expected


@pytest.mark.parametrize(
    ("resource", "expected"),
    [(f"arn:aws:s3:eu-west-1:{OURS}:accesspoint/ap/object/*", ALLOWED), ("arn:aws:s3:::b/*", SILENT)],
)
def test_an_object_behind_an_access_point_has_the_access_point_s_arn(resource, expected):
    identity = [document({**allow(GET), "Resource": resource})]
    assert outcome(ROLE, GET, f"arn:aws:s3:eu-west-1:{OURS}:accesspoint/ap/object/k", identity=identity) == expected


@pytest.mark.parametrize(("qualifier", "expected"), [("", ALLOWED), (":live", SILENT)])
def test_the_source_function_is_known_without_its_qualifier(qualifier, expected):
    arn = f"arn:aws:lambda:eu-west-1:{OURS}:function:f"
    condition = {"ArnEquals": {"lambda:SourceFunctionArn": arn + qualifier}}
    identity = [document(allow("s3:*", Condition=condition))]
    context = {"lambda:SourceFunctionArn": arn}
    assert outcome(ROLE, GET, "arn:aws:s3:::b/1", OURS, context, identity=identity) == expected


@pytest.mark.parametrize(("owner", "expected"), [(OURS, ALLOWED), (THEIRS, SILENT)])
def test_a_trust_policy_that_names_a_role_is_enough_within_the_account(owner, expected):
    trust = document({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": ROLE}})
    assert outcome(ROLE, "sts:AssumeRole", f"arn:aws:iam::{owner}:role/x", resource=trust) == expected
