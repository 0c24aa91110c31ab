"""The run in SARIF: the tool with its rules, what was read, what could not be, and the results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lambdaward.findings import Finding, Rule, Scan, Unsettled
from lambdaward.model import Estate, Problem
from lambdaward.reports.sarif.places import ROOT, Json, artifact, message, spot
from lambdaward.reports.sarif.result import Results
from lambdaward.reports.sarif.rule import cwe, descriptor
from lambdaward.reports.text import count
from lambdaward.reports.troubles import misjudged

# GitHub keeps this many results of a run, and refuses a run of five times as many.
MOST_RESULTS = 5000


def run(scan: Scan, estate: Estate) -> Json:
    """The one run of a log. The worst findings are its results, as many as services take. What is suppressed is not among
    them: services that do not know suppressions would open alerts for it."""
    rules = _rules(scan)
    index = {rule.id: at for at, rule in enumerate(rules)}
    results = Results(estate, index)
    ranked = sorted(scan.findings, key=lambda finding: (-finding.severity, -finding.confidence))
    return {
        "tool": {
            "driver": {
                "name": "lambdaward",
                "version": scan.facts["version"],
                "semanticVersion": scan.facts["version"],
                "shortDescription": {"text": "Security for AWS Lambda"},
                "supportedTaxonomies": [{"name": "CWE", "index": 0}],
                "rules": [descriptor(rule) for rule in rules],
            }
        },
        "taxonomies": [cwe(rules)],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder that lambdaward ran in"}}},
        "artifacts": [{"location": artifact(file), "roles": ["analysisTarget"]} for file in estate.coverage.files],
        "invocations": [_invocation(scan, estate, index)],
        "results": [results.result(finding) for finding in ranked[:MOST_RESULTS]],
        "properties": {"findings": len(ranked), "suppressed": len(scan.suppressed) + len(scan.waived)},
    }


def _rules(scan: Scan) -> list[Rule]:
    """Every rule that ran or is spoken of, by id."""
    spoken: tuple[Finding | Unsettled, ...] = (*scan.findings, *scan.unsettled)
    every = {rule.id: rule for rule in (*scan.rules, *(answer.rule for answer in spoken))}
    return [every[name] for name in sorted(every)]


def _invocation(scan: Scan, estate: Estate, index: Mapping[str, int]) -> Json:
    problems = estate.coverage.problems
    return {
        "executionSuccessful": not any(problem.fatal for problem in problems),
        "toolExecutionNotifications": [
            *_left_out(len(scan.findings) - MOST_RESULTS),
            *map(_problem, problems),
            *(_question(question, index) for question in scan.unsettled),
        ],
        "toolConfigurationNotifications": [_problem(problem) for problem in misjudged(scan)],
    }


def _left_out(number: int) -> Iterator[Json]:
    if number > 0:
        yield {
            "level": "warning",
            "message": message(
                f"{count(number, 'finding')}, the mildest, would not fit and stand in the JSON report only"
            ),
        }


def _problem(problem: Problem) -> Json:
    place: Json = {"physicalLocation": {"artifactLocation": artifact(problem.file)}}
    if problem.line:
        place["physicalLocation"]["region"] = {"startLine": problem.line}
    return {
        "level": "error" if problem.fatal else "warning",
        "message": message(f"{problem.message}; {problem.remedy}" if problem.remedy else problem.message),
        "locations": [place],
    }


def _question(question: Unsettled, index: Mapping[str, int]) -> Json:
    why = "; ".join(f"{u.reason}: {u.settle}" if u.settle else u.reason for u in question.unknowns)
    return {
        "level": "note",
        "message": message(f"unsettled: {question.message} ({why})"),
        "associatedRule": {"id": question.rule.id, "index": index[question.rule.id]},
        "locations": [spot(question)],
        "properties": {"fingerprint": question.fingerprint},
    }
