"""Parameters of a template: given values, defaults that are used and marked, and what stays unknown."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from lambdaward.model import Dynamic, Redacted, Text, Unknown, Value, literal
from lambdaward.sources.cloudformation.node import MapNode, Node, ScalarNode


class Parameter(Struct, frozen=True):
    """A parameter's value, and its default where that was used (empty otherwise)."""

    value: Value
    assumed: str = ""


def parameters(root: MapNode, given: Mapping[str, Value]) -> dict[str, Parameter]:
    """The parameters that a template declares, by name."""
    section = root.get("Parameters")
    if not isinstance(section, MapNode):
        return {}
    return {name: _parameter(name, node, given) for name, node in section if isinstance(node, MapNode)}


def _parameter(name: str, node: MapNode, given: Mapping[str, Value]) -> Parameter:
    kind = _text(node.get("Type"))
    hidden = _text(node.get("NoEcho")).lower() in ("true", "yes")
    if name in given:
        return Parameter(_hide(_typed(kind, given[name]), hidden=hidden))
    default = node.get("Default")
    if not isinstance(default, ScalarNode):
        return Parameter(Unknown(f"parameter {name} has no default", f"give --parameter {name}=VALUE"))
    shown = "(hidden)" if hidden else default.text
    return Parameter(_hide(_typed(kind, default.text), hidden=hidden), shown or "(empty)")


def _typed(kind: str, value: Value) -> Value:
    known = literal(value)
    if known is None:
        return value
    if kind.startswith("AWS::SSM::Parameter::Value"):
        return Text((Dynamic("ssm", known),))
    if kind == "CommaDelimitedList" or kind.startswith("List<"):
        return tuple(item.strip() for item in known.split(",")) if known else ()
    return known


def _hide(value: Value, *, hidden: bool) -> Value:
    return Redacted(value) if hidden else value


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, ScalarNode) else ""
