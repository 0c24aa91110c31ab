"""What reports print of a rule's documentation: all but its examples, which are tests."""

from __future__ import annotations

from collections.abc import Mapping

from lambdaward.findings import Rule
from lambdaward.rules.pages import HEADINGS, STANDARD_NAMES, sections

SHOWN = tuple(heading for heading in HEADINGS if heading != "Examples")


def manual(rule: Rule) -> Mapping[str, str]:
    """The text under each heading, in order."""
    written = sections(rule)
    return {heading: text for heading in SHOWN if (text := written.get(heading, "").strip())}


def standards(rule: Rule) -> Mapping[str, tuple[str, ...]]:
    """What standards and other tools call it, by their names."""
    ids = {title: getattr(rule.standards, field) for field, title in STANDARD_NAMES.items()}
    return {title: values for title, values in ids.items() if values}
