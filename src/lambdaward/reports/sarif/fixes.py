"""Fixes in SARIF: only those whose replacement of text is exact, since nothing here may guess at a user's file."""

from __future__ import annotations

import re

from lambdaward.findings import Edit, Finding
from lambdaward.model import Estate, FileOrigin, Place
from lambdaward.reports.sarif.places import Json, artifact, message

# A key with a plain or quoted scalar on one line, as YAML's block and flow style and JSON write it.
SCALAR = re.compile(r"""(["']?)([A-Za-z0-9]+)\1[ \t]*:[ \t]+(?:"[^"\\\n]*"|'[^'\n]*'|[A-Za-z0-9][A-Za-z0-9._/-]*)""")
VALUE = re.compile(r""":[ \t]+(\S.*)$""")
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9._/-]*")
WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def fixes(finding: Finding, estate: Estate) -> list[Json]:
    """The fix of a finding, when every one of its edits replaces one written scalar by another."""
    if finding.fix is None:
        return []
    changes = [_change(edit, estate) for edit in finding.fix.edits]
    if not changes or not all(changes):
        return []
    return [{"description": message(finding.fix.title), "artifactChanges": changes}]


def _change(edit: Edit, estate: Estate) -> Json | None:
    origin = estate.origin(edit.place)
    whole = estate.origin(Place(edit.place.resource))
    if not isinstance(origin, FileOrigin) or not isinstance(whole, FileOrigin) or not _inside(origin, whole):
        return None
    written = _written(origin, estate)
    match = SCALAR.fullmatch(written)
    start = VALUE.search(written)
    if match is None or start is None or not edit.place.path or match[2] != edit.place.path[-1]:
        return None
    text = _scalar(edit.value, start[1])
    if text is None:
        return None
    deleted = {
        "startLine": origin.line,
        "startColumn": origin.column + start.start(1),
        "endLine": origin.line,
        "endColumn": origin.end_column,
    }
    return {
        "artifactLocation": artifact(origin.file),
        "replacements": [{"deletedRegion": deleted, "insertedContent": {"text": text}}],
    }


def _inside(origin: FileOrigin, whole: FileOrigin) -> bool:
    """Whether a property is written in its resource, and not in a global section that others share."""
    return origin.file == whole.file and whole.line <= origin.line <= whole.end_line


def _written(origin: FileOrigin, estate: Estate) -> str:
    """The text of a span on one line; empty when it is elsewhere, or masked."""
    file = estate.files.get(origin.file)
    if file is None or origin.end_line != origin.line or not 0 < origin.line <= len(file.lines):
        return ""
    text = file.lines[origin.line - 1][origin.column - 1 : origin.end_column - 1]
    return "" if "*" in text else text


def _scalar(value: object, before: str) -> str | None:
    """A value in the style of the one before; `None` when it cannot be written so."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str) or not value.isprintable() or set(value) & set("\"'\\"):
        return None
    if before[0] in "\"'":
        return f"{before[0]}{value}{before[0]}"
    return value if PLAIN.fullmatch(value) and value.lower() not in WORDS else None
