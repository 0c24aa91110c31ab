"""A tool for the people who run the shop: looks up an order, or refunds it."""

import os

import boto3

table = boto3.resource("dynamodb").Table(os.environ["ORDERS_TABLE"])


def handler(event, _context):
    """Do what an operator asks for: `{"do": "show" | "refund", "order": id}`."""
    key = {"id": event["order"]}
    if event["do"] == "refund":
        table.update_item(
            Key=key,
            UpdateExpression="SET #state = :refunded",
            ExpressionAttributeNames={"#state": "state"},
            ExpressionAttributeValues={":refunded": "refunded"},
        )
    return table.get_item(Key=key).get("Item")
