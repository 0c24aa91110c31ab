"""Reading nodes: the plain text, list or mapping that a node is, and which intrinsic function it calls."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from lambdaward.sources.cloudformation.node import Entry, ListNode, MapNode, Node, ScalarNode, Span


def text(node: Node | None) -> str:
    """The text of a scalar; empty for null, for what is no scalar, and for nothing."""
    return node.text if isinstance(node, ScalarNode) and node.value is not None else ""


def uncapitalised(name: str) -> str:
    """A name with a small first letter, as definitions of APIs spell what SAM spells with a capital."""
    return name[:1].lower() + name[1:]


def entries(node: Node | None) -> dict[str, Entry]:
    """The entries of a mapping that is no intrinsic function; empty for anything else."""
    return node.entries if isinstance(node, MapNode) and not intrinsic(node) else {}


def items(node: Node | None) -> tuple[Node, ...]:
    """The elements of a list; a lone value is a list of one, nothing is empty."""
    if isinstance(node, ListNode):
        return node.items
    return () if node is None else (node,)


def dig(node: Node | None, *path: str) -> Node | None:
    """The node at a path of keys, or `None`."""
    for key in path:
        node = node.get(key) if isinstance(node, MapNode) else None
    return node


def key_span(node: Node, path: Sequence[str], default: Span) -> Span:
    """The span of the last key of a path; of the last one that is there when the path ends before."""
    for key in path:
        held = node.entries.get(key) if isinstance(node, MapNode) else None
        if held is None:
            break
        node, default = held.value, held.key_span
    return default


def intrinsic(node: Node | None) -> str:
    """The name of the intrinsic function that a node calls (`Ref`, `Fn::Sub`, `Condition`, ...), else empty."""
    if not isinstance(node, MapNode) or len(node.entries) != 1:
        return ""
    key = next(iter(node.entries))
    return key if key in ("Ref", "Condition") or key.startswith("Fn::") else ""


def is_null(node: Node | None) -> bool:
    """Whether nothing is written: no node, or null."""
    return node is None or (isinstance(node, ScalarNode) and node.value is None)


def is_set(node: Node | None) -> bool:
    """Whether a property counts as given: not null, empty, false or zero."""
    match node:
        case ScalarNode():
            return bool(node.value)
        case ListNode():
            return bool(node.items)
        case MapNode():
            return bool(node.entries)
    return False


def is_true(node: Node | None) -> bool:
    """Whether a flag is written as true."""
    return text(node).lower() == "true"


def is_no_value(node: Node | None) -> bool:
    """Whether a node is a reference to `AWS::NoValue`."""
    return intrinsic(node) == "Ref" and text(dig(node, "Ref")) == "AWS::NoValue"


def branches(node: Node | None) -> tuple[Node, Node, Node] | None:
    """The condition and both values of a well-formed `Fn::If`, else `None`."""
    if intrinsic(node) != "Fn::If":
        return None
    parts = items(dig(node, "Fn::If"))
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else None


def target(node: Node | None) -> str:
    """The logical id that a `Ref` or `Fn::GetAtt` names, else empty."""
    if intrinsic(node) == "Ref":
        return text(dig(node, "Ref"))
    if intrinsic(node) != "Fn::GetAtt":
        return ""
    value = dig(node, "Fn::GetAtt")
    return text(value.items[0]) if isinstance(value, ListNode) and value.items else text(value).partition(".")[0]


def plain(node: Node | Sequence[Node] | None) -> Any:  # noqa: ANN401 - any JSON value
    """A node as plain Python values, for hashing and comparing."""
    match node:
        case ScalarNode():
            return node.value
        case MapNode():
            return {key: plain(value) for key, value in node}
        case ListNode():
            return [plain(item) for item in node.items]
        case None:
            return None
    return [plain(item) for item in node]


def canonical(node: Node | None) -> str:
    """A text that is the same for nodes of the same content."""
    return json.dumps(plain(node), sort_keys=True)


def walk(node: Node) -> Iterator[Node]:
    """A node and everything inside it."""
    yield node
    inner = node.items if isinstance(node, ListNode) else [v for _, v in node] if isinstance(node, MapNode) else ()
    for item in inner:
        yield from walk(item)
