"""Findings: severity, confidence, fingerprints, suppression, baseline, and the comparison of two scans."""

from lambdaward.findings.finding import (
    Confidence,
    Edit,
    Evidence,
    Finding,
    Fix,
    FunctionSummary,
    Kind,
    Rule,
    Scan,
    Severity,
    Standards,
    Suppressed,
    Suppression,
    Unsettled,
    Waived,
)
from lambdaward.findings.fingerprint import fingerprint
from lambdaward.findings.settle import settle

__all__ = [
    "Confidence",
    "Edit",
    "Evidence",
    "Finding",
    "Fix",
    "FunctionSummary",
    "Kind",
    "Rule",
    "Scan",
    "Severity",
    "Standards",
    "Suppressed",
    "Suppression",
    "Unsettled",
    "Waived",
    "fingerprint",
    "settle",
]
