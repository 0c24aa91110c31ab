"""From a scan to the records of the JSON report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, cast

from msgspec import structs

from lambdaward import findings as scanned
from lambdaward import model
from lambdaward.reports import wire
from lambdaward.reports.totals import WORST_FIRST, by_severity, severity_name

Source = Literal["inline", "metadata", "config", "baseline"]


def report(scan: scanned.Scan, estate: model.Estate) -> wire.Report:
    """The whole report."""
    return wire.Report(
        version=wire.VERSION,
        tool=wire.Tool(name="lambdaward", version=scan.facts.get("version", "")),
        today=scan.facts.get("today", ""),
        summary=_summary(scan),
        coverage=_coverage(scan, estate.coverage),
        functions=tuple(map(_function, scan.functions)),
        findings=tuple(wire.Finding(**_finding(finding)) for finding in scan.findings),
        unsettled=tuple(wire.Question(**_question(question)) for question in scan.unsettled),
        suppressed=tuple(
            wire.SuppressedFinding(**_finding(entry.finding), suppression=_suppression(entry.by))
            for entry in scan.suppressed
        ),
        waived=tuple(
            wire.WaivedQuestion(**_question(entry.question), suppression=_suppression(entry.by))
            for entry in scan.waived
        ),
        stale=tuple(map(_suppression, scan.stale)),
        problems=_problems(scan.problems),
    )


def _summary(scan: scanned.Scan) -> dict[wire.SeverityName, int]:
    counts = by_severity(scan.findings)
    return {cast("wire.SeverityName", severity_name(each)): counts.get(each, 0) for each in WORST_FIRST}


def _answer(answer: scanned.Finding | scanned.Unsettled) -> dict[str, Any]:
    return {
        "id": answer.rule.id,
        "name": answer.rule.name,
        "kind": answer.rule.kind.value,
        "message": answer.message,
        "resource": str(answer.resource),
        "resource_name": answer.shown,
        "resource_type": answer.resource_type,
        "property": answer.place.path,
        "location": location(answer.origin),
        "fingerprint": answer.fingerprint,
    }


def _finding(finding: scanned.Finding) -> dict[str, Any]:
    return {
        **_answer(finding),
        "severity": severity_name(finding.severity),
        "confidence": finding.confidence.name.lower(),
        "because": finding.because,
        "evidence": tuple(wire.Fact(text=fact.text, location=location(fact.origin)) for fact in finding.evidence),
        "remediation": finding.remediation,
        "fix": _fix(finding.fix),
        "assumes": finding.assumes,
        "functions": finding.functions,
        "folded": tuple(wire.Finding(**_finding(guest)) for guest in finding.folded),
    }


def _question(question: scanned.Unsettled) -> dict[str, Any]:
    doubts = tuple(wire.Doubt(reason=unknown.reason, settle=unknown.settle) for unknown in question.unknowns)
    return {**_answer(question), "unknowns": doubts}


def location(origin: model.Origin | None) -> wire.Location | None:
    """The location of an origin."""
    return None if origin is None else wire.Location(**structs.asdict(origin))


def _fix(fix: scanned.Fix | None) -> wire.Fix | None:
    if fix is None:
        return None
    edits = (wire.Edit(resource=str(e.place.resource), path=e.place.path, value=e.value) for e in fix.edits)
    return wire.Fix(title=fix.title, safe=fix.safe, edits=tuple(edits))


def _suppression(by: scanned.Suppression) -> wire.Suppression:
    return wire.Suppression(
        rules=by.rules,
        reason=by.reason,
        until=by.until,
        source=cast("Source", by.source),
        file=by.file,
        line=by.line,
    )


def _problems(problems: Iterable[model.Problem]) -> tuple[wire.Problem, ...]:
    return tuple(wire.Problem(**structs.asdict(problem)) for problem in problems)


def _coverage(scan: scanned.Scan, coverage: model.Coverage) -> wire.Coverage:
    return wire.Coverage(
        files=coverage.files,
        skipped=coverage.skipped,
        excluded=coverage.excluded,
        assumed=coverage.assumed,
        modelled=coverage.modelled,
        unmodelled=coverage.unmodelled,
        problems=_problems(coverage.problems),
        rules=tuple(rule.id for rule in scan.rules),
    )


def _function(function: scanned.FunctionSummary) -> wire.Function:
    fields = structs.asdict(function)
    return wire.Function(name=fields.pop("shown"), **fields)
