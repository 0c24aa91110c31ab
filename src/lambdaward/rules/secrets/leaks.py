"""What rules say of a secret in plain sight: what it is and how it was found, never the secret."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lambdaward.findings import Confidence, Evidence, Severity
from lambdaward.model import Unsure
from lambdaward.rules.rule import Doubt, Found, doubt
from lambdaward.secrets import Leak, Says, Sureness, says

if TYPE_CHECKING:
    from lambdaward.analysis.secrets import Held

_CONFIDENCE = {
    Sureness.LOW: Confidence.LOW,
    Sureness.MEDIUM: Confidence.MEDIUM,
    Sureness.HIGH: Confidence.HIGH,
}
_HIDING = (Says.PASSWORD, Says.SECRET, Says.SIGNING)


def found(held: Held, leak: Leak, where: str) -> Found:
    """The finding of a leak."""
    return Found(
        record=held.record,
        place=held.place,
        message=f"{where} is a secret in plain text: {described(leak)}",
        severity=Severity.LOW if leak.sureness is Sureness.LOW else None,
        confidence=_CONFIDENCE[leak.sureness],
        because=("it may be a default of development",) if leak.sureness is Sureness.LOW else (),
        evidence=(Evidence(f"found inside: {', '.join(leak.via)}"),) if leak.via else (),
        key=held.name,
    )


def asked(held: Held, question: str) -> Iterator[Doubt]:
    """The question that a value which nobody knows leaves open, where its name says that it is a secret."""
    if held.unknowns and says(held.name) in _HIDING:
        yield doubt(held.record, held.place, question, Unsure(held.unknowns), key=held.name)


def described(leak: Leak) -> str:
    """What a leak is, for people."""
    return leak.kind.replace("-", " ")
