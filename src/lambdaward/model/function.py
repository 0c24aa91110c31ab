"""Functions, and what belongs to one: versions, aliases, URLs, event sources, permissions, layers, code signing."""

from typing import Annotated, ClassVar

from msgspec import Struct

from lambdaward.model.fields import Block, Blocks, Items, Link, LinksTo, LinkTo, Prop, Secret
from lambdaward.model.origin import Place
from lambdaward.model.record import BlockRecord, Record
from lambdaward.model.values import FlagValue, NumberValue, TextValue, Unknown, Value

FUNCTION = "AWS::Lambda::Function"
VERSION = "AWS::Lambda::Version"
ALIAS = "AWS::Lambda::Alias"
ANY_FUNCTION = (FUNCTION, VERSION, ALIAS)
ROLE = "AWS::IAM::Role"
LAYER = "AWS::Lambda::LayerVersion"
CODE_SIGNING_CONFIG = "AWS::Lambda::CodeSigningConfig"


class LocalCode(Struct, frozen=True):
    """Code that lies on this machine, linked for engines.

    `kind` is `folder` (a source), `build` (a folder as it is uploaded, such as a CDK asset), `zip`, `file`, `inline`, `image` (an
    archive or OCI layout) or `context` (the folder that an image is built from; what its base brings is not there). `path` is
    relative to `root`, the project's folder, and empty for inline code, whose text is `inline`. `built` is the build of a
    source folder, relative to `root` too, where there is one.
    """

    kind: str
    path: str = ""
    inline: str = ""
    root: str = ""
    built: str = ""


Code = LocalCode | Unknown


class VpcConfig(BlockRecord, frozen=True):
    """The VPC settings of a function, capacity provider or network connector."""

    subnets: Annotated[tuple[Link, ...], LinksTo("SubnetIds", ("AWS::EC2::Subnet",))] = ()
    security_groups: Annotated[tuple[Link, ...], LinksTo("SecurityGroupIds", ("AWS::EC2::SecurityGroup",))] = ()
    ipv6: Annotated[FlagValue, Prop("Ipv6AllowedForDualStack", "flag")] = None


class FileSystem(BlockRecord, frozen=True):
    """A mounted EFS access point or S3 Files file system."""

    arn: Annotated[Link | None, LinkTo("Arn", ("AWS::EFS::AccessPoint", "AWS::S3Files::AccessPoint"))] = None
    mount: Annotated[TextValue, Prop("LocalMountPath", "text")] = None


