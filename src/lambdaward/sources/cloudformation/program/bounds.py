"""How much work evaluation may be, counted over all stacks of one load: hostile templates grow fast by small means."""

from __future__ import annotations

from lambdaward.model import OneOf, Value

DEEPEST = 120
MOST_TEXT = 1 << 20
MOST_TEXTS = 64 << 20
MOST_HOLES = 10_000
MOST_NESTED = 500
MOST_NODES = 3_000_000
MOST_VALUES = 3_000_000
MOST_PROBLEMS = 200
MOST_NAMES = 32
LONG = 256


class Bounds:
    """The counters. `level` is how deep evaluation is at the moment; the others only grow."""

    __slots__ = ("level", "nested", "nodes", "texts", "values")

    def __init__(self) -> None:
        self.level = 0
        self.nested = 0
        self.nodes = 0
        self.texts = 0
        self.values = 0

    @property
    def full(self) -> bool:
        """Whether no more values are evaluated."""
        return self.values > MOST_VALUES

    def may_read(self, nodes: int) -> bool:
        """Count the nodes of one more template: whether there may be so many."""
        self.nodes += nodes
        return self.nodes <= MOST_NODES

    def may_nest(self) -> bool:
        """Count one more nested stack: whether there may be one more."""
        self.nested += 1
        return self.nested <= MOST_NESTED

    def may_write(self, length: int) -> bool:
        """Count a text that is put together, by its length: whether it may be so long."""
        self.texts += length
        return length <= MOST_TEXT and self.texts <= MOST_TEXTS

    def count(self, value: Value) -> None:
        """Count what a function gave: the members of lists, and long texts for several."""
        match value:
            case str():
                self.values += len(value) // LONG
            case tuple():
                self.values += sum(1 + len(member) // LONG for member in value if isinstance(member, str))
            case OneOf():
                for option in value.options:
                    self.count(option)
