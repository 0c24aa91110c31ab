"""Patterns on texts with holes: a bit-parallel automaton, each symbol of the text one step for all positions at once.

State `i` means that the first `i` atoms of the pattern are matched. `loops` are the states at which a `*` stands: they stay,
whatever comes. A machine either *must* match (a hole is a symbol of its own, equal to itself only) or *may* match (a hole is
anything it may turn out to be). Time: text length times the machine words of the pattern.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

from lambdaward.iam.matching.holes import PARTITIONS, identity, is_account, is_field, is_generated, is_partition
from lambdaward.iam.matching.items import Symbol, Wild
from lambdaward.model import Hole

_OTHER = "\0"  # stands for every character that a pattern does not name
_DIGITS = frozenset("0123456789")
_MOST_STATES = 20_000


class Machine:
    """A pattern ready to run. `may`: whether the pattern's own holes are anything they may be."""

    def __init__(self, items: Iterable[Symbol], *, may: bool) -> None:
        self._atoms: dict[Hashable, int] = {}
        self._ones = self._holes = self._loops = self._field_loops = self._digit_loops = self._wild = 0
        self._size = 0
        for item in items:
            if isinstance(item, str):
                for character in item:
                    self._add(character)
            elif item is Wild.ANY:
                self._loops |= 1 << self._size
            elif item is Wild.ONE:
                self._ones |= 1 << self._size
                self._size += 1
            else:
                self._add_hole(item, may=may)
        self._wild |= self._loops | self._field_loops | self._digit_loops | self._ones
        self._accept = 1 << self._size

    def _add(self, symbol: Hashable) -> None:
        self._atoms[symbol] = self._atoms.get(symbol, 0) | 1 << self._size
        self._size += 1

    def _add_hole(self, hole: Hole, *, may: bool) -> None:
        if may and is_account(hole):
            self._digit_loops |= 1 << self._size
        elif is_partition(hole) or (may and is_field(hole)):
            self._field_loops |= 1 << self._size
        elif may and not is_generated(hole):
            self._loops |= 1 << self._size
        else:
            self._holes |= 1 << self._size
            self._add(identity(hole))

    def must(self, text: Iterable[Symbol]) -> bool:
        """Whether the pattern matches whatever the holes of the text are. A wildcard in the text needs one in the pattern."""
        states = 1
        for symbol in text:
            if isinstance(symbol, str):
                states = self._run(states, symbol)
            elif symbol is Wild.ANY:
                states &= self._loops
            elif symbol is Wild.ONE:
                states = (states & self._ones) << 1 | states & self._loops
            else:
                states = self._meet(states, symbol)
            if not states:
                return False
        return bool(states & self._accept)

    def may(self, text: Iterable[Symbol], *, opaque: bool = False) -> bool:
        """Whether the pattern matches something that the wildcards and holes of the text may stand for. `opaque`: holes stand
        for themselves only."""
        states = 1
        for symbol in text:
            if isinstance(symbol, str):
                states = self._run(states, symbol)
            elif symbol is Wild.ONE:
                states = self._any(states)
            elif opaque and symbol is not Wild.ANY:
                states = self._meet(states, symbol)
            else:
                states = self._grow(states, symbol)
            if not states:
                return False
        return bool(states & self._accept)

    def covers(self, text: Sequence[Symbol]) -> bool | None:
        """Whether the pattern matches every text that the wildcards of `text` stand for; `None` when that takes too long to
        say. Follows the pattern's states through every class of characters that it tells apart."""
        symbols = [s for symbol in text for s in (symbol if isinstance(symbol, str) else (symbol,))]
        classes = [symbol for symbol in self._atoms if isinstance(symbol, str)] + [_OTHER]
        todo, seen = [(0, 1)], {(0, 1)}
        while todo:
            position, states = todo.pop()
            if not states or (position == len(symbols) and not states & self._accept):
                return False
            if len(seen) > _MOST_STATES:
                return None
            if position < len(symbols):
                fresh = {*self._follow(symbols[position], position, states, classes)} - seen
                seen |= fresh
                todo += fresh
        return True

    def _follow(self, symbol: Symbol, position: int, states: int, classes: list[str]) -> Iterator[tuple[int, int]]:
        if isinstance(symbol, str):
            yield position + 1, self._run(states, symbol)
        elif isinstance(symbol, Wild):
            stays = symbol is Wild.ANY
            yield from ((position + (not stays), self._run(states, character)) for character in classes)
            if stays:
                yield position + 1, states
        else:
            yield position + 1, self._meet(states, symbol)

    def _run(self, states: int, text: str) -> int:
        for character in text:
            step = (states & (self._atoms.get(character, 0) | self._ones)) << 1
            states = step | states & self._staying(character)
            if not states:
                break
        return states

    def _staying(self, character: str) -> int:
        """The states that stay where they are on a character."""
        if character in _DIGITS:
            return self._loops | self._field_loops | self._digit_loops
        return self._loops if character == ":" else self._loops | self._field_loops

    def _meet(self, states: int, hole: Hole) -> int:
        """The same hole, a `*`, or for the partition any partition."""
        met = (states & self._atoms.get(identity(hole), 0)) << 1 | states & self._loops
        if is_partition(hole):
            met |= states & self._field_loops
            for name in PARTITIONS:
                met |= self._run(states, name)
        return met

    def _grow(self, states: int, hole: Hole | Wild) -> int:
        """Every state that can be reached while the hole stands for some text."""
        same = (states & self._atoms.get(identity(hole), 0)) << 1 if not isinstance(hole, Wild) else 0
        if is_generated(hole):
            return same | self._through_wild(states)
        reached = states
        while True:
            grown = reached | self._any(reached, colons=not is_field(hole))
            if grown == reached:
                return reached | same
            reached = grown

    def _any(self, states: int, *, colons: bool = True) -> int:
        """One step on some character (a hole of the pattern may begin or end on it too)."""
        colon = 0 if colons else self._atoms.get(":", 0)
        return (states & ~colon & ~self._accept) << 1 | states & (self._loops | self._field_loops | self._digit_loops)

    def _through_wild(self, states: int) -> int:
        """Like `_grow`, but through a wildcard at least once: nobody wrote the text of a generated name."""
        plain, wild = states, 0
        while True:
            literal = plain & ~self._ones & ~self._holes & ~self._accept
            open_plain = plain & self._wild
            grown = wild | self._any(wild & ~self._holes) | (open_plain & self._ones) << 1 | open_plain & ~self._ones
            onward = plain | literal << 1
            if (onward, grown) == (plain, wild):
                return wild
            plain, wild = onward, grown