class Function(Record, frozen=True, kw_only=True):
    """A Lambda function.

    Only an account knows what is deployed: `code_sha256` (base64, of the package), when the function was last `modified`, the
    digest that its image's tag meant (`resolved_image`), who signed the code that runs, and who signed each layer
    (`layer_profiles`, one for each of `layers`, empty for one that is not signed).
    """

    TYPES: ClassVar[tuple[str, ...]] = (FUNCTION,)

    name: Annotated[TextValue, Prop("FunctionName", "text")] = None
    description: Annotated[TextValue, Prop("Description", "text")] = None
    runtime: Annotated[TextValue, Prop("Runtime", "text")] = None
    handler: Annotated[TextValue, Prop("Handler", "text")] = None
    package_type: Annotated[TextValue, Prop("PackageType", "text")] = None
    image_uri: Annotated[TextValue, Prop("Code.ImageUri", "text")] = None
    image_command: Annotated[Value, Prop("ImageConfig.Command")] = None
    image_entry_point: Annotated[Value, Prop("ImageConfig.EntryPoint")] = None
    code_bucket: Annotated[Link | None, LinkTo("Code.S3Bucket", ("AWS::S3::Bucket",))] = None
    code_key: Annotated[TextValue, Prop("Code.S3Key", "text")] = None
    code_version: Annotated[TextValue, Prop("Code.S3ObjectVersion", "text")] = None
    code_storage_mode: Annotated[TextValue, Prop("Code.S3ObjectStorageMode", "text")] = None
    code_kms_key: Annotated[Link | None, LinkTo("Code.SourceKMSKeyArn", ("AWS::KMS::Key",))] = None
    role: Annotated[Link | None, LinkTo("Role", (ROLE,))] = None
    timeout: Annotated[NumberValue, Prop("Timeout", "number")] = None
    memory: Annotated[NumberValue, Prop("MemorySize", "number")] = None
    ephemeral_storage: Annotated[NumberValue, Prop("EphemeralStorage.Size", "number")] = None
    environment: Annotated[Value, Secret("Environment.Variables")] = None
    kms_key: Annotated[Link | None, LinkTo("KmsKeyArn", ("AWS::KMS::Key",))] = None
    layers: Annotated[tuple[Link, ...], LinksTo("Layers", (LAYER,))] = ()
    vpc: Annotated[VpcConfig | None, Block("VpcConfig", VpcConfig)] = None
    file_systems: Annotated[tuple[FileSystem, ...], Blocks("FileSystemConfigs", FileSystem)] = ()
    dead_letter: Annotated[
        Link | None, LinkTo("DeadLetterConfig.TargetArn", ("AWS::SQS::Queue", "AWS::SNS::Topic"))
    ] = None
    tracing: Annotated[TextValue, Prop("TracingConfig.Mode", "text")] = None
    reserved_concurrency: Annotated[NumberValue, Prop("ReservedConcurrentExecutions", "number")] = None
    code_signing: Annotated[Link | None, LinkTo("CodeSigningConfigArn", (CODE_SIGNING_CONFIG,))] = None
    log_group: Annotated[Link | None, LinkTo("LoggingConfig.LogGroup", ("AWS::Logs::LogGroup",))] = None
    log_format: Annotated[TextValue, Prop("LoggingConfig.LogFormat", "text")] = None
    application_log_level: Annotated[TextValue, Prop("LoggingConfig.ApplicationLogLevel", "text")] = None
    system_log_level: Annotated[TextValue, Prop("LoggingConfig.SystemLogLevel", "text")] = None
    architectures: Annotated[tuple[Value, ...], Items("Architectures")] = ()
    snap_start: Annotated[TextValue, Prop("SnapStart.ApplyOn", "text")] = None
    recursive_loop: Annotated[TextValue, Prop("RecursiveLoop", "text")] = None
    runtime_update: Annotated[TextValue, Prop("RuntimeManagementConfig.UpdateRuntimeOn", "text")] = None
    runtime_version: Annotated[TextValue, Prop("RuntimeManagementConfig.RuntimeVersionArn", "text")] = None
    runtime_arn: Annotated[TextValue, Prop("RuntimeConfig.RuntimeArn", "text")] = None
    runtime_alias: Annotated[TextValue, Prop("RuntimeConfig.RuntimeAlias", "text")] = None
    tenancy: Annotated[TextValue, Prop("TenancyConfig.TenantIsolationMode", "text")] = None
    durable: Annotated[Value, Prop("DurableConfig")] = None
    durable_retention: Annotated[NumberValue, Prop("DurableConfig.RetentionPeriodInDays", "number")] = None
    durable_kms_key: Annotated[Link | None, LinkTo("DurableConfig.KMSKeyArn", ("AWS::KMS::Key",))] = None
    capacity_provider: Annotated[
        Link | None,
        LinkTo(
            "CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.CapacityProviderArn",
            ("AWS::Lambda::CapacityProvider",),
        ),
    ] = None
    tags: Annotated[Value, Prop("Tags")] = None
    code_sha256: Annotated[TextValue, Prop("CodeSha256", "text")] = None
    modified: Annotated[TextValue, Prop("LastModified", "text")] = None
    resolved_image: Annotated[TextValue, Prop("Code.ResolvedImageUri", "text")] = None
    signing_profile: Annotated[TextValue, Prop("SigningProfileVersionArn", "text")] = None
    signing_job: Annotated[TextValue, Prop("SigningJobArn", "text")] = None
    layer_profiles: Annotated[tuple[Value, ...], Items("LayerSigningProfiles")] = ()
    code: Code = Unknown("no code is linked")


