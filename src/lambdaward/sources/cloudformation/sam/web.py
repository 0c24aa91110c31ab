"""AWS::Serverless::WebFunction: a web function with its role, a revision, and the endpoint that serves it."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import MapNode, Node
from lambdaward.sources.cloudformation.sam.building import Draft, get_att
from lambdaward.sources.cloudformation.sam.functions.code import location
from lambdaward.sources.cloudformation.sam.operators import LAMBDA
from lambdaward.sources.cloudformation.sam.reading import dig, entries, intrinsic, is_null, is_set, items
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.roles import Role, trust
from lambdaward.sources.cloudformation.sam.stack import Made, Stack
from lambdaward.sources.cloudformation.sam.tags import sam_tags

S3_KEYS = {"Bucket": "Bucket", "Key": "Key", "Version": "VersionId"}
SERVICE = ("MaxConcurrencyPerEnvironment", "EgressNetworkConnectorArn")
ENDPOINT = {"EndpointDescription": "Description", "ScalingConfig": "ScalingConfig", "ThrottleConfig": "ThrottleConfig"}
ENTRY_POINT = "AWS_LAMBDA_NODEJS_ENTRYPOINT"
TIMEOUT = 30
LONGEST_NAME = 55


def lower_web_function(stack: Stack, function: Resource) -> None:
    """Replace a web function."""
    role = function.get("ExecutionRoleArn")
    named: dict[str, Draft] = {"FunctionName": function.get("FunctionName") or _name(function.id)}
    own: dict[str, Draft] = {**named, "Tags": sam_tags(function.get("Tags"))}
    revision, endpoint = f"{function.id}Revision", f"{function.id}Endpoint"
    arn: Draft = _role(stack, function) if role is None or is_null(role) else role
    stack.make(function.id, "AWS::Lambda::WebFunction", own, Made(function.at, function.kept))
    after: dict[str, Draft] = {**function.inherited, "DependsOn": [function.id]}
    properties: dict[str, Draft] = {**named, **_revision(stack, function, arn)}
    stack.make(revision, "AWS::Lambda::WebFunctionRevision", properties, Made(function.at, after))
    authorization = function.properties.entries.get("AuthType")
    if authorization is None:
        stack.problem(function.at, f"{function.id} has no AuthType", "give IamAuth or ApplicationManaged")
    at = authorization.key_span if authorization else function.at
    last: dict[str, Draft] = {**function.inherited, "DependsOn": [function.id, revision]}
    stack.make(endpoint, "AWS::Lambda::WebFunctionEndpoint", {**named, **_endpoint(function, revision)}, Made(at, last))


def _name(logical_id: str) -> Draft:
    """The name that a web function gets: its logical id and a part of the stack's id."""
    parts: Draft = {"Fn::Split": ["-", {"Fn::Select": [2, {"Fn::Split": ["/", {"Ref": "AWS::StackId"}]}]}]}
    return {"Fn::Sub": [logical_id[:LONGEST_NAME] + "-${Part}", {"Part": {"Fn::Select": [0, parts]}}]}


def _role(stack: Stack, function: Resource) -> Draft:
    role = Role(f"{function.id}Role")
    role.attach_aws("service-role/AWSLambdaBasicExecutionRole", function.at)
    made = Made(function.at, function.inherited)
    return get_att(role.make(stack, made, trust(LAMBDA), {"Tags": sam_tags(function.get("Tags"))}))


def _revision(stack: Stack, function: Resource, role: Draft) -> dict[str, Draft]:
    logging = function.get("LoggingConfig")
    service: dict[str, Draft] = {
        "ExecutionRoleArn": role,
        "EnvironmentVariables": _environment(function),
        "TelemetryConfig": {"LoggingConfig": logging} if is_set(logging) else None,
        **function.held(*SERVICE),
        "TimeoutSeconds": function.get("Timeout") or TIMEOUT,
    }
    code = {"S3Object": location(stack, function.get("CodeUri"), S3_KEYS)}
    return {
        "Description": function.get("RevisionDescription"),
        **function.held("KmsKeyArn"),
        "BuildConfig": {"CodeConfig": code, "RuntimeConfig": function.held("Runtime")},
        "ServiceConfig": service,
    }


def _environment(function: Resource) -> Draft:
    variables, entry = function.get("EnvironmentVariables"), function.get("EntryPoint")
    if intrinsic(variables) or not is_set(entry):
        return variables if is_set(variables) else None
    return {**entries(variables), ENTRY_POINT: entry}


def _endpoint(function: Resource, revision: str) -> dict[str, Draft]:
    weights = function.get("RevisionWeights")
    held: list[Draft] = [{"RevisionId": name, "Weight": weight} for name, weight in entries(weights).items()]
    return {
        **function.held("AuthType"),
        "EndpointName": function.get("EndpointName") or "prod",
        "EndpointType": function.get("EndpointType") or "HomeRegion",
        "RevisionWeights": held or [{"RevisionId": get_att(revision, "RevisionId"), "Weight": 100}],
        "Regions": _regions(function.get("ReplicaRegions")),
        **{name: function.properties.entries[key] for key, name in ENDPOINT.items() if function.get(key) is not None},
    }


def _regions(replicas: Node | None) -> Draft:
    """The Regions of an endpoint as the user names them: groups such as `ALL_STANDARD` are not listed out."""
    if not isinstance(replicas, MapNode) or intrinsic(replicas):
        return replicas
    return [*items(dig(replicas, "IncludeRegions"))]
