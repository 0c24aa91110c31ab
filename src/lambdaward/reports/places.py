"""Where findings stand, in words."""

from __future__ import annotations

from lambdaward.findings import Finding, Unsettled
from lambdaward.model import FileOrigin, LiveOrigin, Origin


def label(origin: Origin | None) -> str:
    """A place for people and editors: `file:line:column`, or the ARN of a live resource; empty when there is none."""
    match origin:
        case FileOrigin():
            return f"{origin.file}:{origin.line}:{origin.column}"
        case LiveOrigin():
            return origin.arn
    return ""


def where(answer: Finding | Unsettled) -> str:
    """The place of an answer; its resource's identity when it has none."""
    return label(answer.origin) or str(answer.resource)


def line_label(file: str, line: int) -> str:
    """`file:line`, or the file alone when the line is not known."""
    return f"{file}:{line}" if line else file
