"""Exports the orders of a day; what it returns goes to the partner's queue."""

import os

import boto3
from boto3.dynamodb.conditions import Attr

table = boto3.resource("dynamodb").Table(os.environ["ORDERS_TABLE"])


def handler(event, _context):
    """Return the orders of the day that the message names."""
    day = event["Records"][0]["Sns"]["Message"]
    return {"day": day, "orders": table.scan(FilterExpression=Attr("day").eq(day))["Items"]}
