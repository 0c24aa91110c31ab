"""Rules: one folder per subject, one file per rule. `load` finds them all; nobody keeps a list by hand."""

from lambdaward.findings import Confidence, Edit, Evidence, Fix, Kind, Rule, Severity, Standards
from lambdaward.rules.rule import Check, Doubt, Found, doubt, rule

__all__ = [
    "Check", "Confidence", "Doubt", "Edit", "Evidence", "Fix", "Found", "Kind", "Rule", "Severity", "Standards", "doubt", "rule",
]
