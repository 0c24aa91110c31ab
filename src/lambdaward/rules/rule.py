"""How a rule is written: a generator over an analysis, with a decorator that names it.

The module's docstring is the rule's documentation and its tests (docs/rules.md says how). A rule yields `found(...)` and
`unsettled(...)`; what the engines know sets `severity`, and `because` says which fact did so.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from lambdaward.findings import Confidence, Evidence, Fix, Kind, Rule, Setting, Severity, Standards
from lambdaward.model import Place, Record, Unknown, Unsure

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis


class Found(Struct, frozen=True, kw_only=True):
    """A rule's yes: what is wrong, with whom, and where. `key` tells two findings of one rule on one resource apart."""

    record: Record
    place: Place
    message: str
    severity: Severity | None = None
    confidence: Confidence | None = None
    because: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    remediation: str = ""
    fix: Fix | None = None
    key: str = ""
    functions: tuple[str, ...] = ()


class Doubt(Struct, frozen=True, kw_only=True):
    """A rule's unknown: the question, with whom, where, why it is open and what would settle it."""

    record: Record
    place: Place
    message: str
    unknowns: tuple[Unknown, ...]
    key: str = ""


Check = Callable[["Analysis"], Iterator[Found | Doubt]]

REGISTRY: dict[str, tuple[Rule, Check]] = {}


def rule(  # noqa: PLR0913 - a rule states all of its facts in one place
    id: str,  # noqa: A002 - a rule's id is called id
    name: str,
    severity: Severity,
    confidence: Confidence = Confidence.HIGH,
    *,
    kind: Kind = Kind.PROBLEM,
    standards: Standards = Standards(),  # noqa: B008 - frozen
    folds: Iterable[str] = (),
    posture: Iterable[str] = (),
    settings: Iterable[Setting] = (),
) -> Callable[[Check], Check]:
    """Register a generator as a rule. The title is the first line of the module's docstring."""

    def register(check: Check) -> Check:
        doc = sys.modules[check.__module__].__doc__ or ""
        if id in REGISTRY and REGISTRY[id][0].module != check.__module__:
            raise ValueError(f"rule {id} is registered twice: {REGISTRY[id][0].module} and {check.__module__}")
        REGISTRY[id] = (
            Rule(
                id=id,
                name=name,
                severity=severity,
                confidence=confidence,
                kind=kind,
                title=doc.strip().splitlines()[0].rstrip(".") if doc.strip() else name,
                module=check.__module__,
                folds=tuple(folds),
                standards=standards,
                posture=tuple(posture),
                settings=tuple(settings),
            ),
            check,
        )
        return check

    return register


def doubt(record: Record, place: Place, message: str, verdict: Unsure, *, key: str = "") -> Doubt:
    """A doubt from an unsure verdict."""
    return Doubt(record=record, place=place, message=message, unknowns=verdict.unknowns, key=key)
