"""Statements as formulas of z3: a resource and each value of a key are strings, numbers, dates and addresses are numbers."""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal, Inexact, localcontext
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from itertools import groupby, pairwise

import z3

from lambdaward.iam.conditions.values import boolean, date, network, number
from lambdaward.iam.language import Statement
from lambdaward.iam.matching.items import Variable
from lambdaward.iam.reasoning.budget import Undecided
from lambdaward.iam.reasoning.keys import Test
from lambdaward.iam.reasoning.strings import AN_ARN, Glob, Token, Wildcard, glob

Found = tuple[str, dict[str, tuple[str, ...]]]  # a resource and a context
_REGEX = z3.ReSort(z3.StringSort())
_ANY, _ONE = z3.Full(_REGEX), z3.AllChar(_REGEX)
_NO_COLON = z3.Intersect(_ONE, z3.Complement(z3.Re(":")))
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_MOST_SETS = 4  # conditions with set operators on one key
_V4, _V6, _ALL_V6 = 1 << 32, 1 << 40, 1 << 128  # addresses of version 6 are numbers from `_V6` on
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_TEXT, _NUMBER, _DATE, _ADDRESS = "text", "number", "date", "address"
_KINDS = (("String", _TEXT), ("Arn", _TEXT), ("Bool", _TEXT), ("Numeric", _NUMBER), ("Date", _DATE), ("Ip", _ADDRESS))
_ORDERS: dict[str, Callable[[z3.ArithRef, z3.ArithRef], z3.BoolRef]] = {
    "LessThan": operator.lt,
    "LessThanEquals": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanEquals": operator.ge,
}


_Limit = Decimal | int | tuple[int, int, int]
_READ: dict[str, Callable[[str], _Limit | None]] = {_NUMBER: number, _DATE: date, _ADDRESS: network}


class _Slot:
    """One value that a key may have, of a kind: a text, or a number that stands for it unless it is `odd`."""

    def __init__(self, name: str, kind: str) -> None:
        self.kind = kind
        self.there = z3.Bool(f"{name} there")
        self.odd = z3.Bool(f"{name} odd")
        self.text = z3.String(f"{name} text")
        self.number = (z3.Real if kind == _NUMBER else z3.Int)(f"{name} number")

    def sense(self) -> z3.BoolRef:
        """What every value is."""
        valid = z3.And(self.number >= 0, z3.Or(self.number < _V4, self.number >= _V6), self.number < _V6 + _ALL_V6)
        return z3.And(z3.Implies(self.there, z3.Length(self.text) > 0), valid if self.kind == _ADDRESS else True)

    def shown(self, model: z3.ModelRef) -> str:
        """Its value in a model."""
        if self.kind == _TEXT:
            return _text(model, self.text)
        if z3.is_true(model.eval(self.odd, model_completion=True)):
            return "x"
        value = model.eval(self.number, model_completion=True)
        if self.kind == _NUMBER:
            return _decimal(value.numerator_as_long(), value.denominator_as_long())
        chosen = value.as_long()
        if self.kind == _ADDRESS:
            return str(IPv4Address(chosen) if chosen < _V4 else IPv6Address(chosen - _V6))
        try:
            return (_EPOCH + dt.timedelta(microseconds=chosen)).isoformat()
        except OverflowError:
            raise Undecided("the solver finds a date far away") from None


