"""Lint: what is legal in a policy and still wrong is said, with its rule and place; what may be right is not."""

import pytest

from lambdaward.catalog import managed_policy_arns, managed_policy_document
from lambdaward.iam import parse
from lambdaward.iam.lint import RULES, lint

BUCKET, OBJECTS = "arn:aws:s3:::orders", "arn:aws:s3:::orders/*"


def said(action="s3:GetObject", resource="*", effect="Allow", **more):
    return {"Effect": effect, "Action": action, "Resource": resource, **more}


def remarks(statement, version="2012-10-17"):
    return [(one.rule, one.path[2:]) for one in lint(parse({"Version": version, "Statement": [statement]}))]


def rules(statement, version="2012-10-17"):
    return {rule for rule, _ in remarks(statement, version)}


def on(operator, key, value="a"):
    return {operator: {key: value}}


@pytest.mark.parametrize(
    ("statement", "rule", "path"),
    [
        (said("s3:ListBucket", OBJECTS), "no-such-resource", ("Action",)),
        (said("dynamodb:PutItem", "arn:aws:dynamodb:*:*:table/orders/*"), "no-such-resource", ("Action",)),
        (said(["s3:GetObject", "s3:GetObjekt"]), "unknown-action", ("Action", 1)),
        (said("nowhere:*"), "unknown-action", ("Action",)),
        (said(resource=BUCKET), "no-such-resource", ("Action",)),
        (said("s3:ListAllMyBuckets", BUCKET), "no-such-resource", ("Action",)),
        (said(resource=[OBJECTS, "arn:aws:sqs:*:*:jobs"]), "no-such-resource", ("Resource", 1)),
        (
            said(Condition=on("StringEquals", "iam:PassedToService")),
            "no-such-key",
            ("Condition", "StringEquals", "iam:PassedToService"),
        ),
        (said(Condition=on("Bool", "aws:Nothing", "true")), "no-such-key", ("Condition", "Bool", "aws:Nothing")),
        (
            said("sqs:TagQueue", Condition=on("StringEquals", "aws:TagKeys")),
            "set-operator",
            ("Condition", "StringEquals", "aws:TagKeys"),
        ),
        (
            said(Condition=on("ForAllValues:StringEquals", "aws:SourceVpc")),
            "set-operator",
            ("Condition", "ForAllValues:StringEquals", "aws:SourceVpc"),
        ),
        (said(Condition=on("Null", "aws:SourceIp", "x")), "never-applies", ("Condition", "Null", "aws:SourceIp")),
        ({"Effect": "Deny", "NotAction": "*", "Resource": "*"}, "never-applies", ()),
        ({"Effect": "Deny", "Action": "*", "NotResource": ["*", OBJECTS]}, "never-applies", ()),
        (said([]), "never-applies", ()),
        ({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}, "not-action-allow", ("NotAction",)),
        (said("*:Get*"), "spans-services", ("Action",)),
        (said("*"), "spans-services", ("Action",)),
    ],
)
def test_what_is_wrong_is_said_with_its_place(statement, rule, path):
    assert (rule, path) in remarks(statement)


def test_conditions_that_exclude_each_other_never_apply():
    tests = {"StringEquals": {"aws:SourceVpc": "vpc-1"}, "StringLike": {"aws:sourcevpc": "vpc-2*"}}
    assert "never-applies" in rules(said(Condition=tests))
    tests["StringLike"] = {"aws:sourcevpc": "vpc-*"}
    assert rules(said(Condition=tests)) == set()


def test_a_condition_on_a_key_that_never_comes_says_what_it_comes_to():
    def why(operator):
        statement = said(Condition=on(operator, "iam:PassedToService"))
        return next(lint(parse({"Version": "2012-10-17", "Statement": statement}))).reason

    assert why("StringEquals").endswith("never holds")
    assert why("StringNotEquals").endswith("always holds")
    assert why("StringEqualsIfExists").endswith("always holds")


def test_a_variable_of_the_older_language_is_plain_text():
    statement = said(resource="arn:aws:s3:::orders/${aws:username}/*")
    assert rules(statement, "2008-10-17") == {"literal-variable"}
    assert rules(statement) == set()


@pytest.mark.parametrize(
    "statement",
    [
        said(resource=OBJECTS),
        said("s3:*", [BUCKET, OBJECTS]),
        said(["s3:GetObject", "s3:ListBucket"], [BUCKET, OBJECTS]),
        said("s3:ListAllMyBuckets"),
        said("*", effect="Deny"),
        {"Effect": "Deny", "NotAction": "iam:*", "Resource": "*"},
        said("sts:AssumeRole", "arn:aws:iam::111111111111:role/app"),
        said("lambda:InvokeFunction", "arn:aws:lambda:*:*:function:orders:live"),
        said("kms:Decrypt", Condition=on("StringEquals", "kms:EncryptionContext:app")),
        said("secretsmanager:GetSecretValue", Condition=on("StringEquals", "secretsmanager:ResourceTag/team")),
        said(Condition=on("ArnEquals", "lambda:SourceFunctionArn", "arn:aws:lambda:eu-west-1:1:function:f")),
        said("sts:AssumeRoleWithWebIdentity", Condition=on("StringEquals", "token.actions.githubusercontent.com:sub")),
        said("iam:PassRole", Condition=on("StringEquals", "iam:PassedToService", "lambda.amazonaws.com")),
        said("sqs:TagQueue", Condition=on("ForAllValues:StringEquals", "aws:TagKeys")),
        said(Condition={**on("ForAllValues:StringEquals", "aws:SourceVpc"), **on("Null", "aws:SourceVpc", "false")}),
    ],
)
def test_what_may_be_right_is_passed(statement):
    assert rules(statement) - {"spans-services"} == set()


def test_every_rule_has_a_sentence():
    assert all(rule.__doc__ for rule in RULES.values())


def test_few_statements_of_the_policies_of_aws_have_remarks_beyond_their_actions_and_resources():
    found = [one for arn in managed_policy_arns() for one in lint(parse(managed_policy_document(arn)))]
    beyond = [one for one in found if one.rule not in ("unknown-action", "no-such-resource")]
    assert 0 < len(beyond) < 30
