"""REST APIs of Amazon API Gateway."""

from typing import Annotated, ClassVar

from lambdaward.model.fields import Blocks, Items, Link, LinksTo, LinkTo, OpenApi, Prop
from lambdaward.model.function import ANY_FUNCTION
from lambdaward.model.openapi import ApiDocument
from lambdaward.model.record import BlockRecord, Record
from lambdaward.model.values import FlagValue, NumberValue, TextValue, Value

REST_API = "AWS::ApiGateway::RestApi"
USER_POOL = "AWS::Cognito::UserPool"
REST_RESOURCE = "AWS::ApiGateway::Resource"
STAGE = "AWS::ApiGateway::Stage"


class RestApi(Record, frozen=True, kw_only=True):
    """A REST API. `document` is its OpenAPI document; without one its resources and methods are resources of their own."""

    TYPES: ClassVar[tuple[str, ...]] = (REST_API,)

    name: Annotated[TextValue, Prop("Name", "text")] = None
    document: Annotated[ApiDocument | None, OpenApi("Body")] = None
    body_location: Annotated[Value, Prop("BodyS3Location")] = None
    policy: Annotated[Value, Prop("Policy")] = None
    endpoint_types: Annotated[tuple[Value, ...], Items("EndpointConfiguration.Types")] = ()
    vpc_endpoints: Annotated[
        tuple[Link, ...], LinksTo("EndpointConfiguration.VpcEndpointIds", ("AWS::EC2::VPCEndpoint",))
    ] = ()
    default_endpoint_off: Annotated[FlagValue, Prop("DisableExecuteApiEndpoint", "flag")] = None
    key_source: Annotated[TextValue, Prop("ApiKeySourceType", "text")] = None


class RestResource(Record, frozen=True, kw_only=True):
    """One part of a path of a REST API."""

    TYPES: ClassVar[tuple[str, ...]] = (REST_RESOURCE,)

    api: Annotated[Link | None, LinkTo("RestApiId", (REST_API,))] = None
    parent: Annotated[Link | None, LinkTo("ParentId", (REST_RESOURCE,))] = None
    part: Annotated[TextValue, Prop("PathPart", "text")] = None


class RestMethod(Record, frozen=True, kw_only=True):
    """A method of a path: who may call it, and what it runs. `path` has no target when it is the API's root."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::ApiGateway::Method",)

    api: Annotated[Link | None, LinkTo("RestApiId", (REST_API,))] = None
    path: Annotated[Link | None, LinkTo("ResourceId", (REST_RESOURCE,))] = None
    verb: Annotated[TextValue, Prop("HttpMethod", "text")] = None
    authorization: Annotated[TextValue, Prop("AuthorizationType", "text")] = None
    authorizer: Annotated[Link | None, LinkTo("AuthorizerId", ("AWS::ApiGateway::Authorizer",))] = None
    key_required: Annotated[FlagValue, Prop("ApiKeyRequired", "flag")] = None
    validator: Annotated[Link | None, LinkTo("RequestValidatorId", ("AWS::ApiGateway::RequestValidator",))] = None
    integration: Annotated[TextValue, Prop("Integration.Type", "text")] = None
    function: Annotated[Link | None, LinkTo("Integration.Uri", ANY_FUNCTION)] = None
    request_parameters: Annotated[Value, Prop("Integration.RequestParameters")] = None


class RequestValidator(Record, frozen=True, kw_only=True):
    """A request validator of a REST API."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::ApiGateway::RequestValidator",)

    api: Annotated[Link | None, LinkTo("RestApiId", (REST_API,))] = None
    body: Annotated[FlagValue, Prop("ValidateRequestBody", "flag")] = None
    parameters: Annotated[FlagValue, Prop("ValidateRequestParameters", "flag")] = None


