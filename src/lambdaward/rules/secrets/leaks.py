"""What rules say of a secret in plain sight: what it is and how it was found, never the secret."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lambdaward.findings import Confidence, Evidence, Severity
from lambdaward.model import Function, Layer, Unknown, Unsure
from lambdaward.rules.rule import Doubt, Found, doubt
from lambdaward.secrets import Leak, Says, Sighting, Sureness, says

if TYPE_CHECKING:
    from lambdaward.analysis.secrets import Held
    from lambdaward.analysis.secrets.code import Searched

_CONFIDENCE = {
    Sureness.LOW: Confidence.LOW,
    Sureness.MEDIUM: Confidence.MEDIUM,
    Sureness.HIGH: Confidence.HIGH,
}
_HIDING = (Says.PASSWORD, Says.SECRET, Says.SIGNING)


def found(held: Held, leak: Leak, where: str, key: str = "") -> Found:
    """The finding of a leak. `key` tells it apart from others of its resource; the name does when none is given."""
    return Found(
        record=held.record,
        place=held.place,
        message=f"{where} is a secret in plain text: {described(leak)}",
        severity=Severity.LOW if leak.sureness is Sureness.LOW else None,
        confidence=_CONFIDENCE[leak.sureness],
        because=("it may be a default of development",) if leak.sureness is Sureness.LOW else (),
        evidence=(Evidence(f"found inside: {', '.join(leak.via)}"),) if leak.via else (),
        key=key or held.name,
    )


def asked(held: Held, question: str) -> Iterator[Doubt]:
    """The question that a value which nobody knows leaves open, where its name says that it is a secret."""
    if held.unknowns and says(held.name) in _HIDING:
        yield doubt(held.record, held.place, question, Unsure(held.unknowns), key=held.name)


def in_package(record: Function | Layer, searched: Searched, path: str, where: str) -> Iterator[Found | Doubt]:
    """The findings in a package: what is probably none, such as a password in a test, is left out. Code that is not on this
    machine is no question of this rule, code that is there and cannot be read is one."""
    keys: Counter[str] = Counter()
    place = record.place(path)
    for sighting in searched.sightings:
        leak = sighting.leak
        if leak.sureness is Sureness.LOW:
            continue
        key = f"{leak.kind} {sighting.place}"
        keys[key] += 1
        yield Found(
            record=record,
            place=place,
            message=f"{where} holds a secret: {described(leak)} in {_shown(sighting)}",
            confidence=_CONFIDENCE[leak.sureness],
            evidence=tuple(_how(sighting)),
            key=key if keys[key] == 1 else f"{key} {keys[key]}",
        )
    if searched.unknowns and not isinstance(record.code, Unknown):
        yield doubt(record, place, f"is there a secret in all of {where}?", Unsure(searched.unknowns), key="unread")


def _shown(sighting: Sighting) -> str:
    return f"{sighting.place}, line {sighting.line}" if sighting.line else sighting.place


def _how(sighting: Sighting) -> Iterator[Evidence]:
    if sighting.leak.via:
        yield Evidence(f"found inside: {', '.join(sighting.leak.via)}")
    if sighting.view != "raw":
        yield Evidence(f"the file was read as {sighting.view}")
    if not sighting.live:
        yield Evidence("a later layer of the image removes the file; it is in the image all the same")


def described(leak: Leak) -> str:
    """What a leak is, for people."""
    return leak.kind.replace("-", " ")
