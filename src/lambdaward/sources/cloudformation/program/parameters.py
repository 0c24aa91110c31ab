"""Parameters of a template: given values, defaults that are used and marked, and what stays unknown."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from lambdaward.model import Dynamic, Redacted, Text, Unknown, Value, literal, one_of
from lambdaward.sources.assemble.masking import is_secret_name, masked
from lambdaward.sources.cloudformation.node import ListNode, MapNode, Node, ScalarNode

MOST_ALLOWED = 16
SSM = "AWS::SSM::Parameter::Value"


class Parameter(Struct, frozen=True):
    """A parameter's value. `assumed` is the value for people where nobody gave it (a default, a project file), else empty."""

    value: Value
    assumed: str = ""


def parameters(root: MapNode, given: Mapping[str, Parameter]) -> dict[str, Parameter]:
    """The parameters that a template declares, by name."""
    section = root.get("Parameters")
    if not isinstance(section, MapNode):
        return {}
    return {name: _parameter(name, node, given.get(name)) for name, node in section if isinstance(node, MapNode)}


def _parameter(name: str, node: MapNode, given: Parameter | None) -> Parameter:
    kind = _text(node.get("Type"))
    default = node.get("Default")
    if given is None and isinstance(default, ScalarNode):
        given = Parameter(default.text, default.text or "(empty)")
    if given is None:
        return Parameter(_undecided(name, kind, node))
    value = _typed(kind, given.value)
    hidden = _text(node.get("NoEcho")).lower() in ("true", "yes") or _is_secret(name, value)
    if hidden and not isinstance(value, Redacted):
        value = Redacted(value)
    return Parameter(value, "(hidden)" if hidden and given.assumed else masked(given.assumed))


def _undecided(name: str, kind: str, node: MapNode) -> Value:
    """The value of a parameter that nobody gives: one of those allowed, where they are few."""
    settle = f"give --parameter {name}=VALUE"
    allowed = node.get("AllowedValues")
    texts = (
        [item.text for item in allowed.items if isinstance(item, ScalarNode)] if isinstance(allowed, ListNode) else []
    )
    if 0 < len(texts) <= MOST_ALLOWED and not _is_list(kind) and not kind.startswith(SSM):
        return one_of(texts, f"parameter {name} has no default")
    return Unknown(f"parameter {name} has no default", settle)


def _typed(kind: str, value: Value) -> Value:
    """A value as its type means it: the key of an SSM parameter, the members of a list, or a text."""
    known = literal(value)
    if known is None:
        return value
    if kind.startswith(SSM):
        if _is_list(kind):
            return Unknown(f"the SSM parameter {known} holds the list", "read the live account")
        return Text((Dynamic("ssm", known),))
    if _is_list(kind):
        return tuple(item.strip() for item in known.split(",")) if known else ()
    return known


def _is_secret(name: str, value: Value) -> bool:
    """Whether a parameter holds a secret though it does not say so. A number does not, whatever its name."""
    return is_secret_name(name) and isinstance(value, str) and len(value) > 1 and not value.isdecimal()


def _is_list(kind: str) -> bool:
    return "CommaDelimitedList" in kind or "List<" in kind


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, ScalarNode) else ""
