"""AWS::Serverless::HttpApi: an HTTP API with its stage, authorizers' permissions and domain."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import MapNode, Node
from lambdaward.sources.cloudformation.sam.api.authorizers import INVOKE, permit_authorizer
from lambdaward.sources.cloudformation.sam.api.cors import add_http_cors
from lambdaward.sources.cloudformation.sam.api.domain import lower_http_domain
from lambdaward.sources.cloudformation.sam.api.implicit import conditional
from lambdaward.sources.cloudformation.sam.api.security import AWS_IAM, SIGNED, leave_open, require_http_by_default
from lambdaward.sources.cloudformation.sam.building import Draft, build, put, sub
from lambdaward.sources.cloudformation.sam.functions.code import PLAIN_KEYS, location
from lambdaward.sources.cloudformation.sam.hashing import stage_id
from lambdaward.sources.cloudformation.sam.reading import (
    dig,
    entries,
    is_null,
    is_set,
    is_true,
    items,
    text,
    uncapitalised,
)
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.stack import Made, Stack

SCHEMES = ("components", "securitySchemes")
AUTHORIZER = "x-amazon-apigateway-authorizer"
ENDPOINT = "x-amazon-apigateway-endpoint-configuration"
INFO = {"Name": "title", "Description": "description"}
TAG_VALUE = "x-amazon-apigateway-tag-value"
DEFAULT_STAGE = "$default"
CREATED_BY = "httpapi:createdBy"
STAGE = ("StageVariables", "AccessLogSettings", "DefaultRouteSettings", "RouteSettings")
IDENTITY = {
    "Headers": "$request.header.",
    "QueryStrings": "$request.querystring.",
    "StageVariables": "$stageVariables.",
    "Context": "$context.",
}


def lower_http_api(stack: Stack, api: Resource) -> None:
    """Replace an HTTP API by what SAM makes of it."""
    document = _document(stack, api)
    uri = api.get("DefinitionUri")
    properties: dict[str, Draft] = {
        "Body": document,
        "BodyS3Location": location(stack, uri, PLAIN_KEYS) if is_set(uri) and document is None else None,
        **({"FailOnWarnings": True} if is_true(api.get("FailOnWarnings")) else {}),
    }
    stack.make(api.id, "AWS::ApiGatewayV2::Api", properties, Made(api.at, api.kept))
    stage = _stage(stack, api, _tags(api, document))
    lower_http_domain(stack, api, stage, {**_tags(api, document), CREATED_BY: "SAM"})
    _permit(stack, api)


def _document(stack: Stack, api: Resource) -> MapNode | None:
    body = stack.bodies.get(api.id)
    if body is None:
        return None
    document = add_http_cors(stack, api, conditional(stack, api.id, body))
    document = _authorize(stack, api, document)
    closed = api.get("DisableExecuteApiEndpoint")
    if closed is not None:
        document = put(document, ("servers",), [{ENDPOINT: {"disableExecuteApiEndpoint": closed}}], closed.span)
    for key, name in INFO.items():
        value = api.get(key)
        document = put(document, ("info", name), value, value.span) if value is not None and is_set(value) else document
    named: list[Draft] = [{"name": name, TAG_VALUE: value} for name, value in _tags(api, document).items()]
    return put(document, ("tags",), [*items(document.get("tags")), *named], api.at) if named else document


def _tags(api: Resource, document: MapNode | None) -> dict[str, Draft]:
    """The user's tags, and SAM's where the definition is in the template and says that it is OpenAPI 3."""
    own = {CREATED_BY: "SAM"} if text(dig(document, "openapi")).startswith("3") else {}
    return {**entries(api.get("Tags")), **own}


def _authorize(stack: Stack, api: Resource, document: MapNode) -> MapNode:
    auth = stack.known(api.get("Auth"))
    if not isinstance(auth, MapNode):
        return document
    if is_true(auth.get("EnableIamAuthorizer")):
        document = put(document, (*SCHEMES, AWS_IAM), SIGNED, auth.span)
    authorizers = entries(auth.get("Authorizers"))
    for name, held in authorizers.items():
        document = put(document, (*SCHEMES, name), _scheme(held.value), held.key_span)
    default = stack.decided(auth.get("DefaultAuthorizer"), f"DefaultAuthorizer of {api.id}")
    if default is None:
        return document
    name = text(default)
    if not name:
        return leave_open(document, default)
    if name not in authorizers and not (name == AWS_IAM and is_true(auth.get("EnableIamAuthorizer"))):
        stack.problem(default.span, f"the default authorizer {name} is not defined", "define it under Authorizers")
        return document
    scopes = dig(authorizers[name].value, "AuthorizationScopes") if name in authorizers else None
    return require_http_by_default(document, name, scopes, default.span)


def _scheme(authorizer: Node) -> Node:
    """An authorizer as a security scheme: a JSON web token, or a function that is asked."""
    token = dig(authorizer, "JwtConfiguration")
    if token is not None:
        lowered = {uncapitalised(name): held for name, held in entries(token).items()}
        config: dict[str, Draft] = {
            "jwtConfiguration": lowered or token,
            "identitySource": dig(authorizer, "IdentitySource"),
            "type": "jwt",
        }
        return build({"type": "oauth2", AUTHORIZER: config}, authorizer.span)
    identity = dig(authorizer, "Identity")
    role = dig(authorizer, "FunctionInvokeRole")
    sources = [prefix + text(item) for key, prefix in IDENTITY.items() for item in items(dig(identity, key))]
    config = {
        "type": "request",
        "authorizerUri": sub(INVOKE, __FunctionArn__=dig(authorizer, "FunctionArn")),
        "authorizerCredentials": role if is_set(role) and text(role) != "NONE" else None,
        "authorizerResultTtlInSeconds": dig(identity, "ReauthorizeEvery"),
        "identitySource": sources or None,
        "authorizerPayloadFormatVersion": dig(authorizer, "AuthorizerPayloadFormatVersion"),
        "enableSimpleResponses": dig(authorizer, "EnableSimpleResponses"),
    }
    return build({"type": "apiKey", "name": "Unused", "in": "header", AUTHORIZER: config}, authorizer.span)


def _permit(stack: Stack, api: Resource) -> None:
    """Unlike a REST API, an HTTP API may call its authorizers' functions only when it is told so."""
    for name, held in entries(dig(stack.known(api.get("Auth")), "Authorizers")).items():
        function = dig(held.value, "FunctionArn")
        if function is not None and is_true(dig(held.value, "EnableFunctionDefaultPermissions")):
            permit_authorizer(stack, api, f"{api.id}{name}AuthorizerPermission", (function, held.key_span))


def _stage(stack: Stack, api: Resource, tags: dict[str, Draft]) -> str:
    """The stage: SAM's own for an API without a name or settings for one is `$default`."""
    named = api.get("StageName")
    called = DEFAULT_STAGE if named is None else text(named)
    name = f"{api.id}ApiGatewayDefaultStage" if called == DEFAULT_STAGE else stage_id(api.id, called)
    properties: dict[str, Draft] = {
        "ApiId": {"Ref": api.id},
        "StageName": named if named is not None else DEFAULT_STAGE,
        **{key: value for key, value in api.held(*STAGE).items() if not is_null(api.get(key))},
        "Tags": tags or None,
        "AutoDeploy": True,
    }
    at = named.span if named is not None else api.at
    stack.references[f"{api.id}.Stage"] = name
    return stack.make(name, "AWS::ApiGatewayV2::Stage", properties, Made(at, api.inherited))
