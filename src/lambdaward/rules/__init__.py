"""Rules: one folder per subject, one file per rule. `load` finds them all; nobody keeps a list by hand."""

from typing import TYPE_CHECKING

from lambdaward.findings import Confidence, Edit, Evidence, Fix, Kind, Rule, Setting, Severity, Standards
from lambdaward.rules.rule import Check, Doubt, Found, doubt, rule

if TYPE_CHECKING:
    from lambdaward.rules.pages import index, page
    from lambdaward.rules.runner import Selection, find, load, run

__all__ = [
    "Check",
    "Confidence",
    "Doubt",
    "Edit",
    "Evidence",
    "Fix",
    "Found",
    "Kind",
    "Rule",
    "Selection",
    "Setting",
    "Severity",
    "Standards",
    "doubt",
    "find",
    "index",
    "load",
    "page",
    "rule",
    "run",
]


_LAZY = {"page": "pages", "index": "pages", "Selection": "runner", "find": "runner", "load": "runner", "run": "runner"}


def __getattr__(name: str) -> object:
    """Load the runner and the pages when they are first asked for: rules themselves import this door."""
    if name not in _LAZY:
        raise AttributeError(name)
    from importlib import import_module  # noqa: PLC0415 - only when needed

    return getattr(import_module(f"lambdaward.rules.{_LAZY[name]}"), name)
