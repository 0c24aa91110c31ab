"""Whole questions about an estate: identity policies, boundaries and the policies of resources together."""

import pytest
from asked import ACCOUNT, OTHER, admit, allow, analysis, deny, document, function, identity, resource, role

from lambdaward.iam import Outcome
from lambdaward.model import Function, Yes

ALLOWED, DENIED, SILENT, UNKNOWN = (
    Outcome.ALLOWED,
    Outcome.EXPLICITLY_DENIED,
    Outcome.IMPLICITLY_DENIED,
    Outcome.UNKNOWN,
)
ORDERS = "arn:aws:s3:::orders"
GET = "s3:GetObject"
KEY = {"StringEquals": {"aws:SourceVpce": "vpce-1"}}


@pytest.fixture
def ask(tmp_path):
    """Asks about a role `app` with some statements, and about other resources."""

    def question(statements, action=GET, on=f"{ORDERS}/1", *, who="App", more=None, known=True, bound=None, **options):
        resources = {"App": role("app", *statements, **(bound or {})), **(more or {})}
        found = analysis(tmp_path, resources, known=known)
        asker, target = (identity(found, word) if word in resources else word for word in (who, on))
        return found.access.can(asker, action, target, **options)

    return question


def test_the_documented_question_is_answered_with_its_proof(tmp_path):
    found = analysis(tmp_path, {"F": function("f", "R"), "R": role("app", allow(GET, f"{ORDERS}/*"))})
    orders = found.estate.all(Function)[0]
    said = found.access.can(orders.role, GET, f"{ORDERS}/1").explain()
    assert said[0] == f"R: {GET} on {ORDERS}/1: allowed"
    assert any("statement 1 of inline policy own allows it (" in line and "template.json:" in line for line in said)


@pytest.mark.parametrize(
    ("statements", "outcome"),
    [
        ([allow(GET)], ALLOWED),
        ([allow(GET), deny("s3:*", f"{ORDERS}/*")], DENIED),
        ([allow("s3:PutObject")], SILENT),
        ([allow(GET, Condition=KEY)], UNKNOWN),
        ([allow(GET), deny(GET, Condition=KEY)], UNKNOWN),
    ],
)
def test_the_policies_of_a_role_decide(ask, statements, outcome):
    assert ask(statements).outcome is outcome


def test_what_is_not_known_is_named_with_the_condition(ask):
    answer = ask([allow(GET, Condition=KEY)])
    assert answer.condition == "[StringEquals aws:SourceVpce vpce-1]"
    assert [unknown.settle for unknown in answer.unknowns] == ["say what aws:SourceVpce is"]


@pytest.mark.parametrize(("given", "outcome"), [("vpce-1", ALLOWED), ("vpce-2", SILENT)])
def test_context_settles_it(ask, given, outcome):
    assert ask([allow(GET, Condition=KEY)], context={"aws:SourceVpce": given}).outcome is outcome


def test_in_a_closed_context_keys_that_are_not_given_are_absent(ask):
    assert ask([allow(GET, Condition=KEY)], closed=True).outcome is SILENT


def test_a_boundary_limits(ask):
    boundary = {"Limit": resource("IAM::ManagedPolicy", PolicyDocument=document(allow("sqs:*")))}
    answer = ask([allow(GET)], more=boundary, bound={"PermissionsBoundary": {"Ref": "Limit"}})
    assert answer.outcome is SILENT
    assert "the permissions boundary would have to allow it" in answer.changes


def bucket(*statements, **more):
    """The bucket `orders` with a policy."""
    policy = resource("S3::BucketPolicy", Bucket={"Ref": "Orders"}, PolicyDocument=document(*statements))
    return {"Orders": resource("S3::Bucket", BucketName="orders", **more), "Policy": policy}


def test_a_deny_of_the_resource_ends_it(ask):
    plain = admit("*", "s3:*", Resource=f"{ORDERS}/*", Effect="Deny")
    answer = ask([allow(GET)], more=bucket(plain))
    assert answer.outcome is DENIED
    assert "statement 1 of resource policy Policy would have to go, or to leave this request out" in answer.changes


def test_the_policy_of_the_resource_grants_within_the_account(ask):
    mine = admit({"AWS": f"arn:aws:iam::{ACCOUNT}:role/app"}, GET, Resource=f"{ORDERS}/*")
    assert ask([], more=bucket(mine)).outcome is ALLOWED


