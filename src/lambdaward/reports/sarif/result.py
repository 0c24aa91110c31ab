"""Findings in SARIF: results with their places, the flow of their evidence, and who accepted them."""

from __future__ import annotations

from collections.abc import Mapping

from lambdaward.findings import Evidence, Finding, Suppression
from lambdaward.model import Estate, FileOrigin, Origin, SourceFile
from lambdaward.reports.sarif.fixes import fixes
from lambdaward.reports.sarif.places import Json, artifact, location, message, resource
from lambdaward.reports.sarif.rule import LEVEL, scored
from lambdaward.reports.text import joined, visible

FINGERPRINT = "lambdaward/v1"


class Results:
    """Turns the findings of one estate into results. `state` is what a finding outside of a baseline is, where one is used."""

    def __init__(self, estate: Estate, rules: Mapping[str, int], state: str) -> None:
        self._estate = estate
        self._rules = rules
        self._state = state

    def result(self, finding: Finding, by: Suppression | None = None) -> Json:
        """The result of a finding, suppressed when somebody accepted it."""
        places = [fact for fact in finding.evidence if isinstance(fact.origin, FileOrigin)]
        return {
            "ruleId": finding.rule.id,
            "ruleIndex": self._rules[finding.rule.id],
            "level": LEVEL[finding.severity],
            "message": message(_told(finding)),
            "locations": [
                location(finding.origin, self._file(finding.origin)) | {"logicalLocations": [resource(finding)]}
            ],
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
            **({"suppressions": [_suppression(by)]} if by else {}),
            **self._baselined(by),
        }

    def _baselined(self, by: Suppression | None) -> Json:
        if not self._state:
            return {}
        return {"baselineState": "unchanged" if by and by.source == "baseline" else self._state}

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


def _suppression(by: Suppression) -> Json:
    place = {"location": {"physicalLocation": {"artifactLocation": artifact(by.file)}}} if by.file else {}
    if by.file and by.line:
        place["location"]["physicalLocation"]["region"] = {"startLine": by.line}
    return {
        "kind": "inSource" if by.source in ("inline", "metadata") else "external",
        "status": "accepted",
        "justification": visible(by.reason),
        **place,
        **({"properties": {"until": visible(by.until)}} if by.until else {}),
    }
