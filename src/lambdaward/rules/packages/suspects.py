"""What rules about malware say of the signs in code and layers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from lambdaward.findings import Evidence
from lambdaward.model import Function, Layer, Unknown
from lambdaward.rules import Confidence, Doubt, Found, Severity
from lambdaward.rules.packages.weight import stake

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis
    from lambdaward.packages.malware import Suspect

MOST = 20
"""How many files are told of one package."""


def is_installer(suspect: Suspect) -> bool:
    """Whether a file runs when a package is installed or Python starts."""
    return suspect.sign.installs


def is_code(suspect: Suspect) -> bool:
    """Whether a file runs when something imports or calls it."""
    return not is_installer(suspect)


def told(
    analysis: Analysis, does: Mapping[str, str], question: str, *, where: Callable[[Suspect], bool] = lambda _: True
) -> Iterator[Found | Doubt]:
    """A finding for each file of code and layers that does one of some things: `does` names each, and what it means for people.
    `question` is about a package by its name; `where` chooses among the files."""
    for function in analysis.estate.all(Function):
        yield from _in(analysis, function, does, question, where)
    for layer in analysis.estate.all(Layer):
        yield from _in(analysis, layer, does, question, where)


def _in(
    analysis: Analysis,
    record: Function | Layer,
    does: Mapping[str, str],
    question: str,
    where: Callable[[Suspect], bool],
) -> Iterator[Found | Doubt]:
    if isinstance(record.code, Unknown):
        return
    searched = analysis.malware.of(record)
    place = record.place("Code" if isinstance(record, Function) else "Content")
    told_of: set[tuple[str, str]] = set()
    for suspect in searched.suspects:
        key = (suspect.place, suspect.sign.deed.value)
        if suspect.sign.deed in does and where(suspect) and key not in told_of and len(told_of) < MOST:
            told_of.add(key)
            yield _found(analysis, record, suspect, does[suspect.sign.deed])
    if searched.unknowns:
        yield Doubt(record=record, place=place, message=question.format(record.shown), unknowns=searched.unknowns)


def _found(analysis: Analysis, record: Function | Layer, suspect: Suspect, does: str) -> Found:
    sign = suspect.sign
    users = _users(analysis, record)
    at = max((stake(analysis, function) for function in users), key=lambda each: each.steps, default=None)
    base = Severity.HIGH if sign.sure else Severity.LOW
    early = ("it runs when its module is imported",) if sign.early and not sign.installs else ()
    return Found(
        record=record,
        place=record.place("Code" if isinstance(record, Function) else "Content"),
        message=f"{suspect.place} in {record.shown} {does}",
        severity=at.on(base) if at else base,
        confidence=Confidence.HIGH if sign.sure else Confidence.LOW,
        because=(*early, *(at.because if at else ())),
        evidence=(Evidence(str(suspect)), *(at.evidence if at else ())),
        key=f"{suspect.sign.deed.value} {suspect.place}",
        functions=() if isinstance(record, Function) else tuple(str(function.id) for function in users),
    )


def _users(analysis: Analysis, record: Function | Layer) -> tuple[Function, ...]:
    """The functions that run some code."""
    if isinstance(record, Function):
        return (record,)
    return tuple(
        function
        for function in analysis.estate.all(Function)
        if any(link.target == record.id for link in function.layers)
    )
