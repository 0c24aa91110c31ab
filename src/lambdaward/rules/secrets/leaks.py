"""What rules say of a secret in plain sight: what it is and how it was found, never the secret."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import structs

from lambdaward.analysis.secrets import ENVIRONMENT
from lambdaward.findings import Confidence, Evidence, Severity
from lambdaward.model import Function, FunctionVersion, Layer, Record, Unknown, Unsure, Yes
from lambdaward.rules.rule import Doubt, Found, doubt
from lambdaward.secrets import Leak, Says, Sighting, Sureness, says

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis
    from lambdaward.analysis.secrets import Held, Reader

_CONFIDENCE = {
    Sureness.LOW: Confidence.LOW,
    Sureness.MEDIUM: Confidence.MEDIUM,
    Sureness.HIGH: Confidence.HIGH,
}
_MOST = 5
_HIDING = (Says.PASSWORD, Says.SECRET, Says.SIGNING)


def found(held: Held, leak: Leak, where: str, evidence: tuple[Evidence, ...] = (), key: str = "") -> Found:
    """The finding of a leak. `key` tells it apart from others of its resource; the name does when none is given."""
    inside = (Evidence(f"found inside: {', '.join(leak.via)}"),) if leak.via else ()
    return Found(
        record=held.record,
        place=held.place,
        message=f"{where} is a secret in plain text: {described(leak)}",
        severity=Severity.LOW if leak.sureness is Sureness.LOW else None,
        confidence=_CONFIDENCE[leak.sureness],
        because=("it may be a default of development",) if leak.sureness is Sureness.LOW else (),
        evidence=(*inside, *evidence),
        key=key or held.name,
    )


def weighed(
    analysis: Analysis, record: Function | FunctionVersion | Layer, operations: tuple[str, ...], one: Found
) -> Found:
    """A finding weighed by who may read what it is about: strangers make it critical, a key that nobody but the function's own
    role may use makes it medium."""
    if one.severity is Severity.LOW:
        return one
    readers = analysis.secrets.readers
    if isinstance(readers.strangers(record, operations), Yes):
        fact = f"everybody with an AWS account may read it ({operations[0]})"
        return structs.replace(one, severity=Severity.CRITICAL, because=(*one.because, fact))
    able = few(readers.of(record, operations))
    locked = isinstance(record, Function) and record.kms_key is not None and operations == ENVIRONMENT and not able
    because = ("it is encrypted with a key that nobody seen here may use",) if locked else ()
    severity = Severity.MEDIUM if locked else one.severity
    return structs.replace(
        one, severity=severity, because=(*one.because, *because), evidence=(*one.evidence, *told(able))
    )


def few(readers: Iterator[Reader]) -> tuple[Reader, ...]:
    """Readers until there are more certain ones than are told."""
    found: list[Reader] = []
    certain = 0
    for reader in readers:
        found.append(reader)
        certain += reader.certain
        if certain > _MOST:
            break
    return tuple(found)


def told(able: tuple[Reader, ...]) -> Iterator[Evidence]:
    """Who may read something, and of whom that is not certain. No more of each than anybody reads."""
    certain = [reader for reader in able if reader.certain]
    doubtful = [reader for reader in able if not reader.certain]
    for reader in certain[:_MOST]:
        yield Evidence(f"{_named(reader)} may read it ({reader.operation})")
    if len(certain) > _MOST:
        yield Evidence("and others may")
    for reader in doubtful[:_MOST]:
        yield Evidence(f"whether {_named(reader)} may read it is not certain ({reader.operation}): {reader.reason}")
    if len(doubtful) > _MOST:
        yield Evidence("nor whether others may")


def _named(reader: Reader) -> str:
    return f"the {type(reader.principal).__name__.lower()} {reader.principal.shown}"


def asked(held: Held, question: str) -> Iterator[Doubt]:
    """The question that a value which nobody knows leaves open, where its name says that it is a secret."""
    if held.unknowns and hides(held.name):
        yield doubt(held.record, held.place, question, Unsure(held.unknowns), key=held.name)


def in_package(
    analysis: Analysis, record: Function | Layer, path: str, where: str, operations: tuple[str, ...]
) -> Iterator[Found | Doubt]:
    """The findings in a package: what is probably none, such as a password in a test, is left out. Code that is not on this
    machine is no question of this rule, code that is there and cannot be read is one."""
    searched = analysis.secrets.code(record)
    keys: Counter[str] = Counter()
    place = record.place(path)
    for sighting in searched.sightings:
        leak = sighting.leak
        if leak.sureness is Sureness.LOW:
            continue
        key = f"{leak.kind} {sighting.place}"
        keys[key] += 1
        one = Found(
            record=record,
            place=place,
            message=f"{where} holds a secret: {described(leak)} in {_shown(sighting)}",
            confidence=_CONFIDENCE[leak.sureness],
            evidence=tuple(_how(sighting)),
            key=key if keys[key] == 1 else f"{key} {keys[key]}",
        )
        yield weighed(analysis, record, operations, one)
    if searched.unknowns and not isinstance(record.code, Unknown):
        yield doubt(record, place, f"is there a secret in all of {where}?", Unsure(searched.unknowns), key="unread")


def in_file(record: Record, sighting: Sighting, count: int) -> Found:
    """The finding in a file for deployment. `count` tells secrets of one kind apart: lines move."""
    leak = sighting.leak
    inside = "" if sighting.place == str(record.id).removeprefix("./") else f" ({sighting.place})"
    return Found(
        record=record,
        place=record.place(max(1, sighting.line)),
        message=f"{record.shown}{inside} holds a secret: {described(leak)}",
        confidence=_CONFIDENCE[leak.sureness],
        evidence=(Evidence(f"found inside: {', '.join(leak.via)}"),) if leak.via else (),
        key=f"{leak.kind} {count}",
    )


def _shown(sighting: Sighting) -> str:
    return f"{sighting.place}, line {sighting.line}" if sighting.line else sighting.place


def _how(sighting: Sighting) -> Iterator[Evidence]:
    if sighting.leak.via:
        yield Evidence(f"found inside: {', '.join(sighting.leak.via)}")
    if sighting.view != "raw":
        yield Evidence(f"the file was read as {sighting.view}")
    if not sighting.live:
        yield Evidence("a later layer of the image removes the file; it is in the image all the same")


def hides(name: str) -> bool:
    """Whether a name says that its value is a secret."""
    return says(name) in _HIDING


def described(leak: Leak) -> str:
    """What a leak is, for people."""
    return leak.kind.replace("-", " ")
