"""Lambda beyond event functions: capacity providers, network connectors, MicroVM images, web functions.

Type and property names are those of the CloudFormation resource specification as the AWS CDK 2.275 carries it (read
November 2026). Customer-managed runtimes have no resource type there: a function only names one (`Function.runtime_arn`).
"""

from typing import Annotated, ClassVar

from lambdaward.model.fields import Block, Items, Link, LinksTo, LinkTo, Prop, Secret
from lambdaward.model.function import ROLE, VpcConfig
from lambdaward.model.record import Record
from lambdaward.model.values import NumberValue, TextValue, Value

CONNECTOR = "AWS::Lambda::NetworkConnector"
WEB_FUNCTION = "AWS::Lambda::WebFunction"
WEB_REVISION = "AWS::Lambda::WebFunctionRevision"
KEY = ("AWS::KMS::Key",)


class CapacityProvider(Record, frozen=True, kw_only=True):
    """A capacity provider of managed instances: the security boundary of all functions that run on it."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Lambda::CapacityProvider",)

    name: Annotated[TextValue, Prop("CapacityProviderName", "text")] = None
    vpc: Annotated[VpcConfig | None, Block("VpcConfig", VpcConfig)] = None
    operator_role: Annotated[Link | None, LinkTo("PermissionsConfig.CapacityProviderOperatorRoleArn", (ROLE,))] = None
    kms_key: Annotated[Link | None, LinkTo("KmsKeyArn", KEY)] = None
    log_group: Annotated[Link | None, LinkTo("TelemetryConfig.LoggingConfig.LogGroup", ("AWS::Logs::LogGroup",))] = None


class NetworkConnector(Record, frozen=True, kw_only=True):
    """A way into a VPC for MicroVMs or web functions. `addresses` `ServiceManaged` gives each interface a public address
    (in the API's model, not in the resource specification that was read)."""

    TYPES: ClassVar[tuple[str, ...]] = (CONNECTOR,)

    name: Annotated[TextValue, Prop("Name", "text")] = None
    operator_role: Annotated[Link | None, LinkTo("OperatorRole", (ROLE,))] = None
    vpc: Annotated[VpcConfig | None, Block("Configuration.VpcEgressConfiguration", VpcConfig)] = None
    protocol: Annotated[TextValue, Prop("Configuration.VpcEgressConfiguration.NetworkProtocol", "text")] = None
    addresses: Annotated[
        TextValue, Prop("Configuration.VpcEgressConfiguration.ElasticIpConfiguration.Type", "text")
    ] = None


class MicrovmImage(Record, frozen=True, kw_only=True):
    """A MicroVM image. Its environment is burnt into the snapshot; without connectors its MicroVMs reach the internet."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Lambda::MicrovmImage",)

    name: Annotated[TextValue, Prop("Name", "text")] = None
    base_image: Annotated[TextValue, Prop("BaseImageArn", "text")] = None
    base_version: Annotated[TextValue, Prop("BaseImageVersion", "text")] = None
    build_role: Annotated[Link | None, LinkTo("BuildRoleArn", (ROLE,))] = None
    artifact: Annotated[TextValue, Prop("CodeArtifact.Uri", "text")] = None
    environment: Annotated[Value, Secret("EnvironmentVariables")] = None
    capabilities: Annotated[tuple[Value, ...], Items("AdditionalOsCapabilities")] = ()
    connectors: Annotated[tuple[Link, ...], LinksTo("EgressNetworkConnectors", (CONNECTOR,))] = ()
    logging_off: Annotated[Value, Prop("Logging.Disabled")] = None
    log_group: Annotated[Link | None, LinkTo("Logging.CloudWatch.LogGroup", ("AWS::Logs::LogGroup",))] = None


class WebFunction(Record, frozen=True, kw_only=True):
    """A web function: a container for revisions (code and configuration) and endpoints (who reaches them)."""

    TYPES: ClassVar[tuple[str, ...]] = (WEB_FUNCTION,)

    name: Annotated[TextValue, Prop("FunctionName", "text")] = None


class WebFunctionRevision(Record, frozen=True, kw_only=True):
    """An immutable revision of a web function."""

    TYPES: ClassVar[tuple[str, ...]] = (WEB_REVISION,)

    function: Annotated[Link | None, LinkTo("FunctionName", (WEB_FUNCTION,))] = None
    runtime: Annotated[TextValue, Prop("BuildConfig.RuntimeConfig.Runtime", "text")] = None
    code_bucket: Annotated[Link | None, LinkTo("BuildConfig.CodeConfig.S3Object.Bucket", ("AWS::S3::Bucket",))] = None
    code_version: Annotated[TextValue, Prop("BuildConfig.CodeConfig.S3Object.VersionId", "text")] = None
    role: Annotated[Link | None, LinkTo("ServiceConfig.ExecutionRoleArn", (ROLE,))] = None
    environment: Annotated[Value, Secret("ServiceConfig.EnvironmentVariables")] = None
    connector: Annotated[Link | None, LinkTo("ServiceConfig.EgressNetworkConnectorArn", (CONNECTOR,))] = None
    kms_key: Annotated[Link | None, LinkTo("KmsKeyArn", KEY)] = None
    log_group: Annotated[
        Link | None, LinkTo("ServiceConfig.TelemetryConfig.LoggingConfig.LogGroup", ("AWS::Logs::LogGroup",))
    ] = None


class WebFunctionEndpoint(Record, frozen=True, kw_only=True):
    """An endpoint of a web function. With `auth` `ApplicationManaged` every request reaches the function, whatever a resource
    policy says; `IamAuth` needs a signed request."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Lambda::WebFunctionEndpoint",)

    function: Annotated[Link | None, LinkTo("FunctionName", (WEB_FUNCTION,))] = None
    name: Annotated[TextValue, Prop("EndpointName", "text")] = None
    auth: Annotated[TextValue, Prop("AuthType", "text")] = None
    type: Annotated[TextValue, Prop("EndpointType", "text")] = None
    revisions: Annotated[tuple[Link, ...], LinksTo("RevisionWeights", (WEB_REVISION,), "RevisionId")] = ()
    rate: Annotated[NumberValue, Prop("ThrottleConfig.RateLimit", "number")] = None
    regions: Annotated[tuple[Value, ...], Items("Regions")] = ()