def test_a_deny_of_plain_http_does_not_stand_in_the_way(ask):
    plain = admit("*", "s3:*", Resource="*", Effect="Deny", Condition={"Bool": {"aws:SecureTransport": "false"}})
    assert ask([allow(GET)], more=bucket(plain)).outcome is ALLOWED


def test_another_account_needs_the_policy_of_the_resource(ask):
    partner = f"arn:aws:iam::{OTHER}:root"
    assert ask([], who=partner, more=bucket(admit({"AWS": OTHER}, GET, Resource=f"{ORDERS}/*"))).outcome is ALLOWED
    assert ask([], who=partner, more=bucket(admit({"AWS": ACCOUNT}, GET, Resource=f"{ORDERS}/*"))).outcome is SILENT


def test_a_role_elsewhere_has_policies_that_are_not_known(ask):
    stranger = f"arn:aws:iam::{OTHER}:role/x"
    answer = ask([], who=stranger, more=bucket(admit({"AWS": OTHER}, GET, Resource=f"{ORDERS}/*")))
    assert answer.outcome is UNKNOWN
    assert "not in what was scanned" in answer.unknowns[0].reason


def test_a_bucket_of_another_account_needs_a_policy_that_was_not_seen(ask):
    answer = ask([allow("sqs:SendMessage")], action="sqs:SendMessage", on=f"arn:aws:sqs:eu-west-1:{OTHER}:jobs")
    assert answer.outcome is UNKNOWN


@pytest.mark.parametrize(("blocked", "outcome"), [({}, DENIED), ({"RestrictPublicBuckets": False}, ALLOWED)])
def test_block_public_access_keeps_anybody_out(ask, blocked, outcome):
    more = bucket(
        admit("*", GET, Resource=f"{ORDERS}/*"), **({"PublicAccessBlockConfiguration": blocked} if blocked else {})
    )
    assert ask([], who="*", more=more).outcome is outcome


def test_a_permission_lets_a_service_invoke_a_function(ask):
    more = {
        "F": function("f", "App"),
        "P": resource(
            "Lambda::Permission",
            FunctionName={"Ref": "F"},
            Action="lambda:InvokeFunction",
            Principal="s3.amazonaws.com",
            SourceAccount=ACCOUNT,
        ),
    }
    invoke = {"action": "lambda:InvokeFunction", "on": "F", "more": more}
    assert ask([], who="s3.amazonaws.com", context={"aws:SourceAccount": ACCOUNT}, **invoke).outcome is ALLOWED
    assert ask([], who="s3.amazonaws.com", context={"aws:SourceAccount": OTHER}, **invoke).outcome is SILENT
    assert ask([], who="s3.amazonaws.com", **invoke).outcome is UNKNOWN
    assert ask([], who="sns.amazonaws.com", **invoke).outcome is SILENT


def test_taking_a_role_asks_its_trust_policy(ask):
    more = {"Admin": role("admin", allow("*"), trust=admit({"AWS": f"arn:aws:iam::{ACCOUNT}:role/app"}))}
    assert ask([], "sts:AssumeRole", "Admin", more=more).outcome is ALLOWED
    assert ask([allow("sts:AssumeRole")], "sts:AssumeRole", "App").outcome is SILENT


def test_a_key_without_a_policy_is_its_accounts(ask):
    more = {"Key": resource("KMS::Key")}
    assert ask([allow("kms:Decrypt")], "kms:Decrypt", "Key", more=more).outcome is ALLOWED
    assert ask([], "kms:Decrypt", "Key", more=more).outcome is SILENT


def test_a_key_that_was_not_scanned_is_unknown(ask):
    key = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1234"
    assert ask([allow("kms:Decrypt")], "kms:Decrypt", key).outcome is UNKNOWN


def test_an_account_that_is_not_known_is_not_guessed(ask):
    queue = f"arn:aws:sqs:eu-west-1:{ACCOUNT}:jobs"
    answer = ask([allow("sqs:SendMessage", queue)], "sqs:SendMessage", queue, known=False)
    assert answer.outcome is UNKNOWN


@pytest.mark.parametrize("statements", [[allow("*")], [deny("*")], [allow("s3:*")]])
def test_an_action_that_is_not_listed_is_unknown_whatever_policies_say(ask, statements):
    answer = ask(statements, action="s3:GetObjekt")
    assert answer.outcome is UNKNOWN
    assert "s3:GetObject" in answer.changes[0]


