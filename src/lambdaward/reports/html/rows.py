"""From a scan and its estate to the rows of the page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cached_property

from lambdaward.findings import Edit, Finding, Fix, FunctionSummary, Rule, Scan, Suppression, Unsettled
from lambdaward.model import Coverage, Estate, Problem
from lambdaward.reports.html.pack import columns
from lambdaward.reports.html.spots import spot
from lambdaward.reports.html.wire import (
    CoverageRow,
    EvidenceRow,
    FindingRow,
    FixRow,
    FunctionRow,
    ProblemRow,
    RuleRow,
    UnsettledRow,
)
from lambdaward.reports.manual import manual, standards
from lambdaward.reports.places import line_label

CONTEXT, NEAR = 2, 1


class Rows:
    """The rows of one scan."""

    def __init__(self, scan: Scan, estate: Estate) -> None:
        self._scan = scan
        self._estate = estate

    def payload(self) -> Mapping[str, object]:
        """Everything that the page's script works on."""
        scan = self._scan
        return {
            "findings": columns([self._finding(finding) for finding in scan.findings]),
            "suppressed": columns([self._finding(s.finding, _by(s.by)) for s in scan.suppressed]),
            "unsettled": columns([self._unsettled(question) for question in scan.unsettled]),
            "waived": columns([self._unsettled(w.question, _by(w.by)) for w in scan.waived]),
            "functions": columns([_function(function) for function in scan.functions]),
            "rules": columns([_rule(rule) for rule in self._rules()]),
            "coverage": _coverage(self._estate.coverage, scan),
            "facts": scan.facts,
        }

    def _rules(self) -> Iterable[Rule]:
        scan = self._scan
        findings = (*scan.findings, *(suppressed.finding for suppressed in scan.suppressed))
        questions = (*scan.unsettled, *(waived.question for waived in scan.waived))
        every = {rule.id: rule for rule in (*scan.rules, *(f.rule for f in findings), *(q.rule for q in questions))}
        return sorted(every.values(), key=lambda rule: rule.id)

    @cached_property
    def _index(self) -> Mapping[str, int]:
        return {function.id: at for at, function in enumerate(self._scan.functions)}

    def _touched(self, functions: Iterable[str]) -> tuple[int, ...]:
        return tuple(self._index[function] for function in functions if function in self._index)

    def _finding(self, finding: Finding, by: tuple[str, ...] = ()) -> FindingRow:
        return FindingRow(
            fingerprint=finding.fingerprint,
            rule=finding.rule.id,
            message=finding.message,
            shown=finding.shown,
            stack=finding.resource.stack,
            resource=str(finding.resource),
            type=finding.resource_type,
            property=".".join(map(str, finding.place.path)),
            at=spot(self._estate, finding.origin, CONTEXT),
            functions=self._touched(finding.functions),
            by=by,
            severity=finding.severity,
            confidence=finding.confidence,
            because=finding.because,
            evidence=tuple(EvidenceRow(e.text, spot(self._estate, e.origin, NEAR)) for e in finding.evidence),
            remediation=finding.remediation,
            fix=_fix(finding.fix),
            assumes=finding.assumes,
            folded=tuple((inner.rule.id, inner.message) for inner in finding.folded),
        )

    def _unsettled(self, question: Unsettled, by: tuple[str, ...] = ()) -> UnsettledRow:
        return UnsettledRow(
            fingerprint=question.fingerprint,
            rule=question.rule.id,
            message=question.message,
            shown=question.shown,
            stack=question.resource.stack,
            resource=str(question.resource),
            type=question.resource_type,
            property=".".join(map(str, question.place.path)),
            at=spot(self._estate, question.origin, CONTEXT),
            functions=self._touched((str(question.resource),)),
            by=by,
            unknowns=tuple((unknown.reason, unknown.settle) for unknown in question.unknowns),
        )


def _by(suppression: Suppression) -> tuple[str, ...]:
    """Reason, end date, kind of source and place of a suppression."""
    return suppression.reason, suppression.until, suppression.source, line_label(suppression.file, suppression.line)


def _fix(fix: Fix | None) -> FixRow | None:
    return None if fix is None else FixRow(fix.title, fix.safe, tuple(_edit(edit) for edit in fix.edits))


def _edit(edit: Edit) -> tuple[str, str]:
    value = "remove it" if edit.value is None else json.dumps(edit.value, ensure_ascii=False)
    return ".".join(map(str, edit.place.path)) or edit.place.resource.name, value


def _function(function: FunctionSummary) -> FunctionRow:
    return FunctionRow(
        id=function.id,
        shown=function.shown,
        stack=function.file,
        runtime=function.runtime,
        role=function.role,
        url=function.url,
        vpc=function.vpc,
        triggers=function.triggers,
        place=line_label(function.file, function.line),
    )


def _rule(rule: Rule) -> RuleRow:
    return RuleRow(
        id=rule.id,
        name=rule.name,
        title=rule.title,
        subject=rule.module.split(".")[-2],
        kind=rule.kind.value,
        severity=rule.severity,
        confidence=rule.confidence,
        help=manual(rule),
        standards=tuple((title, ", ".join(ids)) for title, ids in standards(rule).items()),
    )


def _problem(problem: Problem) -> ProblemRow:
    return ProblemRow(line_label(problem.file, problem.line), problem.message, problem.remedy, problem.fatal)


def _coverage(coverage: Coverage, scan: Scan) -> CoverageRow:
    return CoverageRow(
        files=coverage.files,
        skipped=coverage.skipped,
        problems=tuple(_problem(problem) for problem in (*coverage.problems, *scan.problems)),
        modelled=coverage.modelled,
        unmodelled=coverage.unmodelled,
        excluded=coverage.excluded,
        assumed=coverage.assumed,
        stale=tuple((", ".join(s.rules), s.reason, line_label(s.file, s.line)) for s in scan.stale),
    )
