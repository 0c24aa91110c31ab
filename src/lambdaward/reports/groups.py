"""Findings that say the same of several resources, brought together."""

from __future__ import annotations

from collections.abc import Iterable

from lambdaward.findings import Finding

SELF = "\x00"


def alike(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings in groups that differ in nothing but whom they are about, each in the place of its first."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_likeness(finding), []).append(finding)
    return list(groups.values())


def by_rule(groups: Iterable[list[Finding]]) -> list[list[list[Finding]]]:
    """Groups of one rule and severity brought together, each lot in the place of its first."""
    lots: dict[tuple[str, int], list[list[Finding]]] = {}
    for group in groups:
        lots.setdefault((group[0].rule.id, group[0].severity), []).append(group)
    return list(lots.values())


def _likeness(finding: Finding) -> tuple[object, ...]:
    said = (finding.message, finding.remediation, *finding.because, *(fact.text for fact in finding.evidence))
    rest = (finding.severity, finding.confidence, tuple(inner.rule.id for inner in finding.folded))
    return (finding.rule.id, *rest, *(text.replace(finding.shown, SELF) if finding.shown else text for text in said))
