"""The run in SARIF: the tool with its rules, what was read, what could not be, and the results."""

from __future__ import annotations

from collections.abc import Mapping

from lambdaward.findings import Finding, Rule, Scan, Suppression, Unsettled
from lambdaward.model import Estate, Problem
from lambdaward.reports.sarif.places import ROOT, Json, artifact, location, message, resource
from lambdaward.reports.sarif.result import Results
from lambdaward.reports.sarif.rule import cwe, descriptor


def run(scan: Scan, estate: Estate) -> Json:
    """The one run of a log."""
    rules = _rules(scan)
    index = {rule.id: at for at, rule in enumerate(rules)}
    results = Results(estate, index, "new" if "baseline" in scan.facts else "")
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
        "results": [
            *(results.result(finding) for finding in scan.findings),
            *(results.result(entry.finding, entry.by) for entry in scan.suppressed),
        ],
    }


def _rules(scan: Scan) -> list[Rule]:
    """Every rule that ran or is spoken of, by id."""
    spoken: list[Finding | Unsettled] = [*scan.findings, *scan.unsettled, *(entry.finding for entry in scan.suppressed)]
    every = {rule.id: rule for rule in (*scan.rules, *(answer.rule for answer in spoken))}
    return [every[name] for name in sorted(every)]


def _invocation(scan: Scan, estate: Estate, index: Mapping[str, int]) -> Json:
    problems = estate.coverage.problems
    return {
        "executionSuccessful": not any(problem.fatal for problem in problems),
        "toolExecutionNotifications": [
            *map(_problem, problems),
            *(_question(question, index) for question in scan.unsettled),
        ],
        "toolConfigurationNotifications": [*map(_problem, scan.problems), *map(_stale, scan.stale)],
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
        "locations": [location(question.origin) | {"logicalLocations": [resource(question)]}],
        "properties": {"fingerprint": question.fingerprint},
    }


def _stale(by: Suppression) -> Json:
    text = f"the suppression of {', '.join(by.rules)} matches nothing"
    return _problem(Problem(by.file or by.source, text, "take it out", by.line, fatal=False))
