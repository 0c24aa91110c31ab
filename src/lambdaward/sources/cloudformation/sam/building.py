"""Building nodes from plain Python: what lowering adds to a template carries the span of what the user wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Union

from lambdaward.sources.cloudformation.node import Entry, ListNode, MapNode, Node, ScalarNode, Span
from lambdaward.sources.cloudformation.sam.reading import items

Draft = Union[Node, Entry, None, str, int, float, bool, "Mapping[str, Draft]", "Sequence[Draft]"]
NO_VALUE = {"Ref": "AWS::NoValue"}


def build(value: Draft, span: Span) -> Node:
    """The node of a value; `span` is for whatever is not a node already. A mapping's entries that are `None` are left out."""
    if isinstance(value, ScalarNode | ListNode | MapNode):
        return value
    if isinstance(value, Entry):
        return value.value
    if isinstance(value, Mapping):
        return MapNode({key: entry(item, span) for key, item in value.items() if item is not None}, span)
    if value is None or isinstance(value, str | int | float):
        return ScalarNode(value, span, _text(value))
    return ListNode(tuple(build(item, span) for item in value), span)


def entry(value: Draft, span: Span) -> Entry:
    """The entry of a mapping: a user's entry as it is, a user's node under its own span, the rest under `span`."""
    if isinstance(value, Entry):
        return value
    node = build(value, span)
    return Entry(node.span, node)


def _text(value: str | float | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value).lower()


def ref(name: str) -> dict[str, Draft]:
    """What `Ref` gives for a resource or parameter."""
    return {"Ref": name}


def get_att(name: str, attribute: str = "Arn") -> dict[str, Draft]:
    """An attribute of a resource."""
    return {"Fn::GetAtt": [name, attribute]}


def sub(text: str, **variables: Draft) -> dict[str, Draft]:
    """A text with `${Name}` holes; `variables` gives those that are no reference by themselves."""
    return {"Fn::Sub": [text, variables] if variables else text}


def when(condition: Draft, yes: Draft, no: Draft = None) -> dict[str, Draft]:
    """A value that depends on a condition; without `no` it is left out when the condition fails."""
    return {"Fn::If": [condition, yes, NO_VALUE if no is None else no]}


def put(node: MapNode, path: Sequence[str], value: Draft, span: Span) -> MapNode:
    """A copy of a mapping with a value set at a path; mappings that are missing on the way are made, others replaced."""
    key, *rest = path
    if rest:
        inner = node.get(key)
        value = put(inner if isinstance(inner, MapNode) else MapNode({}, span), rest, value, span)
    held = node.entries.get(key)
    made = entry(value, span)
    return MapNode({**node.entries, key: Entry(held.key_span, made.value) if held else made}, node.span)


def appended(node: Node | None, value: Draft, span: Span) -> ListNode:
    """A list with one more element; a lone value counts as a list of one, nothing as an empty list."""
    return ListNode((*items(node), build(value, span)), node.span if node else span)


def without(node: MapNode, *keys: str) -> MapNode:
    """A copy of a mapping without some keys."""
    return MapNode({key: held for key, held in node.entries.items() if key not in keys}, node.span)


def joined(*maps: Node | None, span: Span) -> MapNode:
    """One mapping of several; later ones win. What is no mapping is skipped."""
    entries = {key: held for node in maps if isinstance(node, MapNode) for key, held in node.entries.items()}
    return MapNode(entries, span)