class Formulas:
    """The formulas of statements with some conditions. Raises `Undecided` for what the solver is not asked."""

    def __init__(self, tests: Iterable[Test]) -> None:
        self._resource = z3.String("resource")
        self._kinds: dict[str, str] = {}
        self._slots: dict[str, list[_Slot]] = {}
        sets: dict[str, int] = {}
        for test in tests:
            kind = _kind(test)
            if kind and self._kinds.setdefault(test.key, kind) != kind:
                raise Undecided(f"conditions of several types on {test.key}")
            sets[test.key] = sets.get(test.key, 0) + bool(test.condition.qualifier)
        for key, count in sets.items():
            if count > _MOST_SETS:
                raise Undecided(f"many set operators on {key}")
            self._make(key, count)

    def _make(self, key: str, sets: int) -> list[_Slot]:
        """The values that a key may have. Each set operator tells of one value at most which others need not be there for."""
        kind = self._kinds.get(key, _TEXT)
        self._slots[key] = [_Slot(f"{key} {place}", kind) for place in range(1 if not sets else sets + 1)]
        return self._slots[key]

    def of(self, statement: Statement, *, variables: bool) -> z3.BoolRef:
        """Whether a statement that is about the action and the caller applies."""
        tests = [self._held(Test(condition, variables=variables)) for condition in statement.conditions]
        return z3.And(self._about(statement, variables=variables), *tests)

    def _about(self, statement: Statement, *, variables: bool) -> z3.BoolRef:
        if statement.resources is None:
            return z3.BoolVal(val=True)
        written = [str(part.value) for part in statement.resources]
        patterns = [glob(value, variables=variables, resource=True) for value in written]
        some = z3.Or(*(self._matches(self._resource, one) for one in patterns))
        return z3.Not(some) if statement.not_resource else some

    def _held(self, test: Test) -> z3.BoolRef:
        slots, qualifier = self._slots[test.key], test.condition.qualifier
        first, *later = slots
        if test.condition.operator == "Null":
            held = z3.BoolVal(val=test.accepts("x"))
        elif qualifier == "ForAllValues":
            held = z3.And(*(z3.Implies(slot.there, self._accepts(test, slot)) for slot in slots))
        elif qualifier:
            held = z3.Or(*(z3.And(slot.there, self._accepts(test, slot)) for slot in slots))
        else:
            held = z3.And(self._accepts(test, first), *(z3.Not(slot.there) for slot in later))
        return z3.If(first.there, held, z3.BoolVal(val=test.absent()))

    def _accepts(self, test: Test, slot: _Slot) -> z3.BoolRef:
        """Whether a condition holds for one value."""
        if slot.kind != _TEXT:
            return _compared(test, slot)
        if test.condition.operator == "Bool":
            values = [value for value in _values(test) if boolean(value) is not None]
            return z3.Or(*(self._matches(slot.text, glob(v, variables=False, literal=True, fold=True)) for v in values))
        known = [one for one in test.globs if one is not None]
        some = z3.Or(*(self._matches(slot.text, one) for one in known))
        if not test.is_arn:
            return z3.Not(some) if test.negated else some
        if test.negated and len(known) < len(test.globs):
            return z3.BoolVal(val=False)
        return z3.And(self._matches(slot.text, AN_ARN), z3.Not(some) if test.negated else some)

    def _matches(self, text: z3.SeqRef, tokens: Glob) -> z3.BoolRef:
        if not any(isinstance(token, Variable) for token in tokens):
            return z3.InRe(text, _regex(tokens))
        defined, pieces = self._pieces(tokens)
        if len(pieces) == 1:
            return z3.And(*defined, text == pieces[0])
        first, *middle, last = pieces
        held, place = [*defined, z3.PrefixOf(first, text), z3.SuffixOf(last, text)], z3.Length(first)
        for piece in middle:  # the leftmost place is as good as any
            found = z3.IndexOf(text, piece, place)
            held.append(found >= 0)
            place = found + z3.Length(piece)
        return z3.And(*held, place + z3.Length(last) <= z3.Length(text))

    def _pieces(self, tokens: Glob) -> tuple[list[z3.BoolRef], list[z3.SeqRef]]:
        """What is between the `*` of a pattern with variables, and when these have values."""
        defined: list[z3.BoolRef] = []
        pieces: list[list[z3.SeqRef]] = [[z3.StringVal("")]]
        for token in tokens:
            if isinstance(token, Wildcard) and token.many and not token.field:
                pieces.append([z3.StringVal("")])
            elif isinstance(token, Variable):
                has_value, value = self._value(token)
                defined.append(has_value)
                pieces[-1].append(value)
            elif isinstance(token, str) and len(token) == 1:
                pieces[-1].append(_literal(token))
            else:
                raise Undecided("a pattern with policy variables and `?`, fields or either case")
        return defined, [z3.Concat(z3.StringVal(""), *piece) for piece in pieces]

    def _value(self, variable: Variable) -> tuple[z3.BoolRef, z3.SeqRef]:
        first, *later = self._slots.get(variable.key) or self._make(variable.key, 0)
        if first.kind != _TEXT:
            raise Undecided(f"{variable.key} is no text")
        single = z3.And(first.there, *(z3.Not(slot.there) for slot in later))
        if variable.default is None:
            return single, first.text
        return z3.BoolVal(val=True), z3.If(single, first.text, _literal(variable.default))

    def solution(self, holds: z3.BoolRef, fails: z3.BoolRef, effort: int) -> Found | None:
        """A resource and a context for which one formula holds and another fails; `None` when there are none."""
        solver = z3.Solver()
        solver.set("rlimit", effort)
        solver.add(z3.Length(self._resource) > 0, holds, z3.Not(fails), *self._sense())
        answer = solver.check()
        if answer == z3.unknown:
            raise Undecided("the solver does not settle it")
        if answer == z3.unsat:
            return None
        model = solver.model()
        context = {key: _shown(model, slots) for key, slots in self._slots.items()}
        return _text(model, self._resource), {key: values for key, values in context.items() if values}

    def _sense(self) -> Iterator[z3.BoolRef]:
        for slots in self._slots.values():
            yield from (slot.sense() for slot in slots)
            yield from (z3.Implies(later.there, slot.there) for slot, later in pairwise(slots))


