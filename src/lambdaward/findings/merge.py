"""From what rules yield to distinct answers in order: equal findings are one, implied ones are folded, the worst comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from msgspec import structs

from lambdaward.findings.finding import Finding, Unsettled
from lambdaward.findings.fingerprint import fingerprint
from lambdaward.model import FileOrigin, Origin, Place, ResourceId

A = TypeVar("A", Finding, Unsettled)
K = TypeVar("K")

Order = tuple[int | str, ...]


def position(origin: Origin | None) -> tuple[str, int, int]:
    """Where an origin sorts: by file, line and column; live facts by their ARN; what has none comes first."""
    if isinstance(origin, FileOrigin):
        return origin.file, origin.line, origin.column
    return (origin.arn if origin else "", 0, 0)


def order(finding: Finding) -> Order:
    """The sort key of a finding: the most severe first, then the surest, then by place. It is total over distinct findings."""
    return (-finding.severity, -finding.confidence, *position(finding.origin), finding.rule.id, finding.fingerprint)


def question_order(question: Unsettled) -> Order:
    """The sort key of an unsettled question: by place, then by rule."""
    return (*position(question.origin), question.rule.id, question.fingerprint)


def distinct(findings: Iterable[Finding]) -> list[Finding]:
    """Findings without repetition, each with a fingerprint of its own.

    The same fingerprint at the same place is the same finding, and its worst form stays. At different places it is a rule
    that forgot its key: the place then joins the fingerprint, so that accepting one never hides another.
    """
    found = [_worst(group) for group in _groups(findings, lambda f: (f.fingerprint, f.place.path)).values()]
    return [
        finding if len(group) == 1 else structs.replace(finding, fingerprint=_qualified(finding.fingerprint, finding))
        for group in _groups(found, lambda f: f.fingerprint).values()
        for finding in group
    ]


def distinct_questions(questions: Iterable[Unsettled], answered: frozenset[str]) -> list[Unsettled]:
    """Unsettled questions without repetition, less those that a finding with the same fingerprint has answered."""
    return [
        min(group, key=lambda q: (question_order(q), str(q.place), q.message))
        for name, group in _groups(questions, lambda q: q.fingerprint).items()
        if name not in answered
    ]


def fold(findings: Sequence[Finding]) -> list[Finding]:
    """Put each finding that another one on the same resource implies under that one, in order.

    Nothing is folded under a finding that is milder or less sure, so that no threshold can lose it.
    """
    kept: list[Finding] = []
    for group in _groups(sorted(findings, key=order), lambda f: f.resource).values():
        hosts = _hosts(group)
        for at, finding in enumerate(group):
            if hosts[at] == at:
                guests = [guest for i, guest in enumerate(group) if hosts[i] == at and i != at]
                kept.append(_with_guests(finding, guests))
    return sorted(kept, key=order)


def implied(question: Unsettled, folding: frozenset[tuple[ResourceId, str]]) -> bool:
    """Whether a finding on the same resource implies the answer. `folding` holds the pairs that `foldings` gives."""
    return (question.resource, question.rule.id) in folding


def foldings(findings: Iterable[Finding]) -> frozenset[tuple[ResourceId, str]]:
    """What some findings imply, as pairs of resource and rule id."""
    return frozenset((finding.resource, name) for finding in findings for name in finding.rule.folds)


def _hosts(group: Sequence[Finding]) -> list[int]:
    """For each finding of one resource, which finding it stands under in the end: itself, when no other implies it."""
    hosts = list(range(len(group)))
    folding = [(at, finding) for at, finding in enumerate(group) if finding.rule.folds]
    for at, finding in enumerate(group):
        for candidate, other in folding:
            if finding.rule.id in other.rule.folds and _covers(other, finding) and _root(hosts, candidate) != at:
                hosts[at] = candidate
                break
    return [_root(hosts, at) for at in range(len(group))]


def _root(hosts: Sequence[int], at: int) -> int:
    while hosts[at] != at:
        at = hosts[at]
    return at


def _covers(host: Finding, guest: Finding) -> bool:
    return host is not guest and host.severity >= guest.severity and host.confidence >= guest.confidence


def _with_guests(finding: Finding, guests: Sequence[Finding]) -> Finding:
    flat = [
        *finding.folded,
        *(inner for guest in guests for inner in (structs.replace(guest, folded=()), *guest.folded)),
    ]
    return structs.replace(finding, folded=tuple(sorted(flat, key=order))) if guests else finding


def _groups(values: Iterable[A], key: Callable[[A], K]) -> dict[K, list[A]]:
    groups: dict[K, list[A]] = {}
    for value in values:
        groups.setdefault(key(value), []).append(value)
    return groups


def _worst(group: Sequence[Finding]) -> Finding:
    """One finding for several of one fingerprint and place: the first by order, its functions those of all."""
    if len(group) == 1:
        return group[0]
    worst = min(group, key=lambda f: (order(f), f.message, f.because, f.remediation))
    return structs.replace(worst, functions=tuple(sorted({name for finding in group for name in finding.functions})))


def _qualified(name: str, finding: Finding) -> str:
    return fingerprint(name, finding.resource, str(Place(finding.resource, finding.place.path)))
