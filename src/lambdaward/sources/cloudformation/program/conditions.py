"""Conditions in three values: true, false, or unknown with the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lambdaward.model import No as NoVerdict
from lambdaward.model import OneOf, Redacted, Text, Unknown, Value, is_equal, literal
from lambdaward.model import Yes as YesVerdict
from lambdaward.sources.cloudformation.node import ListNode, MapNode, Node, ScalarNode

Truth = bool | Unknown
Evaluate = Callable[[Node], Value]
LOOP = Unknown("a condition depends on itself", "break the cycle")
FAULT = Unknown("a condition that is not one", "use Fn::And, Fn::Or, Fn::Not, Fn::Equals or Condition")


class Conditions:
    """The conditions of one template, each decided at most once."""

    def __init__(self, section: Node | None, evaluate: Evaluate) -> None:
        self._nodes = dict(section) if isinstance(section, MapNode) else {}
        self._evaluate = evaluate
        self._known: dict[str, Truth] = {}
        self._open: set[str] = set()

    def named(self, name: str) -> Truth:
        """The truth of the condition with a name."""
        if name in self._known:
            return self._known[name]
        if name in self._open:
            return LOOP
        node = self._nodes.get(name)
        if node is None:
            return Unknown(f"condition {name} is not declared", "declare it under Conditions")
        self._open.add(name)
        self._known[name] = truth = self._named(name, node)
        self._open.discard(name)
        return truth

    def _named(self, name: str, node: Node) -> Truth:
        truth = self.truth(node)
        if isinstance(truth, bool):
            return truth
        return Unknown(f"condition {name} is not known: {truth.reason}", truth.settle)

    def truth(self, node: Node) -> Truth:
        """The truth of a condition function."""
        if not isinstance(node, MapNode) or len(node.entries) != 1:
            return FAULT
        ((function, argument),) = node
        if isinstance(argument, ScalarNode):
            return self.named(argument.text) if function == "Condition" else FAULT
        operator = _OPERATORS.get(function)
        return operator(self, argument.items) if operator and isinstance(argument, ListNode) else FAULT

    def _and(self, items: Sequence[Node]) -> Truth:
        return _settled([self.truth(item) for item in items], stop=False)

    def _or(self, items: Sequence[Node]) -> Truth:
        return _settled([self.truth(item) for item in items], stop=True)

    def _not(self, items: Sequence[Node]) -> Truth:
        inner = self.truth(items[0]) if len(items) == 1 else FAULT
        return (not inner) if isinstance(inner, bool) else inner

    def _equals(self, items: Sequence[Node]) -> Truth:
        return equal(*map(self._evaluate, items)) if len(items) == 2 else FAULT


_OPERATORS = {
    "Fn::And": Conditions._and,  # noqa: SLF001 - its own methods
    "Fn::Or": Conditions._or,  # noqa: SLF001
    "Fn::Not": Conditions._not,  # noqa: SLF001
    "Fn::Equals": Conditions._equals,  # noqa: SLF001
}


def _settled(truths: list[Truth], *, stop: bool) -> Truth:
    """The stopping value when any has it, else the first unknown, else the other value."""
    if any(truth is stop for truth in truths):
        return stop
    return next((truth for truth in truths if not isinstance(truth, bool)), not stop)


def equal(left: Value, right: Value) -> Truth:
    """Whether two values are equal as CloudFormation compares them: by their text."""
    left, right = (value.reveal() if isinstance(value, Redacted) else value for value in (left, right))
    texts = literal(left), literal(right)
    if texts[0] is not None and texts[1] is not None:
        return texts[0] == texts[1]
    if left == right and not isinstance(left, Unknown | OneOf) and not _has_unknown(left):
        return True
    known, other = (texts[0], right) if texts[0] is not None else (texts[1], left)
    verdict = is_equal(other, known)
    if known is not None and isinstance(verdict, NoVerdict | YesVerdict):
        return isinstance(verdict, YesVerdict)
    return next(iter(_unknown(value) for value in (left, right) if literal(value) is None))


def _has_unknown(value: Value) -> bool:
    return isinstance(value, Text) and any(isinstance(part, Unknown) for part in value.parts)


def _unknown(value: Value) -> Unknown:
    match value:
        case Unknown():
            return value
        case OneOf():
            return Unknown(value.reason)
        case Text():
            found = next((part for part in value.parts if isinstance(part, Unknown)), None)
            return found or Unknown("a name that only deployment gives", "give --region and --account, or parameters")
    return Unknown("a value that is no text")
