"""Takes an order."""

import json
import os
import uuid

import boto3

table = boto3.resource("dynamodb").Table(os.environ["ORDERS_TABLE"])


def handler(event, _context):
    """Store the order as it came."""
    order = json.loads(event["body"]) | {"id": str(uuid.uuid4())}
    table.put_item(Item=order)
    return {"statusCode": 201, "body": order["id"]}