class FunctionVersion(Record, frozen=True, kw_only=True):
    """A published version. Only an account knows the layers and variables that it keeps."""

    TYPES: ClassVar[tuple[str, ...]] = (VERSION,)

    function: Annotated[Link | None, LinkTo("FunctionName", ANY_FUNCTION)] = None
    layers: Annotated[tuple[Link, ...], LinksTo("Layers", (LAYER,))] = ()
    environment: Annotated[Value, Secret("Environment.Variables")] = None


class Alias(Record, frozen=True, kw_only=True):
    """An alias: a name for a version, or for two with weights."""

    TYPES: ClassVar[tuple[str, ...]] = (ALIAS,)

    name: Annotated[TextValue, Prop("Name", "text")] = None
    function: Annotated[Link | None, LinkTo("FunctionName", ANY_FUNCTION)] = None
    version: Annotated[TextValue, Prop("FunctionVersion", "text")] = None
    weights: Annotated[Value, Prop("RoutingConfig.AdditionalVersionWeights")] = None


class FunctionUrl(Record, frozen=True, kw_only=True):
    """A function URL, of a function or one of its aliases."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Lambda::Url",)

    function: Annotated[Link | None, LinkTo("TargetFunctionArn", ANY_FUNCTION)] = None
    qualifier: Annotated[TextValue, Prop("Qualifier", "text")] = None
    auth_type: Annotated[TextValue, Prop("AuthType", "text")] = None
    invoke_mode: Annotated[TextValue, Prop("InvokeMode", "text")] = None
    cors_origins: Annotated[tuple[Value, ...], Items("Cors.AllowOrigins")] = ()
    cors_credentials: Annotated[FlagValue, Prop("Cors.AllowCredentials", "flag")] = None


class Permission(Record, frozen=True, kw_only=True):
    """One statement of a function's resource policy, as AddPermission writes it."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Lambda::Permission",)

    function: Annotated[Link | None, LinkTo("FunctionName", ANY_FUNCTION)] = None
    action: Annotated[TextValue, Prop("Action", "text")] = None
    principal: Annotated[TextValue, Prop("Principal", "text")] = None
    source_arn: Annotated[TextValue, Prop("SourceArn", "text")] = None
    source_account: Annotated[TextValue, Prop("SourceAccount", "text")] = None
    organization: Annotated[TextValue, Prop("PrincipalOrgID", "text")] = None
    event_source_token: Annotated[Value, Secret("EventSourceToken")] = None
    url_auth_type: Annotated[TextValue, Prop("FunctionUrlAuthType", "text")] = None
    via_url: Annotated[FlagValue, Prop("InvokedViaFunctionUrl", "flag")] = None


class EventSourceMapping(Record, frozen=True, kw_only=True):
    """A poller that reads a queue or stream and invokes a function."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Lambda::EventSourceMapping",)

    function: Annotated[Link | None, LinkTo("FunctionName", ANY_FUNCTION)] = None
    source: Annotated[
        Link | None,
        LinkTo(
            "EventSourceArn",
            (
                "AWS::SQS::Queue",
                "AWS::DynamoDB::Table",
                "AWS::DynamoDB::GlobalTable",
                "AWS::Kinesis::Stream",
                "AWS::Kinesis::StreamConsumer",
                "AWS::MSK::Cluster",
                "AWS::MSK::ServerlessCluster",
                "AWS::AmazonMQ::Broker",
                "AWS::DocDB::DBCluster",
            ),
        ),
    ] = None
    enabled: Annotated[FlagValue, Prop("Enabled", "flag")] = None
    on_failure: Annotated[
        Link | None,
        LinkTo("DestinationConfig.OnFailure.Destination", ("AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::S3::Bucket")),
    ] = None
    access: Annotated[tuple[Value, ...], Items("SourceAccessConfigurations")] = ()
    kafka_brokers: Annotated[Value, Prop("SelfManagedEventSource.Endpoints.KafkaBootstrapServers")] = None
    maximum_retries: Annotated[NumberValue, Prop("MaximumRetryAttempts", "number")] = None
    kms_key: Annotated[Link | None, LinkTo("KmsKeyArn", ("AWS::KMS::Key",))] = None


class EventInvokeConfig(Record, frozen=True, kw_only=True):
    """What becomes of asynchronous invocations: retries, and where results are sent."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Lambda::EventInvokeConfig",)

    function: Annotated[Link | None, LinkTo("FunctionName", ANY_FUNCTION)] = None
    qualifier: Annotated[TextValue, Prop("Qualifier", "text")] = None
    on_success: Annotated[
        Link | None,
        LinkTo(
            "DestinationConfig.OnSuccess.Destination",
            ("AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::Events::EventBus", FUNCTION),
        ),
    ] = None
    on_failure: Annotated[
        Link | None,
        LinkTo(
            "DestinationConfig.OnFailure.Destination",
            ("AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::Events::EventBus", "AWS::S3::Bucket", FUNCTION),
        ),
    ] = None
    maximum_age: Annotated[NumberValue, Prop("MaximumEventAgeInSeconds", "number")] = None


