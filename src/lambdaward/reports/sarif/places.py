"""Locations in SARIF: files relative to the source root, regions in code points, resources as logical locations."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from lambdaward.findings import Finding, Unsettled
from lambdaward.model import FileOrigin, LiveOrigin, Origin, SourceFile
from lambdaward.reports.text import visible, well_formed

ROOT = "%SRCROOT%"
LONGEST_SNIPPET = 12
LARGEST_SNIPPET = 2000

Json = dict[str, Any]


def message(text: str) -> Json:
    """A message. What would read as a link in it is escaped."""
    return {"text": visible(text).replace("](", "\\](")}


def artifact(file: str) -> Json:
    """The location of a file: relative to the working folder when it is below it, else absolute."""
    from urllib.parse import quote  # noqa: PLC0415 - only for this report

    root = Path.cwd()
    path = Path(os.path.abspath(well_formed(file)))  # noqa: PTH100 - `resolve` would follow links
    if not path.is_relative_to(root):
        return {"uri": path.as_uri()}
    return {"uri": quote(path.relative_to(root).as_posix()), "uriBaseId": ROOT}


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
            return {"logicalLocations": [{"fullyQualifiedName": visible(origin.arn), "kind": "resource"}]}
    return {}


def spot(answer: Finding | Unsettled, file: SourceFile | None = None) -> Json:
    """The location of an answer, with its resource. Services refuse results without a file, so that a resource which stands
    in none is given as one."""
    standing = answer.origin
    if not isinstance(standing, FileOrigin):
        standing = FileOrigin(str(answer.resource), 1, 0, 1, 0)
    return {"physicalLocation": physical(standing, file), "logicalLocations": [_resource(answer)]}


def _resource(answer: Finding | Unsettled) -> Json:
    return {
        "name": visible(answer.shown),
        "fullyQualifiedName": visible(str(answer.place)),
        "kind": "resource",
        "properties": {"type": visible(answer.resource_type)},
    }
