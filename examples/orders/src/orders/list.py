"""Lists a customer's orders."""

import json
import os

import boto3

table = boto3.resource("dynamodb").Table(os.environ["ORDERS_TABLE"])


def handler(event, _context):
    """Return the orders of the customer that the token names."""
    customer = event["requestContext"]["authorizer"]["jwt"]["claims"]["sub"]
    found = table.query(KeyConditionExpression=boto3.dynamodb.conditions.Key("id").eq(customer))
    return {"statusCode": 200, "body": json.dumps(found["Items"], default=str)}
