"""References to what SAM makes: `Function.Alias` and the like, and resources whose logical id gets a hash."""

from __future__ import annotations

from collections.abc import Mapping

from lambdaward.model import pattern
from lambdaward.sources.cloudformation.node import Entry, ListNode, MapNode, Node, ScalarNode, Span
from lambdaward.sources.cloudformation.sam.reading import text
from lambdaward.sources.cloudformation.sam.stack import Stack

HOLE = pattern(r"\$\{([^!}][^}]*)\}")


def renamed(root: MapNode, stack: Stack) -> MapNode:
    """A template in which every reference names what is really there."""
    names = {**stack.renamed, **stack.references}
    if not names:
        return root
    parts = {key: Entry(held.key_span, _node(held.value, names)) for key, held in root.entries.items()}
    return MapNode(parts, root.span)


def _node(node: Node, names: Mapping[str, str]) -> Node:
    match node:
        case ListNode():
            return ListNode(tuple(_node(item, names) for item in node.items), node.span)
        case MapNode():
            return MapNode(
                {key: Entry(held.key_span, _child(key, held.value, names)) for key, held in node.entries.items()},
                node.span,
            )
    return node


def _child(key: str, node: Node, names: Mapping[str, str]) -> Node:
    match key, node:
        case (("Ref" | "Fn::GetAtt" | "DependsOn"), ScalarNode()):
            return _scalar(_name(node.text, names), node)
        case "Fn::GetAtt", ListNode():
            whole = _name(".".join(text(item) for item in node.items), names)
            head, _, rest = whole.partition(".")
            return node if not head else ListNode((_text(head, node.items[0].span), *_rest(node, rest)), node.span)
        case "DependsOn", ListNode():
            return ListNode(tuple(_child(key, item, names) for item in node.items), node.span)
        case "Fn::Sub", ScalarNode():
            return _scalar(_holes(node.text, names), node)
        case "Fn::Sub", ListNode() if node.items and isinstance(node.items[0], ScalarNode):
            first = _scalar(_holes(node.items[0].text, names), node.items[0])
            return ListNode((first, *(_node(item, names) for item in node.items[1:])), node.span)
    return _node(node, names)


def _rest(node: ListNode, attribute: str) -> tuple[Node, ...]:
    """The attribute of a `Fn::GetAtt`; one that is no plain text stays as it is."""
    if attribute:
        return (_text(attribute, node.items[-1].span),)
    return node.items[1:]


def _name(name: str, names: Mapping[str, str]) -> str:
    """A reference with its first part, or its first two, replaced."""
    first, _, rest = name.partition(".")
    second, _, tail = rest.partition(".")
    made = names.get(f"{first}.{second}")
    if made:
        return f"{made}.{tail}" if tail else made
    made = names.get(first)
    return (f"{made}.{rest}" if rest else made) if made else name


def _holes(value: str, names: Mapping[str, str]) -> str:
    return HOLE.sub(lambda match: "${" + _name(match[1].strip(), names) + "}", value)


def _scalar(value: str, node: ScalarNode) -> ScalarNode:
    return node if value == node.text else _text(value, node.span)


def _text(value: str, span: Span) -> ScalarNode:
    return ScalarNode(value, span, value)
