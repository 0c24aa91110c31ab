"""Findings: severity, confidence, fingerprints, suppression, baseline, and the comparison of two scans."""

from lambdaward.findings.baseline import baseline_text, read_baseline, write_baseline
from lambdaward.findings.compare import Comparison, compare
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
    Setting,
    Severity,
    Standards,
    Suppressed,
    Suppression,
    Unsettled,
    Waived,
)
from lambdaward.findings.fingerprint import fingerprint
from lambdaward.findings.known import Known, known, rank, read_known
from lambdaward.findings.settle import settle

__all__ = [
    "Comparison",
    "Confidence",
    "Edit",
    "Evidence",
    "Finding",
    "Fix",
    "FunctionSummary",
    "Kind",
    "Known",
    "Rule",
    "Scan",
    "Setting",
    "Severity",
    "Standards",
    "Suppressed",
    "Suppression",
    "Unsettled",
    "Waived",
    "baseline_text",
    "compare",
    "fingerprint",
    "known",
    "rank",
    "read_baseline",
    "read_known",
    "settle",
    "write_baseline",
]
