"""Findings in SARIF: results with their places, and the flow of their evidence."""

from __future__ import annotations

from collections.abc import Mapping

from lambdaward.findings import Evidence, Finding
from lambdaward.model import Estate, FileOrigin, Origin, SourceFile
from lambdaward.reports.sarif.fixes import fixes
from lambdaward.reports.sarif.places import Json, location, message, spot
from lambdaward.reports.sarif.rule import LEVEL, scored
from lambdaward.reports.text import joined, visible

FINGERPRINT = "lambdaward/v1"
# Code scanning services show this many places of a result.
MOST_PLACES = 100


class Results:
    """Turns the findings of one estate into results."""

    def __init__(self, estate: Estate, rules: Mapping[str, int]) -> None:
        self._estate = estate
        self._rules = rules

    def result(self, finding: Finding) -> Json:
        """The result of a finding."""
        places = [fact for fact in finding.evidence if isinstance(fact.origin, FileOrigin)][:MOST_PLACES]
        return {
            "ruleId": finding.rule.id,
            "ruleIndex": self._rules[finding.rule.id],
            "level": LEVEL[finding.severity],
            "message": message(_told(finding)),
            "locations": [spot(finding, self._file(finding.origin))],
            "partialFingerprints": {FINGERPRINT: finding.fingerprint},
            "properties": {
                **scored(finding.severity),
                "severity": finding.severity.name.lower(),
                "confidence": finding.confidence.name.lower(),
                "because": [visible(reason) for reason in finding.because],
            },
            **({"relatedLocations": [self._step(fact, at) for at, fact in enumerate(places, 1)]} if places else {}),
            **({"codeFlows": [self._flow(places)]} if len(places) > 1 else {}),
            **({"fixes": found} if (found := fixes(finding, self._estate)) else {}),
        }

    def _file(self, origin: Origin | None) -> SourceFile | None:
        return self._estate.files.get(origin.file) if isinstance(origin, FileOrigin) else None

    def _step(self, fact: Evidence, number: int) -> Json:
        return {"id": number, **location(fact.origin, self._file(fact.origin)), "message": message(fact.text)}

    def _flow(self, places: list[Evidence]) -> Json:
        steps = [location(fact.origin, self._file(fact.origin)) | {"message": message(fact.text)} for fact in places]
        return {"threadFlows": [{"locations": [{"location": step} for step in steps]}]}


def _told(finding: Finding) -> str:
    """The message with the facts that set the severity."""
    why = f" ({joined(finding.because)})" if finding.because else ""
    return f"{finding.message}{why}."
