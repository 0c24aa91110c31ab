"""How long to think: a number of steps, so that the same question always has the same answer."""

from __future__ import annotations


class Undecided(Exception):  # noqa: N818 - it is no error
    """A question that is not settled, and why."""


class Budget:
    """Steps that are left."""

    __slots__ = ("left",)

    def __init__(self, steps: int = 2_000_000) -> None:
        self.left = steps

    def spend(self, steps: int = 1) -> None:
        """Take steps. Raises `Undecided` when none are left."""
        self.left -= steps
        if self.left < 0:
            raise Undecided("it takes too many steps")
