"""Everything that one principal may do."""

import pytest
from asked import ACCOUNT, OTHER, admit, allow, analysis, deny, document, function, identity, resource, role

from lambdaward.analysis.permissions import Where
from lambdaward.catalog import actions
from lambdaward.model import Function


@pytest.fixture
def report(tmp_path):
    """The report of a function whose role `app` has some statements."""

    def told(*statements, more=None, **properties):
        resources = {"F": function("f", "App"), "App": role("app", *statements, **properties), **(more or {})}
        found = analysis(tmp_path, resources)
        return found.permissions.of(found.estate.get(Function, identity(found, "F")))

    return told


def allowed(report):
    """What is surely allowed on what."""
    return {(row.cell.shown, name) for row in report.rows() for name in row.sure}


def perhaps(report):
    """What is perhaps allowed on what."""
    return {(row.cell.shown, name) for row in report.rows() for name in row.perhaps}


def names(mask):
    """The names of a set."""
    return set(actions().names(mask))


def test_a_resource_of_the_estate_is_named(report):
    table = {"Table": resource("DynamoDB::Table", TableName="orders")}
    arn = {"Fn::GetAtt": ["Table", "Arn"]}
    assert allowed(report(allow("dynamodb:GetItem dynamodb:ListTables", arn), more=table)) == {
        ("Table", "dynamodb:GetItem")
    }


def test_a_grant_to_no_effect_is_told(report):
    table = {"Table": resource("DynamoDB::Table", TableName="orders")}
    arn = {"Fn::GetAtt": ["Table", "Arn"]}
    assert names(report(allow("dynamodb:ListTables", arn), more=table).idle) == {"dynamodb:ListTables"}


def test_objects_count_as_their_bucket(report):
    bucket = {"Files": resource("S3::Bucket", BucketName="files")}
    assert allowed(report(allow("s3:GetObject", "arn:aws:s3:::files/*"), more=bucket)) == {("Files", "s3:GetObject")}


def test_every_resource_is_told_once(report):
    bucket = {"Files": resource("S3::Bucket", BucketName="files")}
    found = report(allow("s3:GetObject s3:ListAllMyBuckets"), more=bucket)
    assert allowed(found) == {("every resource", "s3:GetObject"), ("no resource", "s3:ListAllMyBuckets")}


def test_a_pattern_that_reaches_all_of_a_kind_is_every_resource(report):
    found = report(allow("dynamodb:GetItem", f"arn:aws:dynamodb:eu-west-1:{ACCOUNT}:table/*"))
    assert allowed(found) == {("every resource", "dynamodb:GetItem")}


def test_what_was_not_scanned_goes_by_the_pattern_that_names_it(report):
    found = report(allow("s3:GetObject", "arn:aws:s3:::orders-*/*"))
    assert allowed(found) == {("arn:aws:s3:::orders-*/*", "s3:GetObject")}
    assert {cell.where for cell in found.cells} == {Where.NAMED}


def test_another_accounts_resource_is_not_settled(report):
    queue = f"arn:aws:sqs:eu-west-1:{OTHER}:jobs"
    assert perhaps(report(allow("sqs:SendMessage", queue))) == {(queue, "sqs:SendMessage")}


def test_keys_and_roles_that_were_not_scanned_are_not_settled(report):
    found = report(allow("kms:Decrypt sts:AssumeRole"))
    assert ("every resource", "kms:Decrypt") in perhaps(found)
    assert ("every resource", "sts:AssumeRole") in perhaps(found)


def test_a_deny_on_one_resource_is_an_exception(report):
    bucket = {"Files": resource("S3::Bucket", BucketName="files")}
    found = report(allow("s3:GetObject"), deny("s3:GetObject", "arn:aws:s3:::files/*"), more=bucket)
    assert dict(found.without()) == {"Files": ("s3:GetObject",)}


def test_what_a_deny_leaves_nothing_of_is_told(report):
    found = report(allow("s3:GetObject s3:PutObject"), deny("s3:Put*"))
    assert allowed(found) == {("every resource", "s3:GetObject")}
    assert names(found.denied) == {"s3:PutObject"}


def test_what_the_boundary_takes_away_is_told(report):
    limit = {"Limit": resource("IAM::ManagedPolicy", PolicyDocument=document(allow("s3:*")))}
    found = report(allow("s3:GetObject sqs:SendMessage"), more=limit, PermissionsBoundary={"Ref": "Limit"})
    assert allowed(found) == {("every resource", "s3:GetObject")}
    assert names(found.bounded) == {"sqs:SendMessage"}


def test_what_a_condition_decides_is_perhaps(report):
    found = report(allow("s3:GetObject", Condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}))
    assert perhaps(found) == {("every resource", "s3:GetObject")}
    assert found.sure == 0


def test_policies_of_resources_count(report):
    queue = resource("SQS::Queue", QueueName="jobs")
    policy = resource(
        "SQS::QueuePolicy",
        Queues=[{"Ref": "Jobs"}],
        PolicyDocument=document(admit({"AWS": f"arn:aws:iam::{ACCOUNT}:role/app"}, "sqs:SendMessage", Resource="*")),
    )
    assert allowed(report(more={"Jobs": queue, "Policy": policy})) == {("Jobs", "sqs:SendMessage")}
    policy["Properties"]["PolicyDocument"]["Statement"][0].update(Effect="Deny")
    found = report(allow("sqs:SendMessage"), more={"Jobs": queue, "Policy": policy})
    assert dict(found.without()) == {"Jobs": ("sqs:SendMessage",)}


def test_a_policy_that_was_not_seen_is_told(report):
    found = report(allow("s3:GetObject"), ManagedPolicyArns=[f"arn:aws:iam::{ACCOUNT}:policy/hidden"])
    assert ["not in what was scanned" in unknown.reason for unknown in found.unknowns] == [True]


def test_the_dangerous_is_told_by_kind(report):
    table = {"Table": resource("DynamoDB::Table", TableName="orders")}
    found = report(
        allow("dynamodb:GetItem", {"Fn::GetAtt": ["Table", "Arn"]}),
        allow("iam:PassRole lambda:CreateFunction lambda:InvokeFunction"),
        more=table,
    )
    kinds = [danger.kind for danger in found.dangers]
    assert kinds.index("escalation") < kinds.index("data") < kinds.index("without limit")
    assert "reads Table: dynamodb:GetItem" in [danger.text for danger in found.dangers]


def test_an_administrator_is_one_danger(report):
    assert [danger.kind for danger in report(allow("*")).dangers] == ["administrator"]


def test_writing_logs_is_no_danger(report):
    assert report(allow("logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents")).dangers == ()
