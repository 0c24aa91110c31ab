"""Policy documents in files of their own, as JSON or YAML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lambdaward.iam import Policy, parse
from lambdaward.model import InputError, Value
from lambdaward.sources.cloudformation.node import ListNode, MapNode, Node
from lambdaward.sources.cloudformation.reader import LIMITS, read

if TYPE_CHECKING:
    from collections.abc import Mapping


def policy_of(name: str) -> Policy:
    """The policy in a file. Raises `InputError` for what cannot be read, and for what AWS rejects."""
    try:
        with Path(name).open("rb") as stream:
            data = stream.read(LIMITS.size + 1)
    except OSError as error:
        raise InputError(name, f"it cannot be read ({error.strerror})", "give a file with a policy document") from None
    read_policy = parse(_value(read(data, name).root))
    if read_policy.faults:
        fault = read_policy.faults[0]
        place = ".".join(map(str, fault.path)) or "the document"
        raise InputError(name, f"AWS rejects {place}: {fault.reason}", "give a policy that AWS accepts")
    return read_policy


def _value(node: Node) -> Value:
    if isinstance(node, MapNode):
        found: Mapping[str, Value] = {key: _value(inner) for key, inner in node}
        return found
    if isinstance(node, ListNode):
        return tuple(map(_value, node.items))
    return node.value
