"""Data of an estate: which resources hold some, and which actions read or change it."""

from __future__ import annotations

from msgspec import Struct

READ, WRITE = "read", "write"


class Use(Struct, frozen=True):
    """One way to use data of a resource type: what people call it, read or write, the action, and what stands behind the
    resource's own ARN when it is asked about."""

    type: str
    kind: str
    access: str
    action: str
    rest: str = ""


USES = (
    Use("AWS::DynamoDB::Table", "table", READ, "dynamodb:GetItem"),
    Use("AWS::DynamoDB::Table", "table", WRITE, "dynamodb:PutItem"),
    Use("AWS::DynamoDB::GlobalTable", "table", READ, "dynamodb:GetItem"),
    Use("AWS::DynamoDB::GlobalTable", "table", WRITE, "dynamodb:PutItem"),
    Use("AWS::S3::Bucket", "bucket", READ, "s3:GetObject", "/*"),
    Use("AWS::S3::Bucket", "bucket", WRITE, "s3:PutObject", "/*"),
    Use("AWS::SQS::Queue", "queue", READ, "sqs:ReceiveMessage"),
    Use("AWS::SQS::Queue", "queue", WRITE, "sqs:SendMessage"),
    Use("AWS::SNS::Topic", "topic", WRITE, "sns:Publish"),
    Use("AWS::Kinesis::Stream", "stream", READ, "kinesis:GetRecords"),
    Use("AWS::Kinesis::Stream", "stream", WRITE, "kinesis:PutRecord"),
    Use("AWS::SecretsManager::Secret", "secret", READ, "secretsmanager:GetSecretValue"),
    Use("AWS::SecretsManager::Secret", "secret", WRITE, "secretsmanager:PutSecretValue"),
    Use("AWS::SSM::Parameter", "parameter", READ, "ssm:GetParameter"),
    Use("AWS::SSM::Parameter", "parameter", WRITE, "ssm:PutParameter"),
    Use("AWS::KMS::Key", "key", READ, "kms:Decrypt"),
)