class RestAuthorizer(Record, frozen=True, kw_only=True):
    """An authorizer of a REST API: `TOKEN` and `REQUEST` run a function, `COGNITO_USER_POOLS` and `JWT` check a token."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::ApiGateway::Authorizer",)

    api: Annotated[Link | None, LinkTo("RestApiId", (REST_API,))] = None
    name: Annotated[TextValue, Prop("Name", "text")] = None
    type: Annotated[TextValue, Prop("Type", "text")] = None
    function: Annotated[Link | None, LinkTo("AuthorizerUri", ANY_FUNCTION)] = None
    user_pools: Annotated[tuple[Link, ...], LinksTo("ProviderARNs", (USER_POOL,))] = ()
    identity_source: Annotated[TextValue, Prop("IdentitySource", "text")] = None
    cache_seconds: Annotated[NumberValue, Prop("AuthorizerResultTtlInSeconds", "number")] = None


class MethodSetting(BlockRecord, frozen=True):
    """Settings of the methods of a stage: throttling and logging. Path `/*` and method `*` mean all."""

    path: Annotated[TextValue, Prop("ResourcePath", "text")] = None
    verb: Annotated[TextValue, Prop("HttpMethod", "text")] = None
    rate: Annotated[NumberValue, Prop("ThrottlingRateLimit", "number")] = None
    burst: Annotated[NumberValue, Prop("ThrottlingBurstLimit", "number")] = None
    logging: Annotated[TextValue, Prop("LoggingLevel", "text")] = None
    data_trace: Annotated[FlagValue, Prop("DataTraceEnabled", "flag")] = None


class RestStage(Record, frozen=True, kw_only=True):
    """A stage of a REST API."""

    TYPES: ClassVar[tuple[str, ...]] = (STAGE,)

    api: Annotated[Link | None, LinkTo("RestApiId", (REST_API,))] = None
    name: Annotated[TextValue, Prop("StageName", "text")] = None
    access_logs: Annotated[Value, Prop("AccessLogSetting|AccessLogSettings")] = None
    methods: Annotated[tuple[MethodSetting, ...], Blocks("MethodSettings", MethodSetting)] = ()
    variables: Annotated[Value, Prop("Variables")] = None
    tracing: Annotated[FlagValue, Prop("TracingEnabled", "flag")] = None


class RestDeployment(Record, frozen=True, kw_only=True):
    """A deployment of a REST API, which may make a stage of its own."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::ApiGateway::Deployment",)

    api: Annotated[Link | None, LinkTo("RestApiId", (REST_API,))] = None
    stage: Annotated[TextValue, Prop("StageName", "text")] = None
    description: Annotated[Value, Prop("StageDescription")] = None


class UsagePlan(Record, frozen=True, kw_only=True):
    """A usage plan: which stages it limits, and how."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::ApiGateway::UsagePlan",)

    apis: Annotated[tuple[Link, ...], LinksTo("ApiStages", (REST_API,), "ApiId")] = ()
    throttle: Annotated[Value, Prop("Throttle")] = None
    quota: Annotated[Value, Prop("Quota")] = None


class CustomDomain(Record, frozen=True, kw_only=True):
    """A custom domain name of REST or HTTP APIs."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::ApiGateway::DomainName", "AWS::ApiGatewayV2::DomainName")

    name: Annotated[TextValue, Prop("DomainName", "text")] = None
    mutual_tls: Annotated[Value, Prop("MutualTlsAuthentication")] = None
    access_mode: Annotated[TextValue, Prop("EndpointAccessMode", "text")] = None


class DomainMapping(Record, frozen=True, kw_only=True):
    """Which API a custom domain name serves."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::ApiGateway::BasePathMapping", "AWS::ApiGatewayV2::ApiMapping")

    domain: Annotated[
        Link | None, LinkTo("DomainName", ("AWS::ApiGateway::DomainName", "AWS::ApiGatewayV2::DomainName"))
    ] = None
    api: Annotated[Link | None, LinkTo("RestApiId|ApiId", (REST_API, "AWS::ApiGatewayV2::Api"))] = None
