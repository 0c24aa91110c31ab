"""HTTP and WebSocket APIs of Amazon API Gateway, and GraphQL APIs of AWS AppSync."""

from typing import Annotated, ClassVar

from lambdaward.model.fields import Items, Link, LinksTo, LinkTo, OpenApi, Prop
from lambdaward.model.function import ANY_FUNCTION
from lambdaward.model.openapi import ApiDocument
from lambdaward.model.record import Record
from lambdaward.model.values import FlagValue, NumberValue, TextValue, Value

HTTP_API = "AWS::ApiGatewayV2::Api"
INTEGRATION = "AWS::ApiGatewayV2::Integration"
GRAPHQL_API = "AWS::AppSync::GraphQLApi"


class HttpApi(Record, frozen=True, kw_only=True):
    """An HTTP or WebSocket API (`protocol` says which; an OpenAPI `document` is of an HTTP API). `function` is the target of the
    quick-create form, which has no other route."""

    TYPES: ClassVar[tuple[str, ...]] = (HTTP_API,)

    name: Annotated[TextValue, Prop("Name", "text")] = None
    protocol: Annotated[TextValue, Prop("ProtocolType", "text")] = None
    document: Annotated[ApiDocument | None, OpenApi("Body")] = None
    body_location: Annotated[Value, Prop("BodyS3Location")] = None
    function: Annotated[Link | None, LinkTo("Target", ANY_FUNCTION)] = None
    route_key: Annotated[TextValue, Prop("RouteKey", "text")] = None
    cors_origins: Annotated[tuple[Value, ...], Items("CorsConfiguration.AllowOrigins")] = ()
    cors_credentials: Annotated[FlagValue, Prop("CorsConfiguration.AllowCredentials", "flag")] = None
    default_endpoint_off: Annotated[FlagValue, Prop("DisableExecuteApiEndpoint", "flag")] = None


class HttpRoute(Record, frozen=True, kw_only=True):
    """A route of an HTTP or WebSocket API."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::ApiGatewayV2::Route",)

    api: Annotated[Link | None, LinkTo("ApiId", (HTTP_API,))] = None
    key: Annotated[TextValue, Prop("RouteKey", "text")] = None
    target: Annotated[Link | None, LinkTo("Target", (INTEGRATION,))] = None
    authorization: Annotated[TextValue, Prop("AuthorizationType", "text")] = None
    authorizer: Annotated[Link | None, LinkTo("AuthorizerId", ("AWS::ApiGatewayV2::Authorizer",))] = None
    key_required: Annotated[FlagValue, Prop("ApiKeyRequired", "flag")] = None


class HttpIntegration(Record, frozen=True, kw_only=True):
    """What a route of an HTTP or WebSocket API runs."""

    TYPES: ClassVar[tuple[str, ...]] = (INTEGRATION,)

    api: Annotated[Link | None, LinkTo("ApiId", (HTTP_API,))] = None
    type: Annotated[TextValue, Prop("IntegrationType", "text")] = None
    function: Annotated[Link | None, LinkTo("IntegrationUri", ANY_FUNCTION)] = None
    request_parameters: Annotated[Value, Prop("RequestParameters")] = None


class HttpAuthorizer(Record, frozen=True, kw_only=True):
    """An authorizer of an HTTP or WebSocket API: `REQUEST` runs a function, `JWT` checks a token."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::ApiGatewayV2::Authorizer",)

    api: Annotated[Link | None, LinkTo("ApiId", (HTTP_API,))] = None
    name: Annotated[TextValue, Prop("Name", "text")] = None
    type: Annotated[TextValue, Prop("AuthorizerType", "text")] = None
    function: Annotated[Link | None, LinkTo("AuthorizerUri", ANY_FUNCTION)] = None
    issuer: Annotated[TextValue, Prop("JwtConfiguration.Issuer", "text")] = None
    audience: Annotated[tuple[Value, ...], Items("JwtConfiguration.Audience")] = ()
    identity_source: Annotated[tuple[Value, ...], Items("IdentitySource")] = ()
    cache_seconds: Annotated[NumberValue, Prop("AuthorizerResultTtlInSeconds", "number")] = None


class HttpStage(Record, frozen=True, kw_only=True):
    """A stage of an HTTP or WebSocket API."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::ApiGatewayV2::Stage",)

    api: Annotated[Link | None, LinkTo("ApiId", (HTTP_API,))] = None
    name: Annotated[TextValue, Prop("StageName", "text")] = None
    access_logs: Annotated[Value, Prop("AccessLogSettings")] = None
    rate: Annotated[NumberValue, Prop("DefaultRouteSettings.ThrottlingRateLimit", "number")] = None
    burst: Annotated[NumberValue, Prop("DefaultRouteSettings.ThrottlingBurstLimit", "number")] = None
    variables: Annotated[Value, Prop("StageVariables")] = None


class GraphQLApi(Record, frozen=True, kw_only=True):
    """A GraphQL API of AWS AppSync. Every request needs one of its authentication types; `API_KEY` is a public key."""

    TYPES: ClassVar[tuple[str, ...]] = (GRAPHQL_API,)

    name: Annotated[TextValue, Prop("Name", "text")] = None
    authentication: Annotated[TextValue, Prop("AuthenticationType", "text")] = None
    additional: Annotated[tuple[Value, ...], Items("AdditionalAuthenticationProviders")] = ()
    authorizer: Annotated[Link | None, LinkTo("LambdaAuthorizerConfig.AuthorizerUri", ANY_FUNCTION)] = None
    visibility: Annotated[TextValue, Prop("Visibility", "text")] = None
    logging: Annotated[Value, Prop("LogConfig")] = None


class GraphQLSource(Record, frozen=True, kw_only=True):
    """A data source of a GraphQL API; here those that are functions."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::AppSync::DataSource",)

    api: Annotated[Link | None, LinkTo("ApiId", (GRAPHQL_API,))] = None
    name: Annotated[TextValue, Prop("Name", "text")] = None
    type: Annotated[TextValue, Prop("Type", "text")] = None
    function: Annotated[Link | None, LinkTo("LambdaConfig.LambdaFunctionArn", ANY_FUNCTION)] = None
    role: Annotated[Link | None, LinkTo("ServiceRoleArn", ("AWS::IAM::Role",))] = None


class GraphQLResolver(Record, frozen=True, kw_only=True):
    """A resolver: which field of the schema reaches which data source. Data sources are linked by name or by reference."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::AppSync::Resolver",)

    api: Annotated[Link | None, LinkTo("ApiId", (GRAPHQL_API,))] = None
    type_name: Annotated[TextValue, Prop("TypeName", "text")] = None
    field: Annotated[TextValue, Prop("FieldName", "text")] = None
    source: Annotated[Link | None, LinkTo("DataSourceName", ("AWS::AppSync::DataSource",))] = None
    pipeline: Annotated[
        tuple[Link, ...], LinksTo("PipelineConfig.Functions", ("AWS::AppSync::FunctionConfiguration",))
    ] = ()
