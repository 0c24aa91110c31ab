"""The JUnit report: one suite per rule, so that build servers show findings as failed tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TextIO

from msgspec import Struct

from lambdaward.findings import Finding, Rule, Scan, Unsettled
from lambdaward.model import Estate, FileOrigin, Problem
from lambdaward.reports.places import line_label, where
from lambdaward.reports.render import Look
from lambdaward.reports.text import visible
from lambdaward.reports.totals import severity_name


class Case(Struct, frozen=True):
    """One test case as XML. `outcome` is the count of a suite that it adds to; empty when it passes."""

    xml: str
    outcome: str = ""


Suite = tuple[str, list[Case]]


def write(scan: Scan, estate: Estate, stream: TextIO, look: Look) -> None:  # noqa: ARG001 - data has no look
    """Write the report. A finding is a failure; what is suppressed or unsettled is skipped; a lost input is an error."""
    suites = [*_lost_inputs(estate.coverage.problems), *(_suite(rule, scan) for rule in _rules(scan))]
    every = [case for _, cases in suites for case in cases]
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    sums = {
        kind: number for kind, number in _sums(every).items() if kind != "skipped"
    }  # schemas know it of suites only
    stream.write(f"<testsuites {_attributes(name='lambdaward', **sums)}>\n")
    for name, cases in suites:
        stream.write(f"  <testsuite {_attributes(name=name, **_sums(cases))}>\n")
        stream.writelines(f"    {case.xml}\n" for case in cases)
        stream.write("  </testsuite>\n")
    stream.write("</testsuites>\n")


def _rules(scan: Scan) -> list[Rule]:
    every = {rule.id: rule for rule in (*scan.rules, *(finding.rule for finding in scan.findings))}
    return [every[name] for name in sorted(every)]


def _suite(rule: Rule, scan: Scan) -> Suite:
    cases = [
        *(_failure(finding) for finding in scan.findings if finding.rule.id == rule.id),
        *(_skipped(open_, f"unsettled: {_reasons(open_)}") for open_ in scan.unsettled if open_.rule.id == rule.id),
        *(
            _skipped(entry.finding, f"suppressed: {entry.by.reason}")
            for entry in scan.suppressed
            if entry.finding.rule.id == rule.id
        ),
    ]
    clean = Case(f"<testcase {_attributes(name='nothing found', classname=rule.name)}/>")
    return f"{rule.id} {rule.name}", cases or [clean]


def _lost_inputs(problems: Iterable[Problem]) -> Iterator[Suite]:
    lost = [_lost(problem) for problem in problems if problem.fatal]
    if lost:
        yield "input", lost


def _lost(problem: Problem) -> Case:
    name = _attributes(name=line_label(problem.file, problem.line), classname="input")
    error = f"<error {_attributes(message=problem.message, type='unreadable')}>{_text(problem.remedy)}</error>"
    return Case(f"<testcase {name}>{error}</testcase>", "errors")


def _case(answer: Finding | Unsettled, inner: str, outcome: str) -> Case:
    at = answer.origin
    place = {"file": at.file, "line": str(at.line)} if isinstance(at, FileOrigin) else {}
    name = _attributes(name=f"{answer.shown}: {answer.message}", classname=answer.rule.name, **place)
    return Case(f"<testcase {name}>{inner}</testcase>", outcome)


def _failure(finding: Finding) -> Case:
    lines = [
        where(finding),
        *(f"why {severity_name(finding.severity)}: {reason}" for reason in finding.because),
        *(f"note: {fact.text}" for fact in finding.evidence),
        *([f"help: {finding.remediation}"] if finding.remediation else ()),
    ]
    kind = _attributes(message=finding.message, type=severity_name(finding.severity))
    return _case(finding, f"<failure {kind}>" + "\n".join(map(_text, lines)) + "</failure>", "failures")


def _skipped(answer: Finding | Unsettled, reason: str) -> Case:
    return _case(answer, f"<skipped {_attributes(message=reason)}/>", "skipped")


def _reasons(question: Unsettled) -> str:
    return "; ".join(unknown.reason for unknown in question.unknowns)


def _sums(cases: Sequence[Case]) -> dict[str, str]:
    counts = Counter(case.outcome for case in cases)
    return {"tests": str(len(cases)), **{kind: str(counts[kind]) for kind in ("failures", "errors", "skipped")}}


def _attributes(**values: str) -> str:
    return " ".join(f'{name}="{_text(value)}"' for name, value in values.items())


def _text(value: str) -> str:
    """A text that is valid in XML: what does not print is shown as its escape, markup as entities."""
    return escape(visible(value))
