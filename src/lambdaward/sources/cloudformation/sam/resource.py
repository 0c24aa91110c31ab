"""A resource of the user's template, as lowering sees it."""

from __future__ import annotations

from msgspec import Struct

from lambdaward.sources.cloudformation.node import Entry, MapNode, Node, Span
from lambdaward.sources.cloudformation.sam.building import Draft
from lambdaward.sources.cloudformation.sam.reading import key_span, text

SAM_PREFIX = "AWS::Serverless::"
INHERITED = ("Condition", "DeletionPolicy", "UpdateReplacePolicy")
KEPT = (*INHERITED, "UpdatePolicy", "Metadata", "DependsOn")


class Resource(Struct, frozen=True):
    """A resource: its logical id and where that stands, the whole node, and its properties with Globals merged in."""

    id: str
    at: Span
    node: MapNode
    properties: MapNode

    @property
    def type(self) -> str:
        """The resource type, short for SAM's own: `Function` is `AWS::Serverless::Function`."""
        return text(self.node.get("Type")).strip().removeprefix(SAM_PREFIX)

    def get(self, name: str) -> Node | None:
        """A property, or `None`."""
        return self.properties.get(name)

    def held(self, *names: str) -> dict[str, Draft]:
        """Properties by name, each with the position of its key; those that are absent are left out."""
        return {name: self.properties.entries[name] for name in names if name in self.properties.entries}

    def key(self, *path: str) -> Span:
        """Where the key of a property stands, or of one inside it."""
        return key_span(self.properties, path, self.at)

    @property
    def inherited(self) -> dict[str, Entry]:
        """The attributes that everything made from the resource has too: its condition and deletion policies."""
        return {name: self.node.entries[name] for name in INHERITED if name in self.node.entries}

    @property
    def kept(self) -> dict[str, Entry]:
        """The attributes that the resource's own successor has."""
        return {name: self.node.entries[name] for name in KEPT if name in self.node.entries}

    @property
    def condition(self) -> Node | None:
        """The condition that the resource depends on."""
        return self.node.get("Condition")


def resource(name: str, entry: Entry, properties: MapNode | None = None) -> Resource:
    """The resource under a logical id. Its `Properties` may be missing."""
    node = entry.value if isinstance(entry.value, MapNode) else MapNode({}, entry.value.span)
    written = node.get("Properties")
    own = written if isinstance(written, MapNode) else MapNode({}, entry.key_span)
    return Resource(name, entry.key_span, node, properties or own)