def test_the_function_that_asks_is_in_the_context(tmp_path):
    only = {"ArnEquals": {"lambda:SourceFunctionArn": f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:f"}}
    found = analysis(
        tmp_path, {"F": function("f", "R"), "G": function("g", "R"), "R": role("app", allow(GET, Condition=only))}
    )
    outcomes = {f.name: found.access.can(f, GET, f"{ORDERS}/1").outcome for f in found.estate.all(Function)}
    assert outcomes == {"f": ALLOWED, "g": SILENT}


def test_the_verdict_carries_the_statement(ask):
    verdict = ask([allow(GET)]).verdict
    assert isinstance(verdict, Yes)
    assert verdict.proof[0].place.path == ("Policies", 0, "PolicyDocument", "Statement", 0)


def test_an_action_that_works_on_no_resource_is_asked_about_none(ask):
    answer = ask([allow("s3:ListAllMyBuckets")], "s3:ListAllMyBuckets", ORDERS)
    assert answer.outcome is ALLOWED
    assert "s3:ListAllMyBuckets works on no resource: policies can only allow it on `*`" in answer.notes
    assert ask([allow("s3:ListAllMyBuckets", ORDERS)], "s3:ListAllMyBuckets", ORDERS).outcome is SILENT


def test_an_action_that_does_not_work_on_such_a_resource_is_told(ask):
    (note, *_) = ask([allow(GET)], on=ORDERS).notes
    assert note.startswith("s3:GetObject works on ")
    assert note.endswith("not on bucket")


@pytest.mark.parametrize("action", ["s3:*", "*", "s3:Get?bject"])
def test_a_pattern_is_no_action(ask, action):
    answer = ask([allow("*")], action)
    assert (answer.outcome, answer.changes) == (UNKNOWN, ("name one action",))


def test_a_function_whose_role_was_not_read_is_unknown(tmp_path):
    lost = resource("Lambda::Function", Role=f"arn:aws:iam::{ACCOUNT}:role/elsewhere")
    found = analysis(tmp_path, {"F": lost, **bucket(admit("*", GET, Resource=f"{ORDERS}/*", Effect="Deny"))})
    orders = found.estate.all(Function)[0]
    assert found.access.can(orders, "s3:PutObject", f"{ORDERS}/1").outcome is UNKNOWN
    assert found.access.can(orders, GET, f"{ORDERS}/1").outcome is DENIED


def test_a_resource_whose_name_is_not_known_may_be_the_one_that_is_asked_about(tmp_path):
    named = {"R": role("r", allow(GET)), "B": resource("S3::Bucket", BucketName={"Ref": "Name"})}
    found = analysis(tmp_path, named, parameters={"Name": {"Type": "String"}})
    assert found.access.can(identity(found, "R"), GET, f"{ORDERS}/1").outcome is UNKNOWN


@pytest.mark.parametrize(
    "arn", [ORDERS + "/x" * 200_000, "arn:" * 50_000, "a" * 1_000_000, f"{ORDERS}/\x1b[2J", "arn:::::"]
)
@pytest.mark.parametrize("who", ["App", "*", "arn:aws:iam::1:role/" + "x/" * 10_000, ":" * 10_000, "\ud800"])
def test_hostile_words_are_answered(ask, arn, who):
    more = {"B": resource("S3::Bucket", BucketName={"Fn::Sub": "${AWS::AccountId}-x"})}
    assert ask([allow("s3:GetObject", "arn:aws:s3:::*a*a*a*a*a*b")], on=arn, who=who, more=more, known=False).explain()


@pytest.mark.parametrize(
    ("written", "outcome"),
    [("db-*", ALLOWED), ("db-??????", UNKNOWN), ("db*", ALLOWED), ("db", SILENT), ("other-*", SILENT)],
)
def test_the_arn_of_a_secret_ends_in_what_aws_makes_up(ask, written, outcome):
    arn = f"arn:aws:secretsmanager:eu-west-1:{ACCOUNT}:secret:{written}"
    more = {"Db": resource("SecretsManager::Secret", Name="db")}
    assert (
        ask([allow("secretsmanager:GetSecretValue", arn)], "secretsmanager:GetSecretValue", "Db", more=more).outcome
        is outcome
    )


def test_a_reference_to_a_secret_is_that_secret(ask):
    more = {"Db": resource("SecretsManager::Secret", Name="db")}
    read = allow("secretsmanager:GetSecretValue", {"Ref": "Db"})
    assert ask([read], "secretsmanager:GetSecretValue", "Db", more=more).outcome is ALLOWED
