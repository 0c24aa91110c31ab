"""Files of parameter values, in the forms that CloudFormation's tools take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from lambdaward.model import InputError
from lambdaward.sources.cloudformation.node import ListNode, MapNode, Node, ScalarNode
from lambdaward.sources.cloudformation.reader import LIMITS, read
from lambdaward.sources.files import read_bytes

REMEDY = "write NAME: VALUE, {Parameters: {NAME: VALUE}}, or a list of ParameterKey and ParameterValue"


def read_parameter_file(path: str | Path) -> Mapping[str, str]:
    """The values of a file in JSON or YAML: a list of `ParameterKey` and `ParameterValue`, a mapping under `Parameters` (in
    Git sync's deployment file `parameters`), or a plain mapping. Lists become comma-separated texts. Raises `InputError`; its
    text never holds a value.
    """
    shown = Path(path).as_posix()
    root = read(read_bytes(path, shown, LIMITS.size), shown).root
    if isinstance(root, MapNode):
        inner = root.get("Parameters") or root.get("parameters")
        root = inner if isinstance(inner, MapNode | ListNode) else root
    if isinstance(root, ScalarNode):
        raise _error(root, "the file holds no parameters")
    return dict(_listed(root) if isinstance(root, ListNode) else ((name, _text(node)) for name, node in root))


def _listed(root: ListNode) -> Iterator[tuple[str, str]]:
    """The values of a list of entries. One that keeps the previous value gives none."""
    for item in root.items:
        if not isinstance(item, MapNode):
            yield _pair(item)
        elif not isinstance(name := item.get("ParameterKey"), ScalarNode):
            raise _error(item, "an entry has no ParameterKey")
        elif value := item.get("ParameterValue"):
            yield name.text, _text(value)


def _pair(item: Node) -> tuple[str, str]:
    """`Name=Value`, as `aws cloudformation deploy` takes it."""
    name, equals, value = (item.text if isinstance(item, ScalarNode) else "").partition("=")
    if not equals:
        raise _error(item, "an entry is no parameter")
    return name, value


def _text(node: Node) -> str:
    if isinstance(node, ListNode) and all(isinstance(item, ScalarNode) for item in node.items):
        return ",".join(map(_text, node.items))
    if not isinstance(node, ScalarNode):
        raise _error(node, "a value is neither a text nor a list of texts")
    return node.text


def _error(node: Node, problem: str) -> InputError:
    return InputError(node.span.file, problem, REMEDY, line=node.span.line, column=node.span.column)
