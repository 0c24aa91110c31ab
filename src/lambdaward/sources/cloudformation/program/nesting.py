"""Nested stacks: which local file is meant, and what may cross the boundary between two stacks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lambdaward.model import OneOf, Pseudo, Text, Unknown, Value, each, literal, show
from lambdaward.sources.cloudformation.node import ListNode, MapNode, Node, ScalarNode
from lambdaward.sources.cloudformation.program.include import local_path
from lambdaward.sources.cloudformation.program.names import STACK
from lambdaward.sources.cloudformation.program.template import Template, TemplateFile
from lambdaward.sources.files import is_file


def children(template: Template) -> Iterator[str]:
    """The local templates that a template nests."""
    for _, node in template.section("Resources") or ():
        location = location_of(template.file, node)
        path = local_path(template.file, location.text) if location else None
        if path is not None:
            yield str(path)


def location_of(file: TemplateFile, node: Node | None) -> ScalarNode | None:
    """Where the template of a nested stack lies, when that is a local file: as written, or as the CDK notes beside it."""
    if not isinstance(node, MapNode) or text_of(node.get("Type")) != STACK:
        return None
    properties, metadata = node.get("Properties"), node.get("Metadata")
    location = properties.get("TemplateURL") if isinstance(properties, MapNode) else None
    noted = metadata.get("aws:asset:path") if isinstance(metadata, MapNode) else None
    if isinstance(noted, ScalarNode) and isinstance(location, MapNode):
        return noted
    if isinstance(location, ScalarNode):
        return None if "://" in location.text else location
    return _asset(file, location)


def _asset(file: TemplateFile, location: Node | None) -> ScalarNode | None:
    """The local asset that a URL means, whose last part is the key that the asset is uploaded to."""
    written = _last(location) if file.hints.assets else None
    path = file.hints.assets.get(text_of(written).rsplit("/", 1)[-1])
    return ScalarNode(path, written.span, path) if path and isinstance(written, ScalarNode) else None


def _last(location: Node | None) -> Node | None:
    """The text that a URL of the CDK ends with: it is one text with names in it, or joined from several."""
    if not isinstance(location, MapNode):
        return None
    joined = location.get("Fn::Join")
    members = joined.items[-1] if isinstance(joined, ListNode) and joined.items else None
    if isinstance(members, ListNode) and members.items:
        return members.items[-1]
    return location.get("Fn::Sub")


def crossing(value: Value) -> Value:
    """A value as it may cross a boundary: a text, or a list of texts. Deeper values would let templates grow without end."""
    return each(value, _crossing)


def _crossing(value: Value) -> Value:
    if isinstance(value, tuple) and not any(isinstance(member, tuple | dict | OneOf) for member in value):
        return value
    deep = isinstance(value, tuple | dict)
    return Unknown("a list or mapping cannot be handed to another stack", "hand over a text") if deep else value


def export_key(name: Value) -> str | None:
    """The text by which an export is found. The account and Region of all stacks count as the same; a name with a part that is
    not known, or is a stack's own, is not found.
    """
    if not isinstance(name, Text):
        return literal(name)
    own = ("AWS::StackName", "AWS::StackId")
    plain = all(isinstance(part, str) or (isinstance(part, Pseudo) and part.name not in own) for part in name.parts)
    return show(name) if plain else None


def text_of(node: Node | None) -> str:
    """The text of a scalar node, else empty."""
    return node.text if isinstance(node, ScalarNode) else ""


def inside(file: TemplateFile, location: ScalarNode) -> Path | None:
    """The file that a nested stack's location means, when it is there and lies inside the project."""
    path = local_path(file, location.text)
    return path if path is not None and is_file(path) else None
