"""Things found by the literal text that texts must begin with."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Heads(Generic[T]):
    """Things, each below a text. `under` finds those below the beginnings of a text, the shortest first."""

    __slots__ = ("_by_head", "_lengths")

    def __init__(self) -> None:
        self._by_head: dict[str, list[T]] = {}
        self._lengths: list[int] = []

    def add(self, head: str, thing: T) -> None:
        """Put a thing below a text."""
        found = self._by_head.get(head)
        if found is None:
            self._by_head[head] = [thing]
            if len(head) not in self._lengths:
                self._lengths = sorted([*self._lengths, len(head)])
        else:
            found.append(thing)

    def under(self, text: str) -> list[T]:
        """The things below any beginning of a text."""
        found: list[T] = []
        for length in self._lengths:
            below = self._by_head.get(text[:length])
            if below is not None and length <= len(text):
                found += below
        return found

    def everything(self) -> list[T]:
        """All things."""
        return [thing for found in self._by_head.values() for thing in found]
