"""Where a function's results and failed records go, and what its role needs to send them there."""

from __future__ import annotations

from lambdaward.sources.cloudformation.sam.building import Draft
from lambdaward.sources.cloudformation.sam.roles import allowing, policy

GRANTS = {
    "SQS": ("SQSPolicy", "sqs:SendMessage"),
    "SNS": ("SNSPolicy", "sns:publish"),
    "EventBridge": ("EventBridgePolicy", "events:PutEvents"),
    "Lambda": ("LambdaPolicy", "lambda:InvokeFunction"),
}
BUCKET = "S3Bucket"
DESTINATIONS = frozenset({*GRANTS, BUCKET})


def destination_policy(kind: str, name: str, arn: Draft) -> dict[str, Draft]:
    """The inline policy that lets a function send results to a destination of a kind."""
    if kind in GRANTS:
        suffix, action = GRANTS[kind]
        return allowing(name + suffix, action, arn)
    objects: Draft = {"Fn::Join": ["/", [arn, "*"]]}
    statements: list[Draft] = [
        {"Action": "s3:PutObject", "Effect": "Allow", "Resource": objects},
        {"Action": "s3:ListBucket", "Effect": "Allow", "Resource": arn},
    ]
    return policy(f"{name}S3Policy", statements)
