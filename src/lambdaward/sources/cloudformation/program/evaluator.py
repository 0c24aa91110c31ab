"""Evaluating nodes of one template to values, keeping where each value stands and which defaults it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from lambdaward.model import FileOrigin, Path, Problem, Unknown, Value, one_of
from lambdaward.sources.cloudformation.node import Entry, ListNode, MapNode, Node, ScalarNode, Span
from lambdaward.sources.cloudformation.program.bounds import DEEPEST, MOST_PROBLEMS, MOST_VALUES, Bounds
from lambdaward.sources.cloudformation.program.conditions import Conditions, first
from lambdaward.sources.cloudformation.program.functions import FUNCTIONS
from lambdaward.sources.cloudformation.program.joining import join
from lambdaward.sources.cloudformation.program.parameters import Parameter


class World(Protocol):
    """What lies outside of a template's own text: its resources' identities, its surroundings, other stacks."""

    def pseudo(self, name: str) -> Value:
        """The value of a pseudo parameter."""

    def attribute(self, resource: str, attribute: str) -> Value | None:
        """An attribute of a resource (`Ref` for what Ref returns), or `None` when there is no such resource."""

    def imported(self, name: Value) -> Value:
        """The value that some stack exports under a name."""


class Evaluated(Struct, frozen=True):
    """The value of a resource's properties, where each value in it stands, and which defaults it rests on."""

    value: Value
    origins: dict[Path, FileOrigin]
    uses: dict[Path, tuple[str, ...]]


class Evaluator:
    """Evaluates the nodes of one template. While a resource is evaluated, its tables fill by property path."""

    def __init__(
        self, parameters: Mapping[str, Parameter], sections: Mapping[str, Node | None], world: World, bounds: Bounds
    ) -> None:
        self.parameters = parameters
        self.mappings = sections.get("Mappings")
        self.world = world
        self.bounds = bounds
        self.problems: dict[tuple[str, int, int, str], Problem] = {}
        self.touched: list[str] = []
        self.conditions = Conditions(sections.get("Conditions"), self)
        self._now = Evaluated(None, {}, {})
        self._said_full: Unknown | None = None

    def resource(self, node: Node | None) -> Evaluated:
        """The value of a resource's properties, with its own tables."""
        self._now = now = Evaluated(None, {}, {})
        self.touched.clear()
        value = self.value(node, ()) if node is not None else None
        self._now = Evaluated(None, {}, {})
        return Evaluated(value, now.origins, now.uses)

    def value(self, node: Node, path: Path | None = None) -> Value:
        """The value of a node. With a path, its origin and those of everything below it are kept."""
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        if self.bounds.level >= DEEPEST:
            return self.fault(node, f"values nest deeper than {DEEPEST} levels", "flatten them")
        if self.bounds.full:
            return self._full(node)
        self.bounds.level += 1
        result = self._list(node, path) if isinstance(node, ListNode) else self._map(node, path)
        self.bounds.level -= 1
        return result

    def join(self, values: Sequence[Value], delimiter: str = "") -> Value:
        """The text that values make, within the bounds of this load."""
        return join(values, self.bounds, delimiter)

    def touch(self, parameter: str) -> None:
        """Note that a value rests on a parameter's default."""
        self.touched.append(parameter)

    def fault(self, node: Node, message: str, remedy: str) -> Unknown:
        """Note a fault of the template, and the unknown that stands for the value there."""
        span = node.span
        key = (span.file, span.line, span.column, message)
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.setdefault(key, Problem(span.file, message, remedy, span.line, span.column, fatal=False))
        return Unknown(message, remedy)

    def _full(self, node: Node) -> Unknown:
        """What stands for every value from here on. It is said once for each stack."""
        message, remedy = (
            f"there are more than {MOST_VALUES:,} values; the rest is not known",
            "scan the templates in parts",
        )
        self._said_full = self._said_full or self.fault(node, message, remedy)
        return self._said_full

    def _scalar(self, node: ScalarNode) -> Value:
        if isinstance(node.value, str) and "{{resolve:" in node.value:
            from lambdaward.sources.cloudformation.program.dynamic import dynamic  # noqa: PLC0415 - rarely needed

            return dynamic(node.value)
        return node.value

    def _list(self, node: ListNode, path: Path | None) -> Value:
        found: list[Value] = []
        self.bounds.values += len(node.items)
        for item in node.items:
            here = None if path is None else (*path, len(found))
            value = self.value(item, here)
            if value is None:
                continue
            if here is not None:
                self._now.origins[here] = origin(item.span)
            found.append(value)
        return tuple(found)

    def _map(self, node: MapNode, path: Path | None) -> Value:
        """The value of a mapping, or of the intrinsic function that it is."""
        function = _function(node)
        if function is None:
            return self._mapping(node, path)
        mark = len(self.touched)
        result = self._call(function, node, path)
        if path is not None and len(self.touched) > mark:
            self._now.uses[path] = first(self.touched[mark:])
        return result

    def _mapping(self, node: MapNode, path: Path | None) -> Value:
        found: dict[str, Value] = {}
        self.bounds.values += len(node.entries)
        for key, entry in node.entries.items():
            here = None if path is None else (*path, key)
            value = self._macro(entry.value) if key == "Fn::Transform" else self.value(entry.value, here)
            if value is None:
                continue
            if here is not None:
                self._now.origins[here] = of_entry(entry)
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
        value = function(self, argument)
        self.bounds.count(value)
        return value

    def _macro(self, node: Node) -> Value:
        """What stands for the keys that a macro would put into a mapping."""
        return FUNCTIONS["Fn::Transform"](self, node)

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
            return self.value(when if truth else otherwise, path)
        return one_of([self.value(when, path), self.value(otherwise, path)], truth.reason)


def origin(span: Span) -> FileOrigin:
    """A span as an origin."""
    return FileOrigin(span.file, span.line, span.column, span.end_line, span.end_column)


def of_entry(entry: Entry) -> FileOrigin:
    """Where a key stands with its value."""
    key, value = entry.key_span, entry.value.span
    if value.file != key.file or (value.line, value.column) < (key.line, key.column):
        return origin(value)
    return FileOrigin(key.file, key.line, key.column, value.end_line, value.end_column)


def _function(node: MapNode) -> str | None:
    """The intrinsic function that a mapping is, if it is one."""
    if len(node.entries) != 1:
        return None
    name = next(iter(node.entries))
    return name if name == "Ref" or name.startswith("Fn::") else None
