"""AWS::Serverless::SimpleTable: a DynamoDB table with one key."""

from __future__ import annotations

from lambdaward.sources.cloudformation.sam.building import Draft
from lambdaward.sources.cloudformation.sam.reading import dig, is_set, text
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.stack import Made, Stack
from lambdaward.sources.cloudformation.sam.tags import tag_list

TYPES = {"String": "S", "Number": "N", "Binary": "B"}
SAME = ("PointInTimeRecoverySpecification", "SSESpecification", "TableName")


def lower_table(stack: Stack, table: Resource) -> None:
    """Replace a table."""
    key = table.get("PrimaryKey")
    name: Draft = dig(key, "Name") if key is not None else "id"
    throughput = table.get("ProvisionedThroughput")
    properties: dict[str, Draft] = {
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": TYPES.get(text(dig(key, "Type")), "S")}],
        "KeySchema": [{"AttributeName": name, "KeyType": "HASH"}],
        **table.held(*SAME),
        "ProvisionedThroughput": throughput if is_set(throughput) else None,
        "BillingMode": None if is_set(throughput) else "PAY_PER_REQUEST",
        "Tags": tag_list(table.get("Tags")) or None,
    }
    stack.make(table.id, "AWS::DynamoDB::Table", properties, Made(table.at, table.kept))
