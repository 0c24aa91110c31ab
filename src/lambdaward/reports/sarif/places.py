"""Locations in SARIF: files relative to the source root, regions in code points, resources as logical locations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lambdaward.findings import Finding, Unsettled
from lambdaward.model import FileOrigin, LiveOrigin, Origin, SourceFile
from lambdaward.reports.text import visible

ROOT = "%SRCROOT%"
LONGEST_SNIPPET = 12
LARGEST_SNIPPET = 2000

Json = dict[str, Any]


def message(text: str) -> Json:
    """A message. What would read as a link in it is escaped."""
    return {"text": visible(text).replace("](", "\\](")}


def artifact(file: str) -> Json:
    """The location of a file: relative to the working folder when it is below it, else absolute."""
    path = Path(file)
    absolute = Path.cwd() / path
    below = ".." not in path.parts and absolute.is_relative_to(Path.cwd())
    if not below:
        return {"uri": absolute.resolve().as_uri()}
    return {"uri": _quoted(absolute.relative_to(Path.cwd()).as_posix()), "uriBaseId": ROOT}


def _quoted(path: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415 - only for this report

    return quote(path.encode("utf-8", "replace"))


def region(origin: FileOrigin) -> Json:
    """The region of a span."""
    found: Json = {"startLine": max(origin.line, 1)}
    if origin.column > 0:
        found["startColumn"] = origin.column
    if (origin.end_line, origin.end_column) > (origin.line, origin.column):
        found |= {"endLine": origin.end_line, "endColumn": max(origin.end_column, 1)}
    return found


def physical(origin: FileOrigin, file: SourceFile | None = None) -> Json:
    """The physical location of a span, with the (masked) lines that it is on when the file is given and they are short."""
    found: Json = {"artifactLocation": artifact(origin.file), "region": region(origin)}
    lines = file.lines[max(origin.line, 1) - 1 : origin.end_line] if file else ()
    text = "\n".join(map(visible, lines[:LONGEST_SNIPPET]))
    if 0 < len(lines) <= LONGEST_SNIPPET and len(text) <= LARGEST_SNIPPET:
        around = {"startLine": max(origin.line, 1), "endLine": origin.end_line, "snippet": {"text": text}}
        found["contextRegion"] = around
    return found


def location(origin: Origin | None, file: SourceFile | None = None) -> Json:
    """The location of an origin: a span of a file, or a live resource by its ARN."""
    match origin:
        case FileOrigin():
            return {"physicalLocation": physical(origin, file)}
        case LiveOrigin():
            return {"logicalLocations": [{"fullyQualifiedName": origin.arn, "kind": "resource"}]}
    return {}


def resource(answer: Finding | Unsettled) -> Json:
    """The resource that an answer is about, as a logical location."""
    return {
        "name": visible(answer.shown),
        "fullyQualifiedName": visible(str(answer.place)),
        "kind": "resource",
        "properties": {"type": visible(answer.resource_type)},
    }
