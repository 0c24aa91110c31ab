"""Sources that Lambda polls: queues, streams, brokers, clusters. Each is a mapping, and rights for the function's role."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import MapNode, Node
from lambdaward.sources.cloudformation.sam.building import Draft, put, without
from lambdaward.sources.cloudformation.sam.destinations import BUCKET, destination_policy
from lambdaward.sources.cloudformation.sam.events.event import Event, Subject, by
from lambdaward.sources.cloudformation.sam.events.secrets import polling_policy
from lambdaward.sources.cloudformation.sam.reading import dig, text
from lambdaward.sources.cloudformation.sam.stack import Stack

MAPPING = "AWS::Lambda::EventSourceMapping"
SOURCES = {
    "DocumentDB": "Cluster",
    "DynamoDB": "Stream",
    "Kinesis": "Stream",
    "MQ": "Broker",
    "MSK": "Stream",
    "SQS": "Queue",
    "SelfManagedKafka": "",
}
ROLES = {
    "DynamoDB": "AWSLambdaDynamoDBExecutionRole",
    "Kinesis": "AWSLambdaKinesisExecutionRole",
    "MSK": "AWSLambdaMSKExecutionRole",
    "SQS": "AWSLambdaSQSQueueExecutionRole",
}
KAFKA = {"MSK": "AmazonManagedKafkaEventSourceConfig", "SelfManagedKafka": "SelfManagedKafkaEventSourceConfig"}
SAME = (
    "StartingPosition",
    "StartingPositionTimestamp",
    "BatchSize",
    "Enabled",
    "MaximumBatchingWindowInSeconds",
    "MaximumRetryAttempts",
    "BisectBatchOnFunctionError",
    "MaximumRecordAgeInSeconds",
    "ParallelizationFactor",
    "Topics",
    "Queues",
    "SourceAccessConfigurations",
    "TumblingWindowInSeconds",
    "FunctionResponseTypes",
    "FilterCriteria",
    "KmsKeyArn",
    "ScalingConfig",
    "ProvisionedPollerConfig",
    "MetricsConfig",
    "LoggingConfig",
)
FAILURES = {"SQS": "SQS", "SNS": "SNS", "S3": BUCKET}


def lower_mapping(stack: Stack, subject: Subject, event: Event) -> None:
    """Add the event source mapping, and to the role what polling the source needs."""
    properties = {
        "FunctionName": subject.name,
        "EventSourceArn": event.get(SOURCES[event.type]) if SOURCES[event.type] else None,
        **event.held(*SAME),
        "SelfManagedEventSource": _bootstrap(event),
        **_kafka(event),
        "DocumentDBEventSourceConfig": _document_db(event),
        "DestinationConfig": _destination(event.get("DestinationConfig")),
    }
    stack.make(event.id, MAPPING, properties, by(subject, event))
    if event.type in ROLES:
        subject.role.attach_aws(f"service-role/{ROLES[event.type]}", event.at)
    polling = polling_policy(stack, event)
    if polling is not None:
        subject.role.allow(polling, event.at, once=True)
    _allow_failures(stack, subject, event)


def _bootstrap(event: Event) -> Draft:
    servers = event.get("KafkaBootstrapServers")
    return {"Endpoints": {"KafkaBootstrapServers": servers}} if servers else None


def _kafka(event: Event) -> dict[str, Draft]:
    config = event.held("ConsumerGroupId", "SchemaRegistryConfig")
    return {KAFKA[event.type]: config} if config and event.type in KAFKA else {}


def _document_db(event: Event) -> Draft:
    return event.held("DatabaseName", "CollectionName", "FullDocument") if event.type == "DocumentDB" else None


def _destination(config: Node | None) -> Node | None:
    """The destination of failed records as Lambda takes it: its Type is SAM's alone."""
    failure = dig(config, "OnFailure")
    if not isinstance(config, MapNode) or not isinstance(failure, MapNode):
        return config
    return put(config, ("OnFailure",), without(failure, "Type"), failure.span)


def _allow_failures(stack: Stack, subject: Subject, event: Event) -> None:
    failure = dig(event.get("DestinationConfig"), "OnFailure")
    kind = text(dig(failure, "Type"))
    if failure is None or kind in ("", "Kafka"):
        return
    if kind not in FAILURES:
        stack.problem(failure.span, f"the destination of {event.id} has no known Type", "give SQS, SNS, S3 or Kafka")
        return
    grant = destination_policy(FAILURES[kind], event.id, dig(failure, "Destination"))
    subject.role.allow(grant, event.key("DestinationConfig", "OnFailure"), once=True)
