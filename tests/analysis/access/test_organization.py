"""Policies of an organization limit an account where saved answers or a template say that they are attached."""

import json

import pytest

from lambdaward import analyse, load
from lambdaward.iam import Outcome
from lambdaward.model import No, Yes

ACCOUNT, OTHER, MANAGEMENT = "111122223333", "444455556666", "999988887777"
ROOT, UNIT = "r-ab12", "ou-ab12-11111111"
ORGANIZATION = f"arn:aws:organizations::{MANAGEMENT}"
ORDERS = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:orders"
UPDATE, INVOKE = "lambda:UpdateFunctionCode", "lambda:InvokeFunction"
ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
NO_UPDATES = {"Sid": "NoCode", "Effect": "Deny", "Action": "lambda:Update*", "Resource": "*"}


def document(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def policy(name, targets, *statements, kind="SERVICE_CONTROL_POLICY"):
    owner = "aws" if name == "FullAWSAccess" else MANAGEMENT
    summary = {"Id": f"p-{name}", "Arn": f"arn:aws:organizations::{owner}:policy/{name}", "Name": name, "Type": kind}
    described = {"PolicySummary": summary, "Content": json.dumps(document(*statements))}
    return {f"{name}.json": {"Policy": described, "Targets": [{"TargetId": target} for target in targets]}}


def role(name, account=ACCOUNT, path="/"):
    trust = document({"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"})
    return {
        "RoleName": name,
        "Arn": f"arn:aws:iam::{account}:role{path}{name}",
        "Path": path,
        "AssumeRolePolicyDocument": trust,
        "RolePolicyList": [{"PolicyName": "all", "PolicyDocument": document(ALL)}],
    }


def accounts(*paths):
    listed = [
        {
            "Id": number,
            "Arn": f"{ORGANIZATION}:account/o-abcdefghij/{number}",
            "Paths": [f"o-abcdefghij/{path}/{number}/"],
        }
        for number, path in paths
    ]
    return {"accounts.json": {"Accounts": listed}}


FULL = policy("FullAWSAccess", (ROOT, UNIT, ACCOUNT, OTHER, MANAGEMENT), ALL)
PLACES = accounts((ACCOUNT, f"{ROOT}/{UNIT}"), (OTHER, ROOT), (MANAGEMENT, ROOT))


@pytest.fixture
def ask(tmp_path):
    """Asks about a role of some account that may do anything by its own policies."""

    def question(action, files, *, account=ACCOUNT, path="/", resource=ORDERS, **options):
        saved = {"iam.json": {"RoleDetailList": [role("app", account, path)]}, **files}
        for name, content in saved.items():
            (tmp_path / name).write_text(json.dumps(content))
        found = analyse(load(tmp_path))
        return found.access.can(f"arn:aws:iam::{account}:role{path}app", action, resource, **options)

    return question


def test_a_deny_of_a_unit_above_the_account_denies(ask):
    answer = ask(UPDATE, FULL | PLACES | policy("guard", [UNIT], NO_UPDATES))
    assert answer.outcome is Outcome.EXPLICITLY_DENIED
    assert any("statement NoCode of SCP guard denies it" in line for line in answer.explain())


def test_what_no_policy_denies_is_allowed_and_nothing_is_taken_as_given(ask):
    answer = ask(INVOKE, FULL | PLACES | policy("guard", [UNIT], NO_UPDATES))
    assert answer.outcome is Outcome.ALLOWED
    assert not any("organization" in note for note in answer.notes)


def test_other_accounts_and_the_management_account_are_not_limited(ask):
    files = FULL | PLACES | policy("guard", [UNIT], NO_UPDATES)
    assert ask(UPDATE, files, account=OTHER, resource="*").outcome is Outcome.ALLOWED
    everywhere = FULL | PLACES | policy("guard", [ROOT], NO_UPDATES)
    assert ask(UPDATE, everywhere, account=OTHER, resource="*").outcome is Outcome.EXPLICITLY_DENIED
    assert ask(UPDATE, everywhere, account=MANAGEMENT, resource="*").outcome is Outcome.ALLOWED


def test_service_linked_roles_are_not_limited(ask):
    files = FULL | PLACES | policy("guard", [ROOT], NO_UPDATES)
    answer = ask(UPDATE, files, path="/aws-service-role/x.amazonaws.com/")
    assert answer.outcome is Outcome.ALLOWED


def test_a_level_that_allows_a_list_only_denies_the_rest(ask):
    full = policy("FullAWSAccess", (ROOT, UNIT), ALL)
    answer = ask(UPDATE, full | PLACES | policy("list", [ACCOUNT], {**ALL, "Action": "lambda:Invoke*"}))
    assert answer.outcome is Outcome.IMPLICITLY_DENIED
    assert any(
        "the service control policies of every level would have to allow it" in line for line in answer.explain()
    )
    assert ask(INVOKE, {}).outcome is Outcome.ALLOWED


def test_where_the_account_stands_is_not_known_a_deny_is_in_doubt(ask):
    answer = ask(UPDATE, FULL | policy("guard", [UNIT], NO_UPDATES))
    assert answer.outcome is Outcome.UNKNOWN
    assert [unknown.reason for unknown in answer.unknowns] == [
        f"whether account {ACCOUNT} is below {UNIT} is not known"
    ]
    assert ask(INVOKE, {}).outcome is Outcome.ALLOWED


def test_a_policy_on_the_account_itself_needs_no_place(ask):
    assert ask(UPDATE, policy("guard", [ACCOUNT], NO_UPDATES)).outcome is Outcome.EXPLICITLY_DENIED
    assert ask(INVOKE, {}).outcome is Outcome.ALLOWED


def test_beside_a_list_full_access_is_perhaps_attached_where_it_was_not_read(ask):
    answer = ask(UPDATE, policy("list", [ACCOUNT], {**ALL, "Action": "lambda:Invoke*"}))
    assert [unknown.reason for unknown in answer.unknowns] == ["whether FullAWSAccess is attached beside SCP list"]
    assert ask(INVOKE, {}).outcome is Outcome.ALLOWED


def test_resource_control_policies_limit_the_account_that_has_the_resource(ask):
    deny = {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*"}
    files = FULL | PLACES | policy("edge", [UNIT], deny, kind="RESOURCE_CONTROL_POLICY")
    queue = "arn:aws:sqs:eu-west-1:{}:jobs"
    assert ask("sqs:SendMessage", files, resource=queue.format(ACCOUNT)).outcome is Outcome.EXPLICITLY_DENIED
    answer = ask("sqs:SendMessage", files, account=OTHER, resource=queue.format(OTHER))
    assert answer.outcome is Outcome.ALLOWED


def test_without_such_policies_the_answer_says_that_they_are_not_known(ask):
    assert "policies of the organization are not known" in ask(UPDATE, {}).notes


def test_rules_count_what_is_denied_in_all_circumstances(tmp_path):
    regions = {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}
    by_region = {**NO_UPDATES, "Action": "sqs:*", "Condition": regions}
    files = FULL | PLACES | policy("guard", [UNIT], NO_UPDATES, by_region)
    for name, content in {"iam.json": {"RoleDetailList": [role("app")]}, **files}.items():
        (tmp_path / name).write_text(json.dumps(content))
    access = analyse(load(tmp_path)).access
    who = access.questions.asker(f"arn:aws:iam::{ACCOUNT}:role/app").principal
    assert isinstance(access.allows(who, UPDATE, ORDERS), No)
    assert isinstance(access.allows(who, INVOKE, ORDERS), Yes)
    assert isinstance(access.allows(who, "sqs:SendMessage", "*"), Yes)


def test_a_template_declares_policies_with_their_targets(tmp_path):
    statement = {**ALL, "Effect": "Deny", "Action": "lambda:*"}
    declared = {
        "Name": "guard",
        "Type": "SERVICE_CONTROL_POLICY",
        "Content": document(statement),
        "TargetIds": [ACCOUNT],
    }
    template = {"Resources": {"Guard": {"Type": "AWS::Organizations::Policy", "Properties": declared}}}
    (tmp_path / "template.json").write_text(json.dumps(template))
    (tmp_path / "iam.json").write_text(json.dumps({"RoleDetailList": [role("app")]}))
    access = analyse(load(tmp_path)).access
    answer = access.can(f"arn:aws:iam::{ACCOUNT}:role/app", UPDATE, ORDERS)
    assert answer.outcome is Outcome.EXPLICITLY_DENIED


@pytest.mark.parametrize("broken", [{"PolicySummary": {}}, {"PolicySummary": {"Id": 1}, "Content": "{}"}])
def test_a_policy_that_is_not_what_the_api_gives_is_told(tmp_path, broken):
    (tmp_path / "policy.json").write_text(json.dumps({"Policy": broken, "Targets": []}))
    (problem,) = load(tmp_path).coverage.problems
    assert "is not what Organizations gives" in problem.message


def test_a_policy_without_its_targets_is_told(tmp_path):
    content = policy("guard", [], NO_UPDATES)["guard.json"]
    (tmp_path / "guard.json").write_text(json.dumps({"Policy": content["Policy"]}))
    (problem,) = load(tmp_path).coverage.problems
    assert problem.message == "what policy p-guard of the organization is attached to is not in the file"


def test_no_path_leads_through_what_the_organization_denies(tmp_path):
    update = {**ALL, "Action": ["lambda:UpdateFunctionCode", "iam:GetRole"]}
    changer = {**role("changer"), "RolePolicyList": [{"PolicyName": "own", "PolicyDocument": document(update)}]}
    function = {"FunctionName": "orders", "FunctionArn": ORDERS, "Role": role("app")["Arn"], "Version": "$LATEST"}
    saved = {"iam.json": {"RoleDetailList": [role("app"), changer]}, "functions.json": {"Functions": [function]}}

    def reached(files):
        for name, content in (saved | files).items():
            (tmp_path / name).write_text(json.dumps(content))
        found = analyse(load(tmp_path))
        start = found.access.questions.asker(changer["Arn"]).principal
        graph = found.graph
        return {node.shown for node in graph.radius(graph.node(start)).nodes}

    assert "any function of the account" in reached({})
    assert "any function of the account" not in reached(FULL | PLACES | policy("guard", [UNIT], NO_UPDATES))
