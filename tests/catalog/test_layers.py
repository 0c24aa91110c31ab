"""Publishers of public layers: known by account, name and Region together, never by the account alone."""

import pytest

from lambdaward.catalog import layer_arn, newest_version, owners, publisher, publishers


def test_there_are_enough_accounts_and_each_row_says_where_it_comes_from():
    accounts = {account for row in publishers() for account in row.accounts}
    assert len(accounts) >= 110
    assert all(len(account) == 12 and account.isdecimal() for account in accounts)
    assert all(row.source for row in publishers())


@pytest.mark.parametrize(
    ("account", "layer", "region", "owner"),
    [
        ("580247275435", "LambdaInsightsExtension", "us-east-1", "AWS"),
        ("580247275435", "LambdaInsightsExtension", "", "AWS"),
        ("580247275435", "LambdaInsightsExtension", "af-south-1", ""),
        ("464622532012", "Datadog-Python313", "eu-west-1", "Datadog"),
        ("464622532012", "tools", "eu-west-1", ""),
        ("210987654321", "Datadog-Python313", "eu-west-1", ""),
    ],
)
def test_a_publisher_is_known_by_account_name_and_region(account, layer, region, owner):
    assert publisher(account, layer, region) == owner


def test_an_account_that_two_publishers_use_is_told_apart_by_name_and_region():
    """066549572091 is Epsagon's, and AWS's for Lambda Insights in il-central-1."""
    assert publisher("066549572091", "epsagon-node-layer", "us-east-1") == "Epsagon"
    assert publisher("066549572091", "LambdaInsightsExtension-Arm64", "il-central-1") == "AWS"
    assert publisher("066549572091", "LambdaInsightsExtension-Arm64", "us-east-1") == ""
    assert set(owners("066549572091")) == {"AWS", "Epsagon"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("arn:aws:lambda:eu-west-1:123456789012:layer:tools:3", ("aws", "eu-west-1", "123456789012", "tools", "3")),
        (
            "arn:aws-cn:lambda:cn-north-1:123456789012:layer:a-b_c",
            ("aws-cn", "cn-north-1", "123456789012", "a-b_c", ""),
        ),
        ("arn:aws:lambda:${AWS::Region}:123456789012:layer:tools:3", ("aws", "", "123456789012", "tools", "3")),
        ("arn:${AWS::Partition}:lambda:${R}:123456789012:layer:tools:3", ("", "", "123456789012", "tools", "3")),
    ],
)
def test_the_parts_of_an_arn(text, parts):
    arn = layer_arn(text)
    assert (arn.partition, arn.region, arn.account, arn.name, arn.version) == parts


@pytest.mark.parametrize(
    "text", ["", "tools", "arn:aws:lambda:eu-west-1:1:layer:a:1", "arn:aws:lambda:eu-west-1:${Account}:layer:tools:3"]
)
def test_what_is_no_arn_of_a_layer_has_no_parts(text):
    assert layer_arn(text) is None


def test_the_newest_version_of_a_layer_of_aws_is_known_by_region():
    assert newest_version("LambdaInsightsExtension", "us-east-1") > 20
    assert newest_version("LambdaInsightsExtension", "nowhere-1") == 0
    assert newest_version("tools", "us-east-1") == 0
