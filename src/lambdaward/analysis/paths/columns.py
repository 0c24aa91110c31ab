"""Resources in rows, so that a question about all of them is answered by sets: bit `i` of an integer is row `i`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from lambdaward.analysis.arns import fields
from lambdaward.analysis.paths.candidate import Arn, Candidate
from lambdaward.catalog.wildcards import compiled
from lambdaward.iam import Pattern
from lambdaward.model import No, Verdict, Yes, parts

_LITERAL = re.compile(r"[^*?$]*")  # what every text that a pattern matches begins with
_VARIABLE = re.compile(r"\$\{[^}]*\}")
_AFTER = "\U0010ffff"
_FEW = 16  # of so many rows, taking one after the other from a set is faster than writing the set out


class Rows(Struct, frozen=True):
    """An answer about rows: those where it is yes, and those where it is not known. It is no for all others."""

    sure: int
    open: int

    @property
    def possible(self) -> int:
        """Where it is not no."""
        return self.sure | self.open

    def __and__(self, other: Rows) -> Rows:
        sure = self.sure & other.sure
        return Rows(sure, self.possible & other.possible & ~sure)

    def __or__(self, other: Rows) -> Rows:
        sure = self.sure | other.sure
        return Rows(sure, (self.open | other.open) & ~sure)

    def but(self, rows: int, verdict: Verdict) -> Rows:
        """The same answer with another one in some rows."""
        return Rows(self.sure & ~rows, self.open & ~rows) | everywhere(known(verdict), rows)


def bits(mask: int) -> Iterator[int]:
    """The rows of a set, in order."""
    if mask.bit_count() < _FEW:
        while mask:
            low = mask & -mask
            yield low.bit_length() - 1
            mask ^= low
        return
    digits = f"{mask:b}"[::-1]
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)


def known(verdict: Verdict) -> bool | None:
    """A verdict without its reasons: true, false, or `None` where it is not known."""
    return True if isinstance(verdict, Yes) else False if isinstance(verdict, No) else None


def everywhere(answer: bool | None, rows: int) -> Rows:  # noqa: FBT001 - an answer
    """The same answer in each of some rows."""
    return Rows(rows, 0) if answer else Rows(0, rows if answer is None else 0)


def each(rows: int, asked: Callable[[int], bool | None]) -> Rows:
    """The answers to a question about each of some rows."""
    found = Rows(0, 0)
    for row in bits(rows):
        found |= everywhere(asked(row), 1 << row)
    return found


def _head(pattern: Pattern) -> str:
    """The literal text that everything begins with that a pattern matches."""
    first = parts(pattern.value)[0]
    literal = _LITERAL.match(first) if isinstance(first, str) else None
    return literal[0] if literal else ""


class Column:
    """The resources that a variable may stand for, one in each row."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.candidates = tuple(candidates)
        self.everything = (1 << len(self.candidates)) - 1
        self._about: dict[object, int] = {}

    def classes(self, patterns: Iterable[Pattern], among: int = -1) -> Iterator[int]:
        """Some rows in sets within which no pattern tells one from another, and no account. A row of which a pattern cannot tell
        by itself, for a hole or a variable, is alone."""
        telling = list(dict.fromkeys(pattern for pattern in patterns if pattern.value != "*"))
        alone = self._holes & among if telling else 0
        found = [cell & among for cell in self._accounts if cell & among]
        for pattern in telling:
            if pattern.matcher is None:
                alone |= self._perhaps(pattern) & among
            else:
                about = self._matched(pattern)
                found = [cell for part in found for cell in (part & about, part & ~about) if cell]
        yield from (cell & ~alone for cell in found if cell & ~alone)
        yield from (1 << row for row in bits(alone))
        if self._holes & among and not telling:
            yield self._holes & among

    def _matched(self, pattern: Pattern) -> int:
        """The rows that a pattern is about, those with holes aside."""
        key = pattern if isinstance(pattern.value, str) and "${" in pattern.value else pattern.value
        if key not in self._about:
            matches = pattern.matcher
            self._about[key] = sum(1 << row for arn, row in self._near(pattern) if matches is not None and matches(arn))
        return self._about[key]

    def _perhaps(self, pattern: Pattern) -> int:
        """The rows without holes that a pattern may be about, whatever its variables and holes stand for."""
        if pattern not in self._about:
            widened = "".join(part if isinstance(part, str) else "*" for part in parts(pattern.value))
            matches = compiled(_VARIABLE.sub("*", widened)).fullmatch
            self._about[pattern] = sum(1 << row for arn, row in self._near(pattern) if matches(arn))
        return self._about[pattern]

    def _near(self, pattern: Pattern) -> list[tuple[str, int]]:
        """The rows without holes whose ARNs begin as everything does that a pattern matches."""
        head = _head(pattern)
        return self._plain[bisect_left(self._plain, (head, -1)) : bisect_left(self._plain, (head + _AFTER, -1))]

    @cached_property
    def arns(self) -> frozenset[Arn]:
        """The ARNs."""
        return frozenset(one.arn for one in self.candidates)

    @cached_property
    def _plain(self) -> list[tuple[str, int]]:
        """The ARNs without holes, sorted, each with its row."""
        return sorted((one.arn, row) for row, one in enumerate(self.candidates) if isinstance(one.arn, str))

    @cached_property
    def _holes(self) -> int:
        return self.everything & ~sum(1 << row for _, row in self._plain)

    @cached_property
    def _accounts(self) -> list[int]:
        found: dict[object, int] = {}
        for arn, row in self._plain:
            account = fields(arn)[4:5]
            found[account] = found.get(account, 0) | 1 << row
        return list(found.values())
