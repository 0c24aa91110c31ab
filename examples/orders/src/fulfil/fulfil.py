"""Marks orders as sent, one message each."""

import json
import os

import boto3
from botocore.exceptions import ClientError

table = boto3.resource("dynamodb").Table(os.environ["ORDERS_TABLE"])


def handler(event, _context):
    """Work through a batch; messages that fail are reported, so that only these come again."""
    failed = [record["messageId"] for record in event["Records"] if not sent(json.loads(record["body"]))]
    return {"batchItemFailures": [{"itemIdentifier": identity} for identity in failed]}


def sent(order):
    """Whether the order could be marked."""
    try:
        table.put_item(Item=order | {"state": "sent"})
    except ClientError:
        return False
    return True
