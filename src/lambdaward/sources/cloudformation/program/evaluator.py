"""Evaluating nodes of one template to values, keeping where each value stands and which defaults it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from lambdaward.model import FileOrigin, Path, Problem, Unknown, Value, one_of
from lambdaward.sources.cloudformation.node import Entry, ListNode, MapNode, Node, ScalarNode, Span
from lambdaward.sources.cloudformation.program.conditions import Conditions
from lambdaward.sources.cloudformation.program.functions import FUNCTIONS
from lambdaward.sources.cloudformation.program.parameters import Parameter


class World(Protocol):
    """What lies outside of a template's own text: its resources' identities, its surroundings, other stacks."""

    def pseudo(self, name: str) -> Value:
        """The value of a pseudo parameter."""

    def attribute(self, resource: str, attribute: str) -> Value | None:
        """An attribute of a resource (`Ref` for what Ref returns), or `None` when there is no such resource."""

    def imported(self, name: Value) -> Value:
        """The value that some stack exports under a name."""


class Evaluator:
    """Evaluates nodes. While a resource is evaluated, `origins` and `uses` fill by property path."""

    def __init__(
        self, parameters: Mapping[str, Parameter], mappings: Node | None, conditions: Node | None, world: World
    ) -> None:
        self.parameters = parameters
        self.mappings = mappings
        self.world = world
        self.conditions = Conditions(conditions, self.value)
        self.problems: dict[tuple[str, int, int, str], Problem] = {}
        self.origins: dict[Path, FileOrigin] = {}
        self.uses: dict[Path, tuple[str, ...]] = {}
        self._touched: list[str] = []

    def resource(self, node: Node | None) -> tuple[Value, dict[Path, FileOrigin], dict[Path, tuple[str, ...]]]:
        """The value of a resource's properties, with its own tables of origins and uses."""
        self.origins, self.uses, self._touched = {}, {}, []
        value = self.value(node, ()) if node is not None else None
        origins, uses = self.origins, self.uses
        self.origins, self.uses = {}, {}
        return value, origins, uses

    def value(self, node: Node, path: Path | None = None) -> Value:
        """The value of a node. With a path, its origin and those of everything below it are kept."""
        match node:
            case ScalarNode():
                return self._scalar(node)
            case ListNode():
                return self._list(node, path)
        function = _function(node)
        if function is None:
            return self._mapping(node, path)
        mark = len(self._touched)
        result = self._call(function, node, path)
        if path is not None and len(self._touched) > mark:
            self.uses[path] = tuple(dict.fromkeys(self._touched[mark:]))
        return result

    def touch(self, parameter: str) -> None:
        """Note that a value rests on a parameter's default."""
        self._touched.append(parameter)

    def fault(self, node: Node, message: str, remedy: str) -> Unknown:
        """Note a fault of the template, and the unknown that stands for the value there."""
        span = node.span
        key = (span.file, span.line, span.column, message)
        self.problems.setdefault(key, Problem(span.file, message, remedy, span.line, span.column, fatal=False))
        return Unknown(message, remedy)

    def note(self, path: Path, span: Span) -> None:
        """Keep where a value stands."""
        self.origins[path] = FileOrigin(span.file, span.line, span.column, span.end_line, span.end_column)

    def _scalar(self, node: ScalarNode) -> Value:
        if isinstance(node.value, str) and "{{resolve:" in node.value:
            from lambdaward.sources.cloudformation.program.dynamic import dynamic  # noqa: PLC0415 - rarely needed

            return dynamic(node.value)
        return node.value

    def _list(self, node: ListNode, path: Path | None) -> Value:
        found: list[Value] = []
        for item in node.items:
            here = None if path is None else (*path, len(found))
            value = self.value(item, here)
            if value is None:
                continue
            if here is not None:
                self.note(here, item.span)
            found.append(value)
        return tuple(found)

    def _mapping(self, node: MapNode, path: Path | None) -> Value:
        found: dict[str, Value] = {}
        for key, entry in node.entries.items():
            here = None if path is None else (*path, key)
            value = self.value(entry.value, here)
            if value is None:
                continue
            if here is not None:
                self.note(here, from_key(entry))
            found[key] = value
        return found

    def _call(self, name: str, node: MapNode, path: Path | None) -> Value:
        argument = next(iter(node))[1]
        if name == "Fn::If":
            return self._if(argument, path)
        function = FUNCTIONS.get(name)
        if function is None:
            return self.fault(
                node, f"`{name}` is not an intrinsic function", "see the CloudFormation function reference"
            )
        return function(self, argument)

    def _if(self, argument: Node, path: Path | None) -> Value:
        if (
            not isinstance(argument, ListNode)
            or len(argument.items) != 3
            or not isinstance(name := argument.items[0], ScalarNode)
        ):
            return self.fault(argument, "Fn::If takes a condition and two values", "write [Condition, IfTrue, IfFalse]")
        _, when, otherwise = argument.items
        truth = self.conditions.named(name.text)
        if isinstance(truth, bool):
            return self._branch(when if truth else otherwise, path)
        return one_of([self._branch(when, path), self._branch(otherwise, path)], truth.reason)

    def _branch(self, node: Node, path: Path | None) -> Value:
        value = self.value(node, path)
        if path and value is not None:
            self.note(path, node.span)
        return value


def from_key(entry: Entry) -> Span:
    """The span of a key with its value."""
    key, value = entry.key_span, entry.value.span
    if value.file != key.file or (value.line, value.column) < (key.line, key.column):
        return value
    return Span(key.file, key.line, key.column, value.end_line, value.end_column)


def _function(node: MapNode) -> str | None:
    """The intrinsic function that a mapping is, if it is one."""
    if len(node.entries) != 1:
        return None
    name = next(iter(node.entries))
    return name if name == "Ref" or name.startswith("Fn::") else None
