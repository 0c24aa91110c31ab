"""The documentation page of a rule, from its module's docstring: for the docs site, `lambdaward rule ID`, SARIF and HTML."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import msgspec

from lambdaward.findings import Kind, Rule
from lambdaward.rules.runner import find, load

HEADINGS = ("What it finds", "Why it matters", "How to fix", "Examples", "References")

STANDARD_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "security_hub": "AWS Security Hub",
        "config": "AWS Config",
        "cis_compute": "CIS AWS Compute Services 1.0",
        "owasp_serverless": "OWASP Serverless Top 10",
        "cwe": "CWE",
        "mitre_attack": "MITRE ATT&CK",
        "prowler": "prowler",
        "checkov": "checkov",
        "cfn_nag": "cfn-nag",
        "cfn_lint": "cfn-lint",
        "trivy": "Trivy",
        "cdk_nag": "cdk-nag",
    }
)


def docstring(rule: Rule) -> str:
    """The docstring of a rule's module, dedented."""
    return inspect.cleandoc(sys.modules[rule.module].__doc__ or "")


@cache
def _sections(module: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    heading = ""
    for line in inspect.cleandoc(sys.modules[module].__doc__ or "").splitlines():
        if line.startswith("## "):
            heading = line[3:].strip()
        elif heading:
            found[heading] = found.get(heading, "") + line + "\n"
    return MappingProxyType(found)


def sections(rule: Rule) -> Mapping[str, str]:
    """The text under each `##` heading of a rule's documentation."""
    return _sections(rule.module)


def page(name: str) -> str:
    """The Markdown page of the rule with an id or name. Raises `UsageError` when there is none."""
    rule = find(name)
    head = [f"# {rule.id}: {rule.name}", "", f"{rule.title}.", "", _facts(rule), ""]
    body = [
        part
        for heading in HEADINGS
        if (text := sections(rule).get(heading))
        for part in (f"## {heading}", text.strip("\n"), "")
    ]
    return "\n".join(head + body + _settings(rule) + _standards(rule)).rstrip() + "\n"


def _facts(rule: Rule) -> str:
    kind = "advice (runs with `--advice`, or when selected)" if rule.kind is Kind.ADVICE else "problem"
    folds = f" Folds: {', '.join(rule.folds)}." if rule.folds else ""
    return f"Severity: {rule.severity.name.lower()}. Confidence: {rule.confidence.name.lower()}. Kind: {kind}.{folds}"


def _settings(rule: Rule) -> list[str]:
    if not rule.settings:
        return []
    rows = [f"| `{each.name}` | {each.default} | {each.meaning} |" for each in rule.settings]
    head = f"In the configuration, under `[tool.lambdaward.rules.{rule.name}]`:"
    return ["## Settings", "", head, "", "| setting | default | meaning |", "|---|---|---|", *rows, ""]


def _standards(rule: Rule) -> list[str]:
    ids = {STANDARD_NAMES[key]: value for key, value in msgspec.structs.asdict(rule.standards).items() if value}
    if not ids:
        return []
    return ["## Standards and other tools", "", "| standard or tool | id |", "|---|---|"] + [
        f"| {name} | {', '.join(f'`{identity}`' for identity in values)} |" for name, values in ids.items()
    ]


def index() -> str:
    """The Markdown table of all rules, by id."""
    rows = [
        f"| [{rule.id}]({rule.id}.md) | {rule.name} | {rule.severity.name.lower()} | {rule.kind.value} | {rule.title} |"
        for rule, _ in load().values()
    ]
    return "\n".join(["| id | name | severity | kind | what it finds |", "|---|---|---|---|---|", *rows]) + "\n"
