"""Definitions of APIs that lie in local files (`BodyS3Location` before packaging): read, and put where they are named."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import Entry, MapNode, Node, ScalarNode
from lambdaward.sources.cloudformation.program.include import Included, Includer
from lambdaward.sources.cloudformation.program.template import TemplateFile

APIS = frozenset({"AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"})


def define(root: MapNode, file: TemplateFile) -> Included:
    """Give every API its definition. One that is not a local file is said to be unread: the routes in it are not known."""
    resources, work = root.get("Resources"), Includer(file)
    if not isinstance(resources, MapNode):
        return Included(root, (), (), ())
    held = {name: Entry(entry.key_span, _defined(work, name, entry.value)) for name, entry in resources.entries.items()}
    if all(held[name].value is entry.value for name, entry in resources.entries.items()):
        return Included(root, (), (), tuple(work.problems))
    span = root.entries["Resources"].key_span
    changed = MapNode({**root.entries, "Resources": Entry(span, MapNode(held, resources.span))}, root.span)
    return Included(changed, tuple(work.documents), tuple(work.paths), tuple(work.problems))


def _defined(work: Includer, name: str, node: Node) -> Node:
    properties = node.get("Properties") if isinstance(node, MapNode) else None
    if not isinstance(node, MapNode) or not isinstance(properties, MapNode) or not _is_api(node):
        return node
    location = properties.entries.get("BodyS3Location")
    if location is None or "Body" in properties.entries:
        return node
    if not isinstance(location.value, ScalarNode) or "://" in location.value.text:
        work.fault(
            location.value, f"the definition of {name} is not a local file, and is not read", "scan it where it lies"
        )
        return node
    found = work.local(location.value, 0)
    if found is None:
        return node
    given = MapNode({**properties.entries, "Body": Entry(location.key_span, found)}, properties.span)
    return MapNode({**node.entries, "Properties": Entry(node.entries["Properties"].key_span, given)}, node.span)


def _is_api(node: MapNode) -> bool:
    kind = node.get("Type")
    return isinstance(kind, ScalarNode) and kind.text in APIS
