"""Functions of an account, in CloudFormation's vocabulary: the API's fields are the properties, but for a few names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from lambdaward.model import Value, dig
from lambdaward.sources.account.found import Fault, Found, resource, value_of

# What the answer knows of a function beside its configuration, which no template declares.
_STATE = frozenset(
    {
        "CodeSha256", "CodeSize", "FunctionArn", "LastModified", "LastUpdateStatus",
        "LastUpdateStatusReason", "LastUpdateStatusReasonCode", "MasterArn", "RevisionId", "SigningJobArn",
        "SigningProfileVersionArn", "State", "StateReason", "StateReasonCode", "Version",
    }
)  # fmt: skip


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
        return resource(arn, "AWS::Lambda::Version", {"FunctionName": arn.removesuffix(f":{version}")})
    return resource(arn.removesuffix(":$LATEST"), "AWS::Lambda::Function", properties)


def _environment(value: Value) -> dict[str, Value]:
    variables = dig(value, "Variables")
    return {} if variables is None else {"Environment": {"Variables": variables}}


def _layers(value: Value) -> dict[str, Value]:
    layers = value if isinstance(value, tuple) else ()
    return {"Layers": tuple(dig(layer, "Arn") for layer in layers)}


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
