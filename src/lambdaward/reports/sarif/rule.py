"""Rules in SARIF: what each finds, its help, its default level, and the standards that it maps to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from lambdaward.findings import Confidence, Kind, Rule, Severity
from lambdaward.reports.manual import manual, standards
from lambdaward.reports.sarif.places import Json

# Code scanning services show this many tags of a rule.
MOST_TAGS = 10

LEVEL: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.CRITICAL: "error",
        Severity.HIGH: "error",
        Severity.MEDIUM: "warning",
        Severity.LOW: "note",
        Severity.INFO: "note",
    }
)
# What code scanning services take for critical, high, medium and low: the middle of CVSS's bands. Info has no band.
SCORE: Mapping[Severity, str] = MappingProxyType(
    {Severity.CRITICAL: "9.5", Severity.HIGH: "8.0", Severity.MEDIUM: "5.5", Severity.LOW: "2.0"}
)
PRECISION: Mapping[Confidence, str] = MappingProxyType(
    {Confidence.HIGH: "very-high", Confidence.MEDIUM: "high", Confidence.LOW: "medium"}
)


def scored(severity: Severity) -> Json:
    """The property by which services rank security results."""
    return {"security-severity": SCORE[severity]} if severity in SCORE else {}


def descriptor(rule: Rule) -> Json:
    """A rule."""
    found = manual(rule)
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": found.get("What it finds") or f"{rule.title}."},
        "help": {
            "text": "\n\n".join(f"{heading}\n\n{text}" for heading, text in found.items()) or f"{rule.title}.",
            "markdown": "\n\n".join(f"## {heading}\n\n{text}" for heading, text in found.items()) or f"{rule.title}.",
        },
        "defaultConfiguration": {"level": LEVEL[rule.severity], "enabled": rule.kind is Kind.PROBLEM},
        "relationships": [
            {"target": {"id": identity, "toolComponent": {"name": "CWE", "index": 0}}, "kinds": ["superset"]}
            for identity in rule.standards.cwe
        ],
        "properties": {
            "tags": _tags(rule),
            "precision": PRECISION[rule.confidence],
            "problem.severity": "recommendation" if rule.kind is Kind.ADVICE else LEVEL[rule.severity],
            **scored(rule.severity),
            "standards": {title: list(ids) for title, ids in standards(rule).items()},
        },
    }


def cwe(rules: Iterable[Rule]) -> Json:
    """The taxonomy of weaknesses, as far as rules refer to it."""
    return {
        "name": "CWE",
        "organization": "MITRE",
        "shortDescription": {"text": "Common Weakness Enumeration"},
        "informationUri": "https://cwe.mitre.org/",
        "isComprehensive": False,
        "taxa": [
            {"id": identity, "helpUri": f"https://cwe.mitre.org/data/definitions/{identity.removeprefix('CWE-')}.html"}
            for identity in sorted({identity for rule in rules for identity in rule.standards.cwe})
        ],
    }


def _tags(rule: Rule) -> list[str]:
    subject = rule.module.split(".")[-2:-1]
    weaknesses = (f"external/cwe/{identity.lower()}" for identity in rule.standards.cwe)
    return ["security", "aws-lambda", *subject, *weaknesses][:MOST_TAGS]
