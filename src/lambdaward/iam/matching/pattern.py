"""A pattern of a policy against a text of a request, each of which may have holes: a truth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

from lambdaward.iam.context import Context
from lambdaward.iam.language import Textual
from lambdaward.iam.matching.glob import Matcher, glob
from lambdaward.iam.matching.holes import identity, is_partition, why
from lambdaward.iam.matching.items import Item, Symbol, Variable, Wild, items, symbols
from lambdaward.iam.matching.machine import Machine
from lambdaward.iam.truth import Doubt, Truth
from lambdaward.model import Hole, Unknown

T = TypeVar("T")
_TOO_LONG = Doubt((Unknown("whether a pattern covers another takes too long to say"),))


class Subject:
    """A text of a request, ready to be matched. `plain` is the text when it has neither holes nor wildcards."""

    __slots__ = ("items", "plain", "wild")

    def __init__(self, read: tuple[Symbol, ...]) -> None:
        self.items = read
        self.wild = Wild.ANY in read
        self.plain = read[0] if len(read) == 1 and isinstance(read[0], str) else _plain(read)


def _plain(read: tuple[Symbol, ...]) -> str | None:
    """The text of items that are all literal."""
    known = [item for item in read if isinstance(item, str)]
    return "".join(known) if len(known) == len(read) else None


def subject(value: Textual, *, wildcards: bool = False) -> Subject:
    """A text of a request. `wildcards`: whether a `*` stands for any text; a `?` never does, as names may have one."""
    if isinstance(value, str) and not (wildcards and "*" in value):
        return Subject((value,))
    read: tuple[Symbol, ...] = symbols(value, wildcards=wildcards)
    return Subject(tuple("?" if item is Wild.ONE else item for item in read))


class Pattern:
    """One pattern. `plain`: it has neither holes nor variables. `literal`: whether `*` and `?` are plain characters. `fold`:
    whether case does not matter; texts then come in lower case."""

    __slots__ = ("_fold", "_items", "_literal", "_matcher", "plain", "value")

    def __init__(
        self,
        value: Textual,
        *,
        variables: bool = False,
        resource: bool = False,
        literal: bool = False,
        fold: bool = False,
    ) -> None:
        self.value = value
        self._fold = fold
        self._literal = literal
        self._items: tuple[Item, ...] | None = None
        self._matcher: Matcher | None = None
        self.plain = isinstance(value, str) and not (variables and "${" in value)
        if not self.plain:
            read = (
                items(value, wildcards=not literal, resource=resource)
                if variables
                else symbols(value, wildcards=not literal)
            )
            self._items = _folded(read) if fold else read
            self.plain = all(isinstance(item, str | Wild) for item in self._items)

    @property
    def matcher(self) -> Matcher | None:
        """A function of a plain text, for a plain pattern; made when it is first needed."""
        if self._matcher is None and self.plain:
            if self._items is None and isinstance(self.value, str):
                known = self.value.lower() if self._fold else self.value
                self._matcher = known.__eq__ if self._literal else glob(known)
            else:
                self._matcher = _plain_matcher([item for item in self.items if isinstance(item, str | Wild)])
        return self._matcher

    @property
    def items(self) -> tuple[Item, ...]:
        """The literals, wildcards, variables and holes; those of a plain text are read when they are first needed."""
        if self._items is None:
            read = symbols(self.value, wildcards=not self._literal)
            self._items = _folded(read) if self._fold else read
        return self._items

    def covers(self, subject: Subject, context: Context) -> Truth:
        """Whether the pattern matches everything that the subject stands for."""
        matcher = self.matcher
        if matcher is not None and subject.plain is not None:
            return matcher(subject.plain)
        resolved = self.resolve(context)
        return False if resolved is None else covers(resolved, subject)

    def meets(self, subject: Subject, context: Context) -> Truth:
        """Whether the pattern matches something that the subject stands for."""
        if not subject.wild:
            return self.covers(subject, context)
        resolved = self.resolve(context)
        return False if resolved is None else _meets(resolved, subject)

    def resolve(self, context: Context) -> tuple[Symbol, ...] | None:
        """The items with the values of variables; `None` when one has no value: then nothing matches."""
        found: list[Symbol] = []
        for item in self.items:
            if not isinstance(item, Variable):
                found.append(item)
                continue
            value = context.single(item.key)
            if value is None and item.default is None:
                return None
            inner = symbols(item.default or "" if value is None else value, wildcards=False)
            found += _folded(inner) if self._fold else inner
        return tuple(found)


@lru_cache(maxsize=65_536)
def pattern(value: str, *, fold: bool = False) -> Pattern:
    """The pattern of a text without variables; equal texts share one."""
    return Pattern(value, fold=fold)


def _plain_matcher(read: Sequence[str | Wild]) -> Matcher:
    """A matcher for literals and wildcards. A literal `*` or `?` among wildcards needs the machine."""
    literals = [item for item in read if isinstance(item, str)]
    if len(literals) == len(read):
        return "".join(literals).__eq__
    if any("*" in item or "?" in item for item in literals):
        machine = Machine(read, may=False)
        return lambda text: machine.must((text,))
    return glob("".join(item if isinstance(item, str) else item.value for item in read))


def _folded(read: Iterable[T]) -> tuple[T, ...]:
    return tuple(item.lower() if isinstance(item, str) else item for item in read)  # type: ignore[misc]


def covers(pattern: tuple[Symbol, ...], subject: Subject) -> Truth:
    """Whether a pattern without variables matches everything that the subject stands for."""
    if _apart(pattern, subject.items):
        return False
    machine = Machine(pattern, may=False)
    if machine.must(subject.items):
        return True
    if subject.wild:
        exact = machine.covers(subject.items)
        if exact is not False:
            return exact or _TOO_LONG
    reasons = _reasons(pattern, subject)
    return Doubt(reasons) if reasons and _may_cover(pattern, subject) else False


def _may_cover(pattern: tuple[Symbol, ...], subject: Subject) -> bool:
    """Whether holes may turn out so that the pattern covers the subject (said too often when the subject has wildcards and
    holes)."""
    machine = Machine(pattern, may=True)
    if subject.wild and not any(_holes(subject.items)):
        return machine.covers(subject.items) is not False
    return machine.may(subject.items)


def _meets(pattern: tuple[Symbol, ...], subject: Subject) -> Truth:
    if _apart(pattern, subject.items):
        return False
    if Machine(pattern, may=False).may(subject.items, opaque=True):
        return True
    reasons = _reasons(pattern, subject)
    return Doubt(reasons) if reasons and Machine(pattern, may=True).may(subject.items) else False


def _apart(left: tuple[Symbol, ...], right: tuple[Symbol, ...]) -> bool:
    """Whether two texts begin, or end, with literals that cannot be the same, whatever else they stand for."""
    if not left or not right:
        return False
    first, other = left[0], right[0]
    if isinstance(first, str) and isinstance(other, str) and not (first.startswith(other) or other.startswith(first)):
        return True
    last, other = left[-1], right[-1]
    return isinstance(last, str) and isinstance(other, str) and not (last.endswith(other) or other.endswith(last))


def _reasons(pattern: tuple[Symbol, ...], subject: Subject) -> tuple[Unknown, ...]:
    """Why it may not be known whether they match: the holes that are on one side only, or else all."""
    left, right = ({identity(hole): hole for hole in _holes(side)} for side in (pattern, subject.items))
    either = {**left, **right}
    alone = [either[key] for key in either if (key in left) != (key in right)] or list(either.values())
    return tuple(dict.fromkeys(map(why, alone)))


def _holes(side: tuple[Symbol, ...]) -> Iterator[Hole]:
    return (item for item in side if not isinstance(item, str | Wild) and not is_partition(item))
