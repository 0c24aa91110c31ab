"""AWS::Serverless::LayerVersion: a layer whose logical id changes with its definition, so that old versions are kept."""

from __future__ import annotations

from lambdaward.sources.cloudformation.sam.building import Draft
from lambdaward.sources.cloudformation.sam.functions.code import LAMBDA_KEYS, location
from lambdaward.sources.cloudformation.sam.reading import is_null, plain, text
from lambdaward.sources.cloudformation.sam.resource import INHERITED, SAM_PREFIX, Resource
from lambdaward.sources.cloudformation.sam.stack import Made, Stack

SAME = ("Description", "CompatibleArchitectures", "CompatibleRuntimes", "LicenseInfo")
KNOWN = ("LayerName", "Description", "LicenseInfo", "RetentionPolicy")
NOT_HASHED = frozenset({*INHERITED[1:], "Metadata"})
POLICIES = {"retain": "Retain", "delete": "Delete"}


def lower_layer(stack: Stack, layer: Resource) -> None:
    """Replace a layer by the version that it publishes, and rename what refers to it."""
    name = _logical_id(stack, layer)
    named = stack.known(layer.get("LayerName"))
    properties: dict[str, Draft] = {
        "LayerName": layer.id if named is None or is_null(named) else layer.properties.entries["LayerName"],
        "Content": location(stack, layer.get("ContentUri"), LAMBDA_KEYS),
        **{key: value for key, value in layer.held(*SAME).items() if not is_null(layer.get(key))},
    }
    wanted = POLICIES.get(text(stack.known(layer.get("RetentionPolicy"))).lower())
    kept = wanted or layer.kept.get("DeletionPolicy") or "Retain"
    stack.make(name, "AWS::Lambda::LayerVersion", properties, Made(layer.at, {**layer.kept, "DeletionPolicy": kept}))
    stack.renamed[layer.id] = name


def _logical_id(stack: Stack, layer: Resource) -> str:
    return stack.replaced_id(layer.id, "", lambda: {layer.id: _content(stack, layer)})


def _content(stack: Stack, layer: Resource) -> dict[str, object]:
    properties = {key: plain(stack.known(value) if key in KNOWN else value) for key, value in layer.properties}
    held = {key: plain(entry.value) for key, entry in layer.kept.items() if key not in NOT_HASHED}
    return {"Type": f"{SAM_PREFIX}LayerVersion", **held, "Properties": _given(properties)}


def _given(properties: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in properties.items() if value is not None}
