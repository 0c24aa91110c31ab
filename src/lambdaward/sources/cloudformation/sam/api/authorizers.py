"""Auth of a REST API: authorizers, what every method requires by default, API keys and the resource policy."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import ListNode, MapNode, Node, Span
from lambdaward.sources.cloudformation.sam.api.security import (
    AWS_IAM,
    DEFINITIONS,
    SIGNED,
    leave_open,
    require_by_default,
    require_key_by_default,
)
from lambdaward.sources.cloudformation.sam.api.source_policy import add_resource_policy, path_resources
from lambdaward.sources.cloudformation.sam.building import Draft, build, put, sub
from lambdaward.sources.cloudformation.sam.reading import dig, entries, is_null, is_set, is_true, items, text
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.stack import Made, Stack

AUTHORIZER = "x-amazon-apigateway-authorizer"
INVOKE = (
    "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${__FunctionArn__}/invocations"
)
EXECUTE = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/authorizers/*"
IDENTITY = {
    "Headers": "method.request.header.",
    "QueryStrings": "method.request.querystring.",
    "StageVariables": "stageVariables.",
    "Context": "context.",
}


def authorize_rest(stack: Stack, api: Resource, document: MapNode) -> MapNode:
    """Add what an API's Auth says to its definition."""
    auth = stack.known(api.get("Auth"))
    if not isinstance(auth, MapNode):
        return document
    authorizers = entries(auth.get("Authorizers"))
    default = stack.decided(auth.get("DefaultAuthorizer"), f"DefaultAuthorizer of {api.id}")
    if text(default) == AWS_IAM:
        document = put(document, (DEFINITIONS, AWS_IAM), build(SIGNED, auth.span), auth.span)
    for name, held in authorizers.items():
        document = put(document, (DEFINITIONS, name), _definition(stack, held.value), held.key_span)
    if default is not None:
        document = _by_default(stack, auth, document, default)
    if is_true(stack.decided(auth.get("ApiKeyRequired"), f"ApiKeyRequired of {api.id}")):
        preflight = _preflight(auth, "AddApiKeyRequiredToCorsPreflight")
        document = require_key_by_default(document, auth.entries["ApiKeyRequired"].key_span, preflight=preflight)
    policy = auth.get("ResourcePolicy")
    if isinstance(policy, MapNode):
        paths = entries(document.get("paths")).items()
        resources = [path_resources(path, held.value, api.get("StageName")) for path, held in paths]
        add_resource_policy(stack.bodies[api.id].policy, policy, *resources)
    return document


def _preflight(auth: MapNode, name: str) -> bool:
    return auth.get(name) is None or is_true(auth.get(name))


def _by_default(stack: Stack, auth: MapNode, document: MapNode, default: Node) -> MapNode:
    authorizers = entries(auth.get("Authorizers"))
    name = text(default)
    if not name:
        return leave_open(document, default)
    if name not in authorizers and name != AWS_IAM:
        stack.problem(default.span, f"the default authorizer {name} is not defined", "define it under Authorizers")
        return document
    scopes = dig(authorizers[name].value, "AuthorizationScopes") if name in authorizers else None
    given = (scopes, _preflight(auth, "AddDefaultAuthorizerToCorsPreflight"), default.span)
    return require_by_default(document, name, list(authorizers), given)


def _definition(stack: Stack, authorizer: Node) -> Node:
    """An authorizer as a security definition."""
    identity = dig(authorizer, "Identity")
    kind = text(dig(authorizer, "FunctionPayloadType")) or "TOKEN"
    header = dig(identity, "Header") or "Authorization"
    shared: dict[str, Draft] = {"type": "apiKey", "name": header, "in": "header"}
    expression = dig(identity, "ValidationExpression")
    pool = stack.known(dig(authorizer, "UserPoolArn"))
    if is_set(pool):
        pools: Draft = pool if isinstance(pool, ListNode) else [pool]
        config = {"type": "cognito_user_pools", "providerARNs": pools, "identityValidationExpression": expression}
        return build(
            {**shared, "x-amazon-apigateway-authtype": "cognito_user_pools", AUTHORIZER: config}, authorizer.span
        )
    role = dig(authorizer, "FunctionInvokeRole")
    config = {
        "type": kind.lower(),
        "authorizerUri": sub(INVOKE, __FunctionArn__=dig(authorizer, "FunctionArn")),
        "authorizerResultTtlInSeconds": dig(identity, "ReauthorizeEvery"),
        "authorizerCredentials": role if is_set(role) and text(role) != "NONE" else None,
        "identitySource": _identity_source(identity) if kind == "REQUEST" else None,
        "identityValidationExpression": expression if kind == "TOKEN" else None,
    }
    shared = {**shared, "name": "Unused"} if kind == "REQUEST" else shared
    return build({**shared, "x-amazon-apigateway-authtype": "custom", AUTHORIZER: config}, authorizer.span)


def _identity_source(identity: Node | None) -> str | None:
    sources = [prefix + text(item) for key, prefix in IDENTITY.items() for item in items(dig(identity, key))]
    return ", ".join(sources) or None


def permit_authorizers(stack: Stack, api: Resource) -> None:
    """Let the API call the functions of its authorizers."""
    auth = stack.known(api.get("Auth"))
    for name, held in entries(dig(auth, "Authorizers")).items():
        function = dig(held.value, "FunctionArn")
        if function is None or is_null(function) or is_true(dig(held.value, "DisableFunctionDefaultPermissions")):
            continue
        permit_authorizer(stack, api, f"{api.id}{name}AuthorizerPermission", (function, held.key_span))


def permit_authorizer(stack: Stack, api: Resource, name: str, called: tuple[Node, Span]) -> None:
    """Let an API call one authorizer's function."""
    function, at = called
    properties = {
        "Action": "lambda:InvokeFunction",
        "FunctionName": function,
        "Principal": "apigateway.amazonaws.com",
        "SourceArn": sub(EXECUTE, __ApiId__={"Ref": api.id}),
    }
    stack.make(name, "AWS::Lambda::Permission", properties, Made(at, api.inherited))
