"""Versions and aliases: `AutoPublishAlias` publishes a version whose id changes with the code, and points an alias to it."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from lambdaward.sources.cloudformation.node import MapNode, Node
from lambdaward.sources.cloudformation.sam.building import Draft, build, get_att
from lambdaward.sources.cloudformation.sam.hashing import LENGTH
from lambdaward.sources.cloudformation.sam.reading import dig, is_set, is_true, items, plain, target, text
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.stack import Made, Stack


class Published(Struct, frozen=True):
    """The alias that a function is called through: its name, and the logical id of its resource."""

    name: Node
    alias: str


def publish(stack: Stack, function: Resource, properties: dict[str, Draft]) -> Published | None:
    """Add the version and alias that a function publishes; its description takes the code's hash, where one is given."""
    name = stack.known(function.get("AutoPublishAlias"))
    if name is None or not is_set(name):
        return None
    if not text(name):
        stack.problem(
            name.span, f"the alias of {function.id} is not known", "give a name, or a parameter with a default"
        )
        return None
    digest = text(stack.known(function.get("AutoPublishCodeSha256")))
    if digest:
        properties["Description"] = _described(stack, function, digest)
    version = _version(stack, function, _version_id(stack, function, properties, digest))
    alias = f"{function.id}Alias{text(name).replace('-', 'D').replace('_', 'U')}"
    by = Made(function.key("AutoPublishAlias"), function.inherited)
    made = {
        "Name": name,
        "FunctionName": {"Ref": function.id},
        "FunctionVersion": get_att(version, "Version"),
        **function.held("ProvisionedConcurrencyConfig"),
    }
    stack.make(alias, "AWS::Lambda::Alias", made, by)
    stack.references |= {f"{function.id}.Alias": alias, f"{function.id}.Version": version}
    return Published(name, alias)


def _described(stack: Stack, function: Resource, digest: str) -> Draft:
    description = stack.known(function.get("Description"))
    if isinstance(description, MapNode):
        return {"Fn::Join": [" ", [description, digest]]}
    return f"{text(description)} {digest}".strip()


def _version(stack: Stack, function: Resource, name: str) -> str:
    kept = function.get("VersionDeletionPolicy") or ("Delete" if function.get("CapacityProviderConfig") else "Retain")
    scaling = function.held("FunctionScalingConfig") if function.get("CapacityProviderConfig") else {}
    attributes = {"DeletionPolicy": kept, **function.inherited}
    by = Made(function.key("AutoPublishAlias"), attributes)
    description = function.get("VersionDescription")
    properties = {"FunctionName": {"Ref": function.id}, "Description": description, **scaling}
    return stack.make(name, "AWS::Lambda::Version", properties, by)


def _version_id(stack: Stack, function: Resource, properties: dict[str, Draft], digest: str) -> str:
    """A version's id changes with the code and the settings that a version fixes. For a local path, the path stands for
    the code: what packaging uploads is not known."""
    if digest and stack.digests:
        return f"{function.id}Version{digest[:LENGTH]}"
    return stack.replaced_id(function.id, "Version", lambda: _content(stack, function, properties))


def _content(stack: Stack, function: Resource, properties: dict[str, Draft]) -> Any:  # noqa: ANN401 - any JSON value
    if is_true(function.get("AutoPublishAliasAllProperties")):
        return _everything(stack, function, properties)
    code = build(properties.get("Code"), function.at)
    content = (
        {key: plain(stack.known(value)) for key, value in code} if isinstance(code, MapNode) else {"Code": text(code)}
    )
    environment = function.get("Environment")
    if isinstance(environment, MapNode):
        content |= plain(environment)
    if is_set(function.get("MemorySize")):
        content["MemorySize"] = plain(function.get("MemorySize"))
    if text(dig(function.get("SnapStart"), "ApplyOn")) not in ("", "None"):
        content["SnapStart"] = plain(function.get("SnapStart"))
    return content


def _everything(stack: Stack, function: Resource, properties: dict[str, Draft]) -> dict[str, Any]:
    content: dict[str, Any] = plain(build(properties, function.at))
    for layer in items(function.get("Layers")):
        source = stack.sources.get(target(layer))
        if source and is_true(source.get("PublishLambdaVersion")):
            content[source.id] = plain(source.properties)
    return content
