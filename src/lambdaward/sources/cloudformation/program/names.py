"""CloudFormation's own names that several modules here need."""

from __future__ import annotations

NO_VALUE = "AWS::NoValue"
STACK = "AWS::CloudFormation::Stack"

PSEUDO = frozenset(
    {
        "AWS::AccountId",
        "AWS::NotificationARNs",
        "AWS::Partition",
        "AWS::Region",
        "AWS::StackId",
        "AWS::StackName",
        "AWS::URLSuffix",
    }
)


def partition(region: str) -> tuple[str, str]:
    """The partition of a Region and its URL suffix."""
    if region.startswith("cn-"):
        return "aws-cn", "amazonaws.com.cn"
    if region.startswith("us-gov-"):
        return "aws-us-gov", "amazonaws.com"
    return "aws", "amazonaws.com"
