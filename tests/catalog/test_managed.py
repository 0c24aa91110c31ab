"""AWS's managed policies."""

import pytest

from lambdaward.catalog import managed_policy, managed_policy_arns, managed_policy_document

BASIC = "iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov", "aws-iso-b"])
def test_a_policy_is_known_in_every_partition(partition):
    document = managed_policy_document(f"arn:{partition}:{BASIC}")
    [statement] = document["Statement"]
    assert statement["Action"] == ("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents")


def test_a_policy_says_its_version_and_day():
    policy = managed_policy(f"arn:aws:{BASIC}")
    assert (policy.version[0], len(policy.date)) == ("v", 10)


@pytest.mark.parametrize(
    "arn", ["arn:aws:iam::aws:policy/Nothing", "arn:aws:iam::123456789012:policy/AdministratorAccess", "", "zzz"]
)
def test_another_policy_is_not_known(arn):
    assert managed_policy(arn) is None
    assert managed_policy_document(arn) is None


def test_every_policy_has_a_document_with_statements():
    arns = managed_policy_arns()
    assert len(arns) > 1500
    assert list(arns) == sorted(set(arns))
    assert all(managed_policy(arn).arn == arn and managed_policy_document(arn)["Statement"] for arn in arns)
