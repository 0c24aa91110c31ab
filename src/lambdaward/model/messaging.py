"""Queues, topics and streams: what carries events to functions and takes their results."""

from typing import Annotated, ClassVar

from lambdaward.model.fields import Blocks, Items, Link, LinksTo, LinkTo, Prop
from lambdaward.model.function import ANY_FUNCTION
from lambdaward.model.record import BlockRecord, Record
from lambdaward.model.values import FlagValue, NumberValue, TextValue, Value

QUEUE = "AWS::SQS::Queue"
TOPIC = "AWS::SNS::Topic"
STREAM = "AWS::Kinesis::Stream"
KEYS = ("AWS::KMS::Key", "AWS::KMS::Alias")


class Queue(Record, frozen=True, kw_only=True):
    """An SQS queue. Encrypted by SQS itself unless `managed_encryption` is false. `visibility_timeout` in seconds."""

    TYPES: ClassVar[tuple[str, ...]] = (QUEUE,)

    name: Annotated[TextValue, Prop("QueueName", "text")] = None
    kms_key: Annotated[Link | None, LinkTo("KmsMasterKeyId", KEYS)] = None
    managed_encryption: Annotated[FlagValue, Prop("SqsManagedSseEnabled", "flag")] = None
    visibility_timeout: Annotated[NumberValue, Prop("VisibilityTimeout", "number")] = None
    dead_letter: Annotated[Link | None, LinkTo("RedrivePolicy.deadLetterTargetArn", (QUEUE,))] = None
    redrive: Annotated[Value, Prop("RedrivePolicy")] = None


class TopicSubscriber(BlockRecord, frozen=True):
    """A subscription that is written inside its topic."""

    protocol: Annotated[TextValue, Prop("Protocol", "text")] = None
    endpoint: Annotated[Link | None, LinkTo("Endpoint", (*ANY_FUNCTION, QUEUE))] = None


class Topic(Record, frozen=True, kw_only=True):
    """An SNS topic."""

    TYPES: ClassVar[tuple[str, ...]] = (TOPIC,)

    name: Annotated[TextValue, Prop("TopicName", "text")] = None
    kms_key: Annotated[Link | None, LinkTo("KmsMasterKeyId", KEYS)] = None
    subscribers: Annotated[tuple[TopicSubscriber, ...], Blocks("Subscription", TopicSubscriber)] = ()


class Subscription(Record, frozen=True, kw_only=True):
    """A subscription to a topic."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::SNS::Subscription",)

    topic: Annotated[Link | None, LinkTo("TopicArn", (TOPIC,))] = None
    protocol: Annotated[TextValue, Prop("Protocol", "text")] = None
    endpoint: Annotated[Link | None, LinkTo("Endpoint", (*ANY_FUNCTION, QUEUE))] = None
    dead_letter: Annotated[Link | None, LinkTo("RedrivePolicy.deadLetterTargetArn", (QUEUE,))] = None


class KinesisStream(Record, frozen=True, kw_only=True):
    """A Kinesis data stream."""

    TYPES: ClassVar[tuple[str, ...]] = (STREAM,)

    name: Annotated[TextValue, Prop("Name", "text")] = None
    encryption: Annotated[TextValue, Prop("StreamEncryption.EncryptionType", "text")] = None


class KinesisConsumer(Record, frozen=True, kw_only=True):
    """A registered consumer of a stream."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Kinesis::StreamConsumer",)

    stream: Annotated[Link | None, LinkTo("StreamARN", (STREAM,))] = None


class Firehose(Record, frozen=True, kw_only=True):
    """A Firehose delivery stream; `processors` holds the functions that transform its records."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::KinesisFirehose::DeliveryStream",)

    processors: Annotated[
        tuple[Value, ...],
        Items(
            "ExtendedS3DestinationConfiguration.ProcessingConfiguration.Processors"
            "|S3DestinationConfiguration.ProcessingConfiguration.Processors"
            "|AmazonopensearchserviceDestinationConfiguration.ProcessingConfiguration.Processors"
            "|HttpEndpointDestinationConfiguration.ProcessingConfiguration.Processors"
            "|RedshiftDestinationConfiguration.ProcessingConfiguration.Processors"
        ),
    ] = ()


class Broker(Record, frozen=True, kw_only=True):
    """An Amazon MQ broker."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::AmazonMQ::Broker",)

    public: Annotated[FlagValue, Prop("PubliclyAccessible", "flag")] = None
    engine: Annotated[TextValue, Prop("EngineType", "text")] = None


class KafkaCluster(Record, frozen=True, kw_only=True):
    """An MSK cluster. `public_access` `SERVICE_PROVIDED_EIPS` puts it on the internet."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::MSK::Cluster", "AWS::MSK::ServerlessCluster")

    public_access: Annotated[TextValue, Prop("BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type", "text")] = None
    unauthenticated: Annotated[FlagValue, Prop("ClientAuthentication.Unauthenticated.Enabled", "flag")] = None


class ReceiptRule(Record, frozen=True, kw_only=True):
    """A rule of SES for incoming mail, with the functions that it runs."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::SES::ReceiptRule",)

    recipients: Annotated[tuple[Value, ...], Items("Rule.Recipients")] = ()
    functions: Annotated[tuple[Link, ...], LinksTo("Rule.Actions", ANY_FUNCTION, "LambdaAction.FunctionArn")] = ()


class IotRule(Record, frozen=True, kw_only=True):
    """A topic rule of AWS IoT, with the functions that it runs."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::IoT::TopicRule",)

    sql: Annotated[TextValue, Prop("TopicRulePayload.Sql", "text")] = None
    functions: Annotated[tuple[Link, ...], LinksTo("TopicRulePayload.Actions", ANY_FUNCTION, "Lambda.FunctionArn")] = ()