class Layer(Record, frozen=True, kw_only=True):
    """A layer version that this estate publishes, or that an account described: then with its hash (base64) and who signed it."""

    TYPES: ClassVar[tuple[str, ...]] = (LAYER,)

    name: Annotated[TextValue, Prop("LayerName", "text")] = None
    description: Annotated[TextValue, Prop("Description", "text")] = None
    runtimes: Annotated[tuple[Value, ...], Items("CompatibleRuntimes")] = ()
    content_bucket: Annotated[Link | None, LinkTo("Content.S3Bucket", ("AWS::S3::Bucket",))] = None
    code_sha256: Annotated[TextValue, Prop("Content.CodeSha256", "text")] = None
    signing_profile: Annotated[TextValue, Prop("Content.SigningProfileVersionArn", "text")] = None
    signing_job: Annotated[TextValue, Prop("Content.SigningJobArn", "text")] = None
    code: Code = Unknown("no content is linked")


class LayerPermission(Record, frozen=True, kw_only=True):
    """Who else may use a layer version."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Lambda::LayerVersionPermission",)

    layer: Annotated[Link | None, LinkTo("LayerVersionArn", (LAYER,))] = None
    action: Annotated[TextValue, Prop("Action", "text")] = None
    principal: Annotated[TextValue, Prop("Principal", "text")] = None
    organization: Annotated[TextValue, Prop("OrganizationId", "text")] = None


class CodeSigningConfig(Record, frozen=True, kw_only=True):
    """Which signing profiles may sign a function's code, and what happens to code they did not sign."""

    TYPES: ClassVar[tuple[str, ...]] = (CODE_SIGNING_CONFIG,)

    profiles: Annotated[
        tuple[Link, ...], LinksTo("AllowedPublishers.SigningProfileVersionArns", ("AWS::Signer::SigningProfile",))
    ] = ()
    untrusted: Annotated[TextValue, Prop("CodeSigningPolicies.UntrustedArtifactOnDeployment", "text")] = None
    modified: Annotated[TextValue, Prop("LastModified", "text")] = None


class SigningProfile(Record, frozen=True, kw_only=True):
    """A signing profile of AWS Signer. Only an account knows its `version` and `status` (`Active`, `Canceled`, `Revoked`)."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Signer::SigningProfile",)

    name: Annotated[TextValue, Prop("ProfileName", "text")] = None
    platform: Annotated[TextValue, Prop("PlatformId", "text")] = None
    validity: Annotated[Value, Prop("SignatureValidityPeriod")] = None
    version: Annotated[TextValue, Prop("ProfileVersion", "text")] = None
    status: Annotated[TextValue, Prop("Status", "text")] = None


def environment_place(function: Function | FunctionVersion, variable: str) -> Place:
    """Where a variable of a function's environment is set."""
    return function.place("Environment", "Variables", variable)
