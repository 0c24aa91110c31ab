"""Conditions in three values: true, false, or unknown with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Protocol

from lambdaward.model import No as NoVerdict
from lambdaward.model import Redacted, Unknown, Value, each, is_equal, literal, unknowns
from lambdaward.model import Yes as YesVerdict
from lambdaward.sources.cloudformation.node import ListNode, MapNode, Node, ScalarNode
from lambdaward.sources.cloudformation.program.bounds import DEEPEST, MOST_NAMES, Bounds

Truth = bool | Unknown
LOOP = Unknown("a condition depends on itself", "break the cycle")
DEEP = Unknown("conditions nest too deeply", "flatten them")
USE = "use Fn::And, Fn::Or, Fn::Not, Fn::Equals or Condition"


class Run(Protocol):
    """What conditions need of the evaluator: values, faults, and the parameters whose defaults were used so far."""

    bounds: Bounds
    touched: list[str]

    def value(self, node: Node) -> Value:
        """The value of a node."""

    def fault(self, node: Node, message: str, remedy: str) -> Unknown:
        """Note a fault of the template."""


class Conditions:
    """The conditions of one template, each decided at most once."""

    def __init__(self, section: Node | None, run: Run) -> None:
        self._nodes = dict(section) if isinstance(section, MapNode) else {}
        self._run = run
        self._known: dict[str, Truth] = {}
        self._rests: dict[str, tuple[str, ...]] = {}
        self._open: set[str] = set()

    def named(self, name: str) -> Truth:
        """The truth of the condition with a name. The defaults that it rests on are noted each time."""
        if name in self._known:
            self._run.touched += self._rests[name]
            return self._known[name]
        if name in self._open:
            return LOOP
        node = self._nodes.get(name)
        if node is None:
            return Unknown(f"condition {name} is not declared", "declare it under Conditions")
        self._open.add(name)
        mark = len(self._run.touched)
        self._known[name] = truth = self._named(name, node)
        self._rests[name] = first(self._run.touched[mark:])
        self._open.discard(name)
        return truth

    def _named(self, name: str, node: Node) -> Truth:
        truth = self.truth(node)
        if isinstance(truth, bool):
            return truth
        reason = (
            truth.reason if truth.reason.startswith("condition ") else f"condition {name} is not known: {truth.reason}"
        )
        return Unknown(reason, truth.settle)

    def truth(self, node: Node) -> Truth:
        """The truth of a condition function."""
        bounds = self._run.bounds
        if bounds.level >= DEEPEST:
            return DEEP
        bounds.level += 1
        truth = self._truth(node)
        bounds.level -= 1
        return truth

    def _truth(self, node: Node) -> Truth:
        if not isinstance(node, MapNode) or len(node.entries) != 1:
            return self._fault(node)
        ((function, argument),) = node
        if function == "Condition" and isinstance(argument, ScalarNode):
            return self.named(argument.text)
        operator = _OPERATORS.get(function)
        return operator(self, argument) if operator and isinstance(argument, ListNode) else self._fault(node)

    def _fault(self, node: Node) -> Unknown:
        return self._run.fault(node, "a condition that is not one", USE)

    def _and(self, node: ListNode) -> Truth:
        return _settled([self.truth(item) for item in node.items], stop=False)

    def _or(self, node: ListNode) -> Truth:
        return _settled([self.truth(item) for item in node.items], stop=True)

    def _not(self, node: ListNode) -> Truth:
        inner = self.truth(node.items[0]) if len(node.items) == 1 else self._fault(node)
        return (not inner) if isinstance(inner, bool) else inner

    def _equals(self, node: ListNode) -> Truth:
        if len(node.items) != 2:
            return self._fault(node)
        left, right = map(self._run.value, node.items)
        return equal(left, right)


_OPERATORS: dict[str, Callable[[Conditions, ListNode], Truth]] = {
    "Fn::And": Conditions._and,  # noqa: SLF001 - its own methods
    "Fn::Or": Conditions._or,  # noqa: SLF001
    "Fn::Not": Conditions._not,  # noqa: SLF001
    "Fn::Equals": Conditions._equals,  # noqa: SLF001
}


def first(names: Iterable[str]) -> tuple[str, ...]:
    """The different names, as many of them as anybody reads."""
    return tuple(islice(dict.fromkeys(names), MOST_NAMES))


def _settled(truths: Sequence[Truth], *, stop: bool) -> Truth:
    """The stopping value when any has it, else the first unknown, else the other value."""
    if any(truth is stop for truth in truths):
        return stop
    return next((truth for truth in truths if not isinstance(truth, bool)), not stop)


def equal(left: Value, right: Value) -> Truth:
    """Whether two values are equal as CloudFormation compares them: by their text."""
    left, right = _comparable(left), _comparable(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if left == right and not any(unknowns(left)):
        return True
    known, other = (left, right) if isinstance(left, str) else (right, left)
    if isinstance(known, str):
        match is_equal(other, known):
            case YesVerdict():
                return True
            case NoVerdict():
                return False
    return _doubt(other)


def _comparable(value: Value) -> Value:
    """A value to compare: revealed, and as text where it is known."""
    value = value.reveal() if isinstance(value, Redacted) else value

    def texts(option: Value) -> Value:
        known = literal(option)
        return option if known is None else known

    return each(value, texts)


def _doubt(value: Value) -> Unknown:
    """Why a comparison is not decided."""
    found = next(iter(unknowns(value)), None)
    return found or Unknown("a value that only deployment gives", "give --region and --account, or parameters")
