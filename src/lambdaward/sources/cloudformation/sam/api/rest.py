"""AWS::Serverless::Api: a REST API with its deployment, stage, authorizers' permissions, domain and usage plan."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import MapNode, Node
from lambdaward.sources.cloudformation.sam.api.authorizers import authorize_rest, permit_authorizers
from lambdaward.sources.cloudformation.sam.api.cors import add_rest_cors
from lambdaward.sources.cloudformation.sam.api.domain import lower_rest_domain
from lambdaward.sources.cloudformation.sam.api.implicit import conditional
from lambdaward.sources.cloudformation.sam.api.shape import add_gateway_responses, as_openapi
from lambdaward.sources.cloudformation.sam.api.usage import lower_usage_plan
from lambdaward.sources.cloudformation.sam.building import Draft, build, put
from lambdaward.sources.cloudformation.sam.functions.code import PLAIN_KEYS, location
from lambdaward.sources.cloudformation.sam.hashing import stage_id
from lambdaward.sources.cloudformation.sam.reading import entries, is_null, is_set, plain, text
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.stack import Made, Stack
from lambdaward.sources.cloudformation.sam.tags import propagate, tag_list

SAME = (
    "Name",
    "Description",
    "FailOnWarnings",
    "MinimumCompressionSize",
    "Mode",
    "ApiKeySourceType",
    "Policy",
    "SecurityPolicy",
    "EndpointAccessMode",
)
STAGE = (
    "StageName",
    "CacheClusterEnabled",
    "CacheClusterSize",
    "Variables",
    "MethodSettings",
    "AccessLogSetting",
    "CanarySetting",
    "TracingEnabled",
)
BINARY = "x-amazon-apigateway-binary-media-types"
ENDPOINT = "x-amazon-apigateway-endpoint-configuration"


def lower_rest_api(stack: Stack, api: Resource) -> None:
    """Replace a REST API by what SAM makes of it."""
    before = len(stack.made)
    document = _document(stack, api)
    uri = api.get("DefinitionUri")
    properties: dict[str, Draft] = {
        "Body": document,
        "BodyS3Location": location(stack, uri, PLAIN_KEYS) if is_set(uri) and document is None else None,
        **{key: value for key, value in api.held(*SAME).items() if not is_null(api.get(key))},
        "BinaryMediaTypes": stack.known(api.get("BinaryMediaTypes")),
        **_endpoint(api.get("EndpointConfiguration")),
    }
    stack.make(api.id, "AWS::ApiGateway::RestApi", properties, Made(api.at, api.kept))
    stage = _stage(stack, api, _deployment(stack, api, document))
    permit_authorizers(stack, api)
    lower_rest_domain(stack, api, stage)
    lower_usage_plan(stack, api, stage)
    propagate(stack, api, before)


def _document(stack: Stack, api: Resource) -> MapNode | None:
    """The API's definition, with everything that its settings add."""
    body = stack.bodies.get(api.id)
    if body is None:
        return None
    document = authorize_rest(stack, api, add_rest_cors(stack, api, conditional(stack, api.id, body)))
    document = add_gateway_responses(body.policy.into(document), api.get("GatewayResponses"))
    media = stack.known(api.get("BinaryMediaTypes"))
    if media is not None and is_set(media):
        document = put(document, (BINARY,), _unescaped(media), media.span)
    for name, held in entries(api.get("Models")).items():
        document = put(document, ("definitions", name.lower()), held, held.key_span)
    closed = api.get("DisableExecuteApiEndpoint")
    if closed is not None:
        servers = document.get("openapi") is not None
        value: Draft = {"disableExecuteApiEndpoint": closed}
        path, value = (("servers",), [{ENDPOINT: value}]) if servers else ((ENDPOINT,), value)
        document = put(document, path, value, closed.span)
    return as_openapi(document, stack.known(api.get("OpenApiVersion")))


def _unescaped(media: Node) -> Node:
    """Media types may be written with `~1` for a slash."""
    values = plain(media)
    return build([value.replace("~1", "/") for value in values], media.span) if _texts(values) else media


def _texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def _endpoint(config: Node | None) -> dict[str, Draft]:
    if config is None or not is_set(config):
        return {}
    held = entries(config)
    kind = held["Type"].value if "Type" in held else config
    ends = held.get("VPCEndpointIds") or held.get("VpcEndpointIds")
    endpoint = {"Types": [kind], "VpcEndpointIds": ends, "IpAddressType": held.get("IpAddressType")}
    return {"EndpointConfiguration": endpoint, "Parameters": {"endpointConfigurationTypes": kind}}


def _deployment(stack: Stack, api: Resource, document: MapNode | None) -> str:
    """A deployment. Its id changes with the definition, as SAM's does, but by a hash of its own: SAM's rests on the order
    of dictionaries in Python 2."""
    staged = {} if is_set(api.get("OpenApiVersion")) else {"StageName": "Stage"}
    name = stack.replaced_id(api.id, "Deployment", lambda: plain(document or api.get("DefinitionUri")))
    stack.references[f"{api.id}.Deployment"] = name
    properties: dict[str, Draft] = {"RestApiId": {"Ref": api.id}, **staged}
    return stack.make(name, "AWS::ApiGateway::Deployment", properties, Made(api.at, api.inherited))


def _stage(stack: Stack, api: Resource, deployment: str) -> str:
    named = api.get("StageName")
    if named is None:
        stack.problem(api.at, f"{api.id} has no StageName", "give its stage a name")
    name = stage_id(api.id, text(named))
    properties: dict[str, Draft] = {
        "RestApiId": {"Ref": api.id},
        "DeploymentId": {"Ref": deployment},
        **{key: value for key, value in api.held(*STAGE).items() if not is_null(api.get(key))},
        "Tags": tag_list(api.get("Tags")) or None,
    }
    at = named.span if named is not None else api.at
    stack.references[f"{api.id}.Stage"] = name
    return stack.make(name, "AWS::ApiGateway::Stage", properties, Made(at, api.inherited))
