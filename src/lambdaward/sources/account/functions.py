"""Functions of an account, their versions and aliases, in CloudFormation's vocabulary: the API's fields are the properties, but
for a few names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from lambdaward.model import OneOf, Unknown, Value, dig
from lambdaward.sources.account.found import Fault, Found, resource, value_of

# What the answer knows of a function beside its configuration and who signed it, which no template declares.
_STATE = frozenset(
    {
        "CodeSize", "FunctionArn", "LastUpdateStatus", "LastUpdateStatusReason", "LastUpdateStatusReasonCode", "MasterArn",
        "RevisionId", "State", "StateReason", "StateReasonCode", "Version",
    }
)  # fmt: skip
_OF_VERSIONS = ("Layers", "Environment", "CodeSha256", "SigningProfileVersionArn", "SigningJobArn", "Runtime")
_CLOSED = Unknown("the account did not tell the variables", "ask again with kms:Decrypt for their key")
_UNASKED = OneOf(
    (
        None,
        Unknown(
            "whether it has a code-signing config is in none of the answers",
            "save what `aws lambda get-function-code-signing-config` prints",
        ),
    ),
    "the account was not asked",
)


def function(configuration: Mapping[str, Any]) -> Found:
    """One function. A published version in the list is a version of its function. Raises `Fault` for what is no function."""
    arn = configuration.get("FunctionArn")
    if not isinstance(arn, str):
        raise Fault("a function has no FunctionArn")
    properties = {key: value_of(value) for key, value in configuration.items() if key not in _STATE}
    for name, change in _CHANGES.items():
        if name in properties:
            properties |= change(properties.pop(name))
    version = configuration.get("Version", "$LATEST")
    if version != "$LATEST":
        kept = {name: properties[name] for name in _OF_VERSIONS if name in properties}
        return resource(arn, "AWS::Lambda::Version", {"FunctionName": arn.removesuffix(f":{version}"), **kept})
    if properties.get("PackageType", "Zip") == "Zip":
        properties["CodeSigningConfigArn"] = _UNASKED
    return resource(arn.removesuffix(":$LATEST"), "AWS::Lambda::Function", properties)


def whole_function(answer: Mapping[str, Any]) -> Found:
    """One function as `get-function` answers: its configuration, and what that leaves out. Raises `Fault` for what is none. The
    address that gives out the code is left."""
    configuration = answer["Configuration"]
    if not isinstance(configuration, dict):
        raise Fault("a function has no configuration")
    arn, found = function(configuration)
    code, tags = answer.get("Code"), answer.get("Tags")
    image = {key: dig(code, key) for key in ("ImageUri", "ResolvedImageUri")}
    more: dict[str, Value] = {
        "Code": {key: value for key, value in image.items() if value is not None} or None,
        "ReservedConcurrentExecutions": dig(answer.get("Concurrency"), "ReservedConcurrentExecutions"),
        "Tags": tuple({"Key": key, "Value": value} for key, value in tags.items()) if isinstance(tags, dict) else None,
    }
    return resource(arn, found.type, {**found.properties, **more})


def alias(answer: Mapping[str, Any]) -> Found:
    """One alias. Raises `Fault` for what is none."""
    arn, name = answer.get("AliasArn"), answer.get("Name")
    if not isinstance(arn, str) or not isinstance(name, str):
        raise Fault("an alias has no AliasArn or no name")
    weights = dig(value_of(answer.get("RoutingConfig")), "AdditionalVersionWeights")
    listed = [] if not isinstance(weights, Mapping) else [
        {"FunctionVersion": version, "FunctionWeight": weight} for version, weight in weights.items()
    ]  # fmt: skip
    properties: dict[str, Value] = {
        "Name": name,
        "FunctionName": arn.removesuffix(f":{name}"),
        "FunctionVersion": value_of(answer.get("FunctionVersion")),
        "Description": value_of(answer.get("Description")) or None,
        "RoutingConfig": {"AdditionalVersionWeights": tuple(listed)} if listed else None,
    }
    return resource(arn, "AWS::Lambda::Alias", properties)


def _environment(value: Value) -> dict[str, Value]:
    if dig(value, "Error") is not None:
        return {"Environment": {"Variables": _CLOSED}}
    variables = dig(value, "Variables")
    return {} if variables is None else {"Environment": {"Variables": variables}}


def _layers(value: Value) -> dict[str, Value]:
    layers = value if isinstance(value, tuple) else ()
    signed = tuple(dig(layer, "SigningProfileVersionArn") or "" for layer in layers)
    return {"Layers": tuple(dig(layer, "Arn") for layer in layers), "LayerSigningProfiles": signed}


def _vpc(value: Value) -> dict[str, Value]:
    """An empty configuration is what the API says of a function outside of every VPC."""
    return {"VpcConfig": value} if dig(value, "SubnetIds") else {}


def _key(value: Value) -> dict[str, Value]:
    return {"KmsKeyArn": value}


def _image(value: Value) -> dict[str, Value]:
    return {"ImageConfig": dig(value, "ImageConfig")}


def _runtime(value: Value) -> dict[str, Value]:
    return {"RuntimeManagementConfig": {"RuntimeVersionArn": dig(value, "RuntimeVersionArn")}}


_CHANGES: Mapping[str, Callable[[Value], dict[str, Value]]] = MappingProxyType(
    {
        "Environment": _environment,
        "Layers": _layers,
        "VpcConfig": _vpc,
        "KMSKeyArn": _key,
        "ImageConfigResponse": _image,
        "RuntimeVersionConfig": _runtime,
    }
)
