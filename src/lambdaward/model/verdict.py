"""Three-valued truth: yes and no with their proof, or unsure with the reason and what would settle it.

A `Verdict` has no truth value: callers match it. Combinations follow Kleene's strong logic.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from msgspec import Struct

from lambdaward.model.origin import Place
from lambdaward.model.values import Text, Unknown, Value, alternatives, same, unknowns


class Fact(Struct, frozen=True):
    """One step of a proof: a sentence, and the place it rests on, where it has one."""

    text: str
    place: Place | None = None


class Yes(Struct, frozen=True):
    """It is so; the witness."""

    proof: tuple[Fact, ...] = ()

    def __bool__(self) -> NoReturn:
        raise TypeError("a verdict has three values: match it")


class No(Struct, frozen=True):
    """It is not so; the facts that decide."""

    proof: tuple[Fact, ...] = ()

    def __bool__(self) -> NoReturn:
        raise TypeError("a verdict has three values: match it")


class Unsure(Struct, frozen=True):
    """It is not known; why, each with what would settle it."""

    unknowns: tuple[Unknown, ...]

    def __bool__(self) -> NoReturn:
        raise TypeError("a verdict has three values: match it")


Verdict = Yes | No | Unsure


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Yes when every verdict is (proofs joined), no at the first no, else unsure."""
    proof: list[Fact] = []
    doubts: list[Unknown] = []
    for verdict in verdicts:
        match verdict:
            case No():
                return verdict
            case Yes():
                proof.extend(verdict.proof)
            case Unsure():
                doubts.extend(verdict.unknowns)
    return Unsure(tuple(doubts)) if doubts else Yes(tuple(proof))


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """No when every verdict is (proofs joined), yes at the first yes, else unsure."""
    return negate(all_of(negate(verdict) for verdict in verdicts))


def negate(verdict: Verdict) -> Verdict:
    """Yes for no and no for yes, with the same proof."""
    match verdict:
        case Yes():
            return No(verdict.proof)
        case No():
            return Yes(verdict.proof)
    return verdict


def is_equal(value: Value, expected: Value) -> Verdict:
    """Whether a value is equal to a known one: unsure when it, or one of its alternatives, is not known or not decided."""
    answers = {_equal(option, expected) for option in alternatives(value)}
    if answers == {True}:
        return Yes()
    if answers == {False}:
        return No()
    return Unsure(tuple(unknowns(value)) or (Unknown("a part of the value is only known after deployment"),))


def _equal(option: Value, expected: Value) -> bool | None:
    if isinstance(option, Unknown):
        return None
    if isinstance(option, Text) and isinstance(expected, str):
        return None if _may_read(option, expected) else False
    return None if list(unknowns(option)) and option != expected else same(option, expected)


def _may_read(value: Text, expected: str) -> bool:
    """Whether a text with holes may turn out to read as expected: its literal parts occur there in order, ends anchored."""
    first, last = value.parts[0], value.parts[-1]
    if isinstance(first, str) and not expected.startswith(first):
        return False
    if isinstance(last, str) and not expected.endswith(last):
        return False
    position = 0
    for part in value.parts:
        if isinstance(part, str):
            position = expected.find(part, position) + len(part)
            if position < len(part):
                return False
    return True
