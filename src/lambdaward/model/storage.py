"""Where data lies: buckets with their notifications, tables, file systems, image repositories."""

from typing import Annotated, ClassVar

from lambdaward.model.fields import Block, Blocks, Link, LinksTo, LinkTo, Prop
from lambdaward.model.function import ANY_FUNCTION
from lambdaward.model.messaging import KEYS, QUEUE, TOPIC
from lambdaward.model.record import BlockRecord, Record
from lambdaward.model.values import FlagValue, TextValue, Value

BUCKET = "AWS::S3::Bucket"
FILE_SYSTEM = "AWS::EFS::FileSystem"
TABLES = ("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable")


class BucketNotification(BlockRecord, frozen=True):
    """What a bucket sends to a function, queue or topic, and on which event."""

    event: Annotated[TextValue, Prop("Event", "text")] = None
    target: Annotated[Link | None, LinkTo("Function|Queue|Topic", (*ANY_FUNCTION, QUEUE, TOPIC))] = None


class PublicAccessBlock(BlockRecord, frozen=True):
    """A bucket's block of public access. Since April 2023 a bucket without one has all four on."""

    block_acls: Annotated[FlagValue, Prop("BlockPublicAcls", "flag")] = None
    ignore_acls: Annotated[FlagValue, Prop("IgnorePublicAcls", "flag")] = None
    block_policy: Annotated[FlagValue, Prop("BlockPublicPolicy", "flag")] = None
    restrict: Annotated[FlagValue, Prop("RestrictPublicBuckets", "flag")] = None


class Bucket(Record, frozen=True, kw_only=True):
    """An S3 bucket."""

    TYPES: ClassVar[tuple[str, ...]] = (BUCKET,)

    name: Annotated[TextValue, Prop("BucketName", "text")] = None
    functions: Annotated[
        tuple[BucketNotification, ...], Blocks("NotificationConfiguration.LambdaConfigurations", BucketNotification)
    ] = ()
    queues: Annotated[
        tuple[BucketNotification, ...], Blocks("NotificationConfiguration.QueueConfigurations", BucketNotification)
    ] = ()
    topics: Annotated[
        tuple[BucketNotification, ...], Blocks("NotificationConfiguration.TopicConfigurations", BucketNotification)
    ] = ()
    event_bridge: Annotated[Value, Prop("NotificationConfiguration.EventBridgeConfiguration")] = None
    public_access: Annotated[PublicAccessBlock | None, Block("PublicAccessBlockConfiguration", PublicAccessBlock)] = (
        None
    )
    acl: Annotated[TextValue, Prop("AccessControl", "text")] = None
    versioning: Annotated[TextValue, Prop("VersioningConfiguration.Status", "text")] = None
    ownership: Annotated[Value, Prop("OwnershipControls")] = None


class Table(Record, frozen=True, kw_only=True):
    """A DynamoDB table."""

    TYPES: ClassVar[tuple[str, ...]] = TABLES

    name: Annotated[TextValue, Prop("TableName", "text")] = None
    stream: Annotated[Value, Prop("StreamSpecification")] = None
    kms_key: Annotated[Link | None, LinkTo("SSESpecification.KMSMasterKeyId", KEYS)] = None
    recovery: Annotated[FlagValue, Prop("PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled", "flag")] = None


class ElasticFileSystem(Record, frozen=True, kw_only=True):
    """An EFS file system. Without a policy every client that reaches it may mount it."""

    TYPES: ClassVar[tuple[str, ...]] = (FILE_SYSTEM,)

    encrypted: Annotated[FlagValue, Prop("Encrypted", "flag")] = None
    policy: Annotated[Value, Prop("FileSystemPolicy")] = None


class AccessPoint(Record, frozen=True, kw_only=True):
    """An EFS access point: the POSIX user it enforces, and the folder it shows."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::EFS::AccessPoint",)

    file_system: Annotated[Link | None, LinkTo("FileSystemId", (FILE_SYSTEM,))] = None
    user: Annotated[TextValue, Prop("PosixUser.Uid", "text")] = None
    group: Annotated[TextValue, Prop("PosixUser.Gid", "text")] = None
    root: Annotated[TextValue, Prop("RootDirectory.Path", "text")] = None


class Repository(Record, frozen=True, kw_only=True):
    """An ECR repository of container images."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::ECR::Repository",)

    name: Annotated[TextValue, Prop("RepositoryName", "text")] = None
    scan_on_push: Annotated[FlagValue, Prop("ImageScanningConfiguration.ScanOnPush", "flag")] = None
    mutability: Annotated[TextValue, Prop("ImageTagMutability", "text")] = None


class ObjectLambdaAccessPoint(Record, frozen=True, kw_only=True):
    """An S3 Object Lambda access point, with the functions that change what is read through it."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::S3ObjectLambda::AccessPoint",)

    functions: Annotated[
        tuple[Link, ...],
        LinksTo(
            "ObjectLambdaConfiguration.TransformationConfigurations",
            ANY_FUNCTION,
            "ContentTransformation.AwsLambda.FunctionArn",
        ),
    ] = ()
