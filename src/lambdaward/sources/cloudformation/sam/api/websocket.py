"""AWS::Serverless::WebSocketApi: a WebSocket API with its routes, who may connect, its stage and its domain."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import Entry, MapNode, Node
from lambdaward.sources.cloudformation.sam.api.authorizers import permit_authorizer
from lambdaward.sources.cloudformation.sam.api.domain import lower_http_domain
from lambdaward.sources.cloudformation.sam.building import Draft, sub
from lambdaward.sources.cloudformation.sam.reading import dig, entries, is_null, is_set, is_true, text
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.stack import Made, Stack

CREATED_BY = "websocketapi:createdBy"
CONNECT = "$connect"
SPECIAL = frozenset({CONNECT, "$disconnect", "$default"})
DEFAULT_STAGE = "default"
INVOKE = (
    "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${__FunctionArn__}/invocations"
)
EXECUTE = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/${__Stage__}/"
SAME = (
    "ApiKeySelectionExpression",
    "Description",
    "DisableExecuteApiEndpoint",
    "DisableSchemaValidation",
    "IpAddressType",
    "RouteSelectionExpression",
)
STAGE = ("StageVariables", "AccessLogSettings", "DefaultRouteSettings", "RouteSettings")
ROUTE = (
    "ApiKeyRequired",
    "ModelSelectionExpression",
    "OperationName",
    "RequestModels",
    "RequestParameters",
    "RouteResponseSelectionExpression",
)


def lower_websocket_api(stack: Stack, api: Resource) -> None:
    """Replace a WebSocket API by what SAM makes of it."""
    own: dict[str, Draft] = {CREATED_BY: "SAM"}
    tags: dict[str, Draft] = {**entries(api.get("Tags")), **own}
    properties: dict[str, Draft] = {
        **api.held(*SAME),
        "Name": api.get("Name") or api.id,
        "ProtocolType": "WEBSOCKET",
        "Tags": tags,
    }
    stack.make(api.id, "AWS::ApiGatewayV2::Api", properties, Made(api.at, api.kept))
    routes = entries(api.get("Routes"))
    if not routes:
        stack.problem(api.at, f"{api.id} has no routes", "give Routes")
    for key, held in routes.items():
        _route(stack, api, key, held)
    passed = tags if is_true(api.get("PropagateTags")) else own
    lower_http_domain(stack, api, _stage(stack, api, passed), passed)


def _route(stack: Stack, api: Resource, key: str, held: Entry) -> None:
    """Add a route, its integration, and the permission to call its function."""
    if key not in SPECIAL and not key.isalnum():
        stack.problem(held.key_span, f"route {key} of {api.id} is not alphanumeric", "rename it")
        return
    name, settings, by = (
        f"{api.id}{key.replace('$', '').capitalize()}",
        entries(held.value),
        Made(held.key_span, api.inherited),
    )
    function: Node | None = dig(held.value, "FunctionArn")
    if function is None or is_null(function):
        stack.problem(held.key_span, f"route {key} of {api.id} has no FunctionArn", "give the function's ARN")
        return
    route: dict[str, Draft] = {
        "ApiId": {"Ref": api.id},
        "RouteKey": key,
        **{option: settings[option] for option in ROUTE if option in settings},
        "Target": {"Fn::Join": ["/", ["integrations", {"Ref": f"{name}Integration"}]]},
        **(_authorization(stack, api) if key == CONNECT else {}),
    }
    stack.make(f"{name}Route", "AWS::ApiGatewayV2::Route", route, by)
    integration: dict[str, Draft] = {
        "ApiId": {"Ref": api.id},
        "IntegrationType": "AWS_PROXY",
        "IntegrationUri": sub(INVOKE, __FunctionArn__=function),
        "TimeoutInMillis": settings.get("IntegrationTimeout"),
    }
    stack.make(f"{name}Integration", "AWS::ApiGatewayV2::Integration", integration, by)
    permission: dict[str, Draft] = {
        "Action": "lambda:InvokeFunction",
        "FunctionName": function,
        "Principal": "apigateway.amazonaws.com",
        "SourceArn": sub(EXECUTE + key, __ApiId__={"Ref": api.id}, __Stage__=api.get("StageName") or DEFAULT_STAGE),
    }
    stack.make(f"{name}Permission", "AWS::Lambda::Permission", permission, by)


def _authorization(stack: Stack, api: Resource) -> dict[str, Draft]:
    """What connecting requires. Who is connected may use every other route."""
    auth = stack.known(api.get("Auth"))
    if not isinstance(auth, MapNode) or not auth.entries:
        return {}
    kind = stack.known(auth.get("AuthType"))
    match text(kind):
        case "CUSTOM":
            return {"AuthorizationType": kind, "AuthorizerId": {"Ref": _authorizer(stack, api, auth)}}
        case "AWS_IAM" | "NONE":
            return {"AuthorizationType": kind}
    stack.problem(api.key("Auth"), f"Auth of {api.id} has no known AuthType", "give AWS_IAM, CUSTOM or NONE")
    return {}


def _authorizer(stack: Stack, api: Resource, auth: MapNode) -> str:
    name, function, role = f"{api.id}ConnectAuthorizer", auth.get("AuthArn"), auth.get("InvokeRole")
    if function is None or is_null(function):
        stack.problem(api.key("Auth"), f"Auth of {api.id} has no AuthArn", "give the ARN of the authorizer's function")
    elif not is_set(role):
        permit_authorizer(stack, api, f"{api.id}AuthorizerPermission", (function, api.key("Auth")))
    properties: dict[str, Draft] = {
        "ApiId": {"Ref": api.id},
        "AuthorizerCredentialsArn": role,
        "AuthorizerType": "REQUEST",
        "AuthorizerUri": sub(INVOKE, __FunctionArn__=function),
        "IdentitySource": auth.get("IdentitySource"),
        "Name": auth.get("Name") or name,
    }
    return stack.make(name, "AWS::ApiGatewayV2::Authorizer", properties, Made(api.key("Auth"), api.inherited))


def _stage(stack: Stack, api: Resource, tags: dict[str, Draft]) -> str:
    named = api.get("StageName")
    prefix = text(named) if named is not None else DEFAULT_STAGE
    name = f"{api.id}DefaultStage" if prefix == DEFAULT_STAGE else f"{api.id}{prefix}Stage"
    properties: dict[str, Draft] = {
        "ApiId": {"Ref": api.id},
        "StageName": named or DEFAULT_STAGE,
        **api.held(*STAGE),
        "Tags": tags,
        "AutoDeploy": True,
    }
    at = named.span if named is not None else api.at
    stack.references[f"{api.id}.Stage"] = name
    return stack.make(name, "AWS::ApiGatewayV2::Stage", properties, Made(at, api.inherited))
