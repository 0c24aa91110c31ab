"""The Globals section: its properties are merged into every resource of the type that they are for."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import Entry, ListNode, MapNode, Node
from lambdaward.sources.cloudformation.sam.reading import dig, entries, intrinsic, items, text
from lambdaward.sources.cloudformation.sam.resource import Resource, resource

REPLACED = frozenset({"Function.Architectures", "CapacityProvider.InstanceRequirements.Architectures"})
PRUNED = frozenset({"CapacityProvider.ManagedResourceTags"})


def with_globals(root: MapNode, name: str, entry: Entry) -> Resource:
    """A resource with the Globals of its type merged into its properties, except those that it says it ignores."""
    written = resource(name, entry)
    ignored = [text(item) for item in items(written.node.get("IgnoreGlobals"))]
    shared = {k: v for k, v in entries(dig(root, "Globals", written.type)).items() if k not in ignored}
    if not shared or ignored == ["*"]:
        return written
    merged = _merge(MapNode(shared, written.properties.span), written.properties, written.type)
    return resource(name, entry, merged if isinstance(merged, MapNode) else written.properties)


def _merge(shared: Node, own: Node, path: str) -> Node:
    """Lists are joined, mappings merged key by key; otherwise the resource's own value wins."""
    if path in REPLACED:
        return own
    if isinstance(shared, ListNode) and isinstance(own, ListNode):
        return ListNode(shared.items + own.items, own.span)
    if not isinstance(shared, MapNode) or not isinstance(own, MapNode) or intrinsic(shared) or intrinsic(own):
        return own
    start = {} if path in PRUNED and own.entries else dict(shared.entries)
    for key, held in own.entries.items():
        other = shared.get(key)
        value = held.value if other is None else _merge(other, held.value, f"{path}.{key}")
        start[key] = Entry(held.key_span, value)
    return MapNode(start, own.span)