def _kind(test: Test) -> str:
    name = test.condition.operator
    if name == "Null":
        return ""
    found = next((kind for part, kind in _KINDS if part in name), None)
    if found is None or (name == "Bool" and any("${" in value for value in _values(test))):
        raise Undecided(f"the solver is not asked about {name}")
    return found


def _values(test: Test) -> list[str]:
    return [part.value for part in test.condition.values if isinstance(part.value, str)]


def _compared(test: Test, slot: _Slot) -> z3.BoolRef:
    """A number, date or address against those of a condition; what is none compares with nothing, negated or not."""
    limits = [_READ[slot.kind](value) for value in _values(test)]
    if test.negated and None in limits:
        return z3.BoolVal(val=False)
    some = z3.Or(*(_is_within(test, slot, limit) for limit in limits if limit is not None))
    return z3.And(z3.Not(slot.odd), z3.Not(some) if test.negated else some)


def _is_within(test: Test, slot: _Slot, limit: _Limit) -> z3.BoolRef:
    if isinstance(limit, tuple):
        version, first, mask = limit
        start = first + (_V6 if version == 6 else 0)
        size = (_V4 if version == 4 else _ALL_V6) - mask
        return z3.And(slot.number >= start, slot.number < start + size)
    order = next((compare for name, compare in _ORDERS.items() if test.condition.operator.endswith(name)), operator.eq)
    return order(slot.number, z3.RealVal(str(limit)) if isinstance(limit, Decimal) else z3.IntVal(limit))


@lru_cache(maxsize=4_096)
def _regex(tokens: Glob) -> z3.ReRef:
    pieces = [_piece(list(run)) for _, run in groupby(tokens, lambda t: isinstance(t, str) and len(t) == 1)]
    flat = [z3.Re(z3.StringVal("")), *(one for piece in pieces for one in piece)]
    return z3.Concat(*flat) if len(flat) > 1 else flat[0]


def _piece(run: Sequence[Token]) -> list[z3.ReRef]:
    plain = [token for token in run if isinstance(token, str) and len(token) == 1]
    return [z3.Re(_literal("".join(plain)))] if len(plain) == len(run) else list(map(_wild, run))


def _wild(token: Token) -> z3.ReRef:
    if isinstance(token, Wildcard):
        one = _NO_COLON if token.field else _ONE
        return (z3.Star(one) if token.field else _ANY) if token.many else one
    return z3.Union(*(z3.Re(_literal(character)) for character in str(token)))


def _literal(text: str) -> z3.SeqRef:
    return z3.StringVal(text.replace("\\", "\\u{5c}"))


def _text(model: z3.ModelRef, expression: z3.SeqRef) -> str:
    written = model.eval(expression, model_completion=True).as_string()
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), written)


def _shown(model: z3.ModelRef, slots: Sequence[_Slot]) -> tuple[str, ...]:
    there = (slot for slot in slots if z3.is_true(model.eval(slot.there, model_completion=True)))
    return tuple(slot.shown(model) for slot in there)


def _decimal(numerator: int, denominator: int) -> str:
    with localcontext() as context:
        context.traps[Inexact] = True
        try:
            return f"{Decimal(numerator) / Decimal(denominator):f}"
        except Inexact:
            raise Undecided("the solver finds a number without end") from None
