"""How much work evaluation may be, counted over all stacks of one load: hostile templates grow fast by small means."""

from __future__ import annotations

DEEPEST = 120
MOST_TEXT = 1 << 20
MOST_TEXTS = 64 << 20
MOST_HOLES = 10_000
MOST_NESTED = 500
MOST_NESTED_NODES = 2_000_000
MOST_PROBLEMS = 200


class Bounds:
    """The counters. `level` is how deep evaluation is at the moment; the others only grow."""

    __slots__ = ("level", "nested", "nodes", "texts")

    def __init__(self) -> None:
        self.level = 0
        self.texts = 0
        self.nested = 0
        self.nodes = 0

    def may_nest(self, nodes: int) -> bool:
        """Count one more nested stack, of so many nodes: whether there may be one more."""
        self.nested += 1
        self.nodes += nodes
        return self.nested <= MOST_NESTED and self.nodes <= MOST_NESTED_NODES

    def may_write(self, length: int) -> bool:
        """Count a text that is put together, by its length: whether it may be so long."""
        self.texts += length
        return length <= MOST_TEXT and self.texts <= MOST_TEXTS
