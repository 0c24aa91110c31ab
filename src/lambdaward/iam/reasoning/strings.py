"""Texts that some patterns match and others do not: the patterns as one automaton, whose states are found as they are needed.

A state is an integer: bit `i` is a place in one of the patterns, all laid end to end. A policy variable is a letter of its own
that `*` matches and `?` does not: what holds of the letter then holds of every value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from lambdaward.iam.matching.items import Variable, Wild, items, symbols
from lambdaward.iam.reasoning.budget import Budget

_ORDINARY = "x0zqjw-_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghiklmnoprstuvy123456789"
_FIELDS = 6
_CHEAP = 2048  # places of an automaton below which the length of its states does not matter
_COLON = ":"
_ARN = tuple("arn:")


class Wildcard(Struct, frozen=True):
    """A wildcard: `many` for `*`, and whether it stays within a `field` of an ARN."""

    many: bool
    field: bool = False


Token = str | Variable | Wildcard  # a text is any one of its characters: more than one where case does not matter
Glob = tuple[Token, ...]
Found = tuple[str | Variable, ...]
AN_ARN: Glob = (
    *"arn:",
    *(token for _ in range(4) for token in (Wildcard(many=True, field=True), ":")),
    Wildcard(many=True),
)


def glob(written: str, *, variables: bool, resource: bool = False, literal: bool = False, fold: bool = False) -> Glob:
    """A pattern of a policy as tokens. `literal`: whether `*` and `?` are plain characters. `fold`: case does not matter."""
    if variables and "${" in written:
        read = items(written, wildcards=not literal, resource=resource)
    else:
        read = symbols(written, wildcards=not literal)
    found: list[Token] = []
    for item in read:
        if isinstance(item, str):
            found += map(_any_case, item) if fold else item
        elif isinstance(item, Wild):
            found.append(Wildcard(item is Wild.ANY))
        elif isinstance(item, Variable):
            found.append(item)
    return tuple(found)


def filled(read: Glob, values: Mapping[str, str | None], *, fold: bool = False) -> Glob | None:
    """A pattern with the values of the variables that are known, those of keys without one left to their defaults; `None` for one
    that has a variable without either, which matches nothing. `fold`: case does not matter."""
    found: list[Token] = []
    for token in read:
        if not isinstance(token, Variable) or token.key not in values:
            found.append(token)
            continue
        value = values[token.key]
        value = token.default if value is None else value
        if value is None:
            return None
        found += map(_any_case, value) if fold else value
    return tuple(found)


def arn_glob(read: Glob) -> Glob | None:
    """The pattern of an ARN operator, whose wildcards stay within their fields; `None` for one that has not six fields."""
    colons = 0
    found: list[Token] = []
    for token in read:
        if token == _COLON:
            colons += 1
        if isinstance(token, Wildcard) and colons < _FIELDS - 1:
            found.append(Wildcard(token.many, field=True))
        else:
            found.append(token)
    return tuple(found) if colons >= _FIELDS - 1 else None


class Wanted(Struct, frozen=True):
    """What a text must be: matched by one pattern of every `groups`, and by none of `never`."""

    groups: tuple[tuple[Glob, ...], ...]
    never: tuple[Glob, ...]

    @property
    def overlaid(self) -> bool:
        """Whether several groups must match and have variables, so that finding no text proves nothing."""
        return len(set(self.groups)) > 1 and any(
            isinstance(t, Variable) for group in self.groups for g in group for t in g
        )


class _Automaton:
    """The patterns of what is wanted, and those `never` to match that matter. Raises `Undecided`: the numbers are as long as the
    patterns, so that each step takes the longer the longer they are."""

    def __init__(self, wanted: Wanted, never: Sequence[Glob], budget: Budget) -> None:
        length = sum(len(one) + 1 for group in (*wanted.groups, never) for one in group)
        self.step_cost = 1 + length // _CHEAP
        budget.spend(length * self.step_cost)
        self.budget = budget
        self.atoms: dict[str | Variable, int] = {}
        self.loops = self.field_loops = self.ones = self.field_ones = 0
        self.size = 0
        self.start = self.traps = self.never = 0
        self.groups: list[tuple[int, int]] = []
        for group in wanted.groups:
            first, accepting = self.size, 0
            for one in group:
                accepting |= self._add(one)
            self.groups.append(((1 << self.size) - (1 << first), accepting))
        for one in never:
            self.never |= self._add(one)
        self.traps = self.never & self.loops

    def _add(self, tokens: Glob) -> int:
        """Lay a pattern behind the others; its accepting place."""
        self.start |= 1 << self.size
        for token in tokens:
            bit = 1 << self.size
            if isinstance(token, Wildcard):
                if token.many:
                    self.loops |= 0 if token.field else bit
                    self.field_loops |= bit if token.field else 0
                    continue
                self.ones |= 0 if token.field else bit
                self.field_ones |= bit if token.field else 0
            else:
                for variant in token if isinstance(token, str) else (token,):
                    self.atoms[variant] = self.atoms.get(variant, 0) | bit
            self.size += 1
        accepting = 1 << self.size
        self.size += 1
        return accepting

    def step(self, state: int, token: str | Variable) -> int:
        self.budget.spend(self.step_cost)
        colon, variable = token == _COLON, isinstance(token, Variable)
        atoms = self.atoms.get(token, 0)
        if not variable:
            atoms |= self.ones if colon else self.ones | self.field_ones
        return (state & atoms) << 1 | state & (self.loops if colon else self.loops | self.field_loops)

    def telling(self, state: int) -> list[str | Variable]:
        """The characters and variables that some pattern waits for."""
        self.budget.spend(self.step_cost * len(self.atoms) // 8)
        return [token for token, atoms in self.atoms.items() if atoms & state]

    @property
    def fresh(self) -> str:
        """A character that no pattern names."""
        return next(c for c in chain(_ORDINARY, map(chr, range(0x100, 0x2000))) if c not in self.atoms)

    def matches(self, text: Found) -> bool:
        """Whether a text is wanted."""
        state = self.start
        for token in text:
            state = self.step(state, token)
        return self.accepts(state)

    def hopeless(self, state: int) -> bool:
        return bool(state & self.traps) or any(not state & span for span, _ in self.groups)

    def accepts(self, state: int) -> bool:
        return not state & self.never and all(state & accepting for _, accepting in self.groups)


def _any_case(character: str) -> str:
    return "".join(dict.fromkeys((character.lower(), character.upper())))


def find(wanted: Wanted, budget: Budget) -> Found | None:
    """A short text that is wanted, never the empty one, as characters and variables; `None` when there is none.

    Raises `Undecided` when the budget does not suffice.
    """
    never = set(wanted.never)
    groups = tuple(dict.fromkeys(tuple(one for one in group if one not in never) for group in wanted.groups))
    if not all(groups):
        return None
    kept = Wanted(groups, tuple(never))
    avoided = _relevant(kept)
    if len(groups) == 1 and not avoided:
        return _instance(groups[0][0])
    machine = _Automaton(kept, avoided, budget)
    guessed = map(_instance, dict.fromkeys(group[0] for group in groups))
    return next(filter(machine.matches, guessed), None) or _walked(machine)


def classes(patterns: Sequence[Glob], form: Glob, budget: Budget) -> Iterator[Found]:
    """A text of a form for each way in which some of the patterns match it and others do not.

    Raises `Undecided` when the budget does not suffice.
    """
    machine = _Automaton(Wanted(((form,), *((one,) for one in patterns)), ()), (), budget)
    (_, formed), *others = machine.groups
    found: set[tuple[bool, ...]] = set()
    for state, path in _states(machine):
        ends = tuple(bool(state & accepting) for _, accepting in others)
        if state & formed and ends not in found:
            found.add(ends)
            yield path


def _states(machine: _Automaton) -> Iterator[tuple[int, Found]]:
    """Every state that some text leads to, with a shortest such text."""
    fresh = machine.fresh
    layer: dict[int, Found] = {machine.start: ()}
    seen = set(layer)
    while layer:
        following: dict[int, Found] = {}
        for state, path in layer.items():
            yield state, path
            for token in (fresh, ":", *machine.telling(state)):
                after = machine.step(state, token)
                if after not in seen:
                    seen.add(after)
                    following[after] = (*path, token)
        layer = following


def _instance(tokens: Glob) -> Found:
    """The shortest text that a pattern matches, never the empty one."""
    shortest = [_letter(token) for token in tokens if not (isinstance(token, Wildcard) and token.many)]
    return tuple(shortest) or (_ORDINARY[0],)


def _letter(token: Token) -> str | Variable:
    if isinstance(token, Wildcard):
        return _ORDINARY[0]
    return token[0] if isinstance(token, str) else token


def _relevant(wanted: Wanted) -> list[Glob]:
    """The patterns to avoid that can match what some group does, by the characters that they begin with."""
    heads = [[_head(one) for one in group] for group in wanted.groups]
    return [one for one in wanted.never if all(any(_agree(_head(one), head) for head in group) for group in heads)]


def _head(tokens: Glob) -> Glob:
    return tokens[: next((i for i, token in enumerate(tokens) if _is_open(token)), len(tokens))]


def _is_open(token: Token) -> bool:
    return isinstance(token, Wildcard) or (isinstance(token, str) and len(token) > 1)


def _agree(one: Glob, other: Glob) -> bool:
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def _walked(machine: _Automaton) -> Found | None:
    fresh = machine.fresh
    came: dict[int, tuple[int, str | Variable] | None] = {machine.start: None}
    layer = [machine.start]
    while layer:
        following: list[int] = []
        for state in layer:
            tokens: list[str | Variable] = [fresh, *machine.telling(state)]
            if ":" not in tokens and state & (machine.field_loops | machine.field_ones):
                tokens.append(":")
            for token in tokens:
                after = machine.step(state, token)
                if machine.accepts(after):
                    return (*_path(came, state), token)
                if after not in came and not machine.hopeless(after):
                    came[after] = (state, token)
                    following.append(after)
        layer = following
    return None


def _path(came: dict[int, tuple[int, str | Variable] | None], state: int) -> Found:
    found: list[str | Variable] = []
    step = came[state]
    while step is not None:
        found.append(step[1])
        step = came[step[0]]
    return tuple(reversed(found))


def is_arn(text: Found) -> bool:
    """Whether a text has the six fields of an ARN."""
    return text[:4] == _ARN and text.count(_COLON) >= _FIELDS - 1


def shown(tokens: Iterable[str | Variable], values: Mapping[str, str]) -> str:
    """A text with the values of its variables, by key."""
    return "".join(token if isinstance(token, str) else values[token.key] for token in tokens)
