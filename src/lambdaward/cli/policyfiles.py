"""Policy documents in files of their own, as JSON or YAML."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lambdaward.iam import Policy, parse
from lambdaward.model import InputError, Value
from lambdaward.model import Path as Steps
from lambdaward.sources.cloudformation.node import ListNode, MapNode, Node, Span
from lambdaward.sources.cloudformation.reader import LIMITS, read

_REMEDY = "give a file with one policy document"
_TEMPLATES = frozenset({"AWSTemplateFormatVersion", "Resources", "Transform", "service", "functions"})


def document_of(name: str) -> Mapping[str, Value]:
    """The policy document in a file. Raises `InputError` for what cannot be read, and for what AWS rejects."""
    document = plain(written(name))
    if not isinstance(document, Mapping):
        raise InputError(name, "it is no policy: a policy is an object with a Statement", _REMEDY)
    if "Statement" not in document and not _TEMPLATES.isdisjoint(document):
        raise InputError(name, "it is a template, not a policy document", _REMEDY)
    faults = parse(document).faults
    if faults:
        place = ".".join(map(str, faults[0].path)) or "the document"
        raise InputError(name, f"AWS rejects {place}: {faults[0].reason}", "give a policy that AWS accepts")
    return document


def policy_of(name: str) -> Policy:
    """The policy in a file. Raises `InputError` for what cannot be read, and for what AWS rejects."""
    return parse(document_of(name))


def written(name: str) -> Node:
    """What a file says, with the places where it says it. Raises `InputError` for what cannot be read."""
    try:
        with Path(name).open("rb") as stream:
            data = stream.read(LIMITS.size + 1)
    except OSError as error:
        raise InputError(name, f"it cannot be read ({error.strerror})", _REMEDY) from None
    if not data.strip():
        raise InputError(name, "the file is empty", _REMEDY)
    return read(data, name).root


def place(node: Node, path: Steps) -> Span:
    """Where a part of a document stands; the nearest part around it that is written."""
    span = node.span
    for step in path:
        entry = node.entries.get(str(step)) if isinstance(node, MapNode) else None
        if entry is not None:
            node, span = entry.value, entry.key_span
        elif isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            span = node.span
    return span


def plain(node: Node) -> Value:
    """What a part of a document says, as plain values."""
    if isinstance(node, MapNode):
        found: Mapping[str, Value] = {key: plain(inner) for key, inner in node}
        return found
    if isinstance(node, ListNode):
        return tuple(map(plain, node.items))
    return node.value
