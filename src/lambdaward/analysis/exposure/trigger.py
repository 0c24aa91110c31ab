"""What every way of starting a function is normalised to."""

from __future__ import annotations

from msgspec import Struct

from lambdaward.model import Link, No, Place, Record, ResourceId, Value, Verdict


class Target(Struct, frozen=True):
    """A function as a trigger means it: behind an alias or version, and with the qualifier that it is called by."""

    function: ResourceId | None
    qualifier: Value = None


class Trigger(Struct, frozen=True, kw_only=True):
    """One way in which a function is started.

    `kind` is one of `KINDS`. `record` declares it, at `place`; `front` is the API, bucket, queue... that it comes through when
    that is another resource. `auth` names what a caller must show (`none`, `iam`, `authorizer`, `jwt`, `cognito`, `api-key`,
    `login`, `certificate`, or `service` when only an AWS service can call; `?` when it is not known). `public`: whether it can be
    reached from the internet at all; `anonymous`: whether anybody there gets through to the function without credentials.
    """

    kind: str
    target: Target
    link: Link
    record: Record
    place: Place
    shown: str
    front: ResourceId | None = None
    auth: str = "service"
    public: Verdict = No()
    anonymous: Verdict = No()


# What starts functions, in the words that reports use.
KINDS = {
    "alb": "load balancer",
    "appsync": "GraphQL API",
    "cognito": "user pool trigger",
    "config": "Config rule",
    "custom-resource": "custom resource",
    "destination": "another function's result",
    "documentdb": "DocumentDB stream",
    "dynamodb": "table stream",
    "edge": "CloudFront, at the edge",
    "events": "EventBridge rule",
    "firehose": "Firehose transformation",
    "http": "HTTP API",
    "iot": "IoT rule",
    "kafka": "Kafka",
    "kinesis": "Kinesis stream",
    "lattice": "VPC Lattice",
    "logs": "log subscription",
    "macro": "CloudFormation macro",
    "mq": "Amazon MQ",
    "object-lambda": "S3 Object Lambda",
    "pipe": "pipe",
    "rest": "REST API",
    "rotation": "secret rotation",
    "s3": "bucket",
    "schedule": "schedule",
    "ses": "incoming mail",
    "sns": "topic",
    "sqs": "queue",
    "state-machine": "state machine",
    "stream": "queue or stream",
    "url": "function URL",
    "websocket": "WebSocket API",
}
