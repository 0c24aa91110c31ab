"""Where findings stand, with the lines that the page shows: masked already, since they come from the estate."""

from __future__ import annotations

from typing import assert_never

from lambdaward.model import Estate, FileOrigin, LiveOrigin, Origin
from lambdaward.reports.html.wire import Spot

LONGEST_SPAN = 8
WIDEST_LINE = 400


def spot(estate: Estate, origin: Origin | None, context: int) -> Spot:
    """The spot of an origin, with lines of context around it."""
    match origin:
        case None:
            return Spot()
        case LiveOrigin():
            return Spot(label=f"{origin.arn} ({origin.call}, {origin.time})")
        case FileOrigin():
            first, lines = _lines(estate, origin, context)
            label = f"{origin.file}:{origin.line}:{origin.column}"
            return Spot(label, origin.line, origin.column, origin.end_line, origin.end_column, first, lines)
    assert_never(origin)


def _lines(estate: Estate, origin: FileOrigin, context: int) -> tuple[int, tuple[str, ...]]:
    source = estate.files.get(origin.file)
    if source is None or not 0 < origin.line <= len(source.lines) or origin.column > WIDEST_LINE:
        return 0, ()
    first = max(1, origin.line - context)
    last = min(max(origin.end_line, origin.line), origin.line + LONGEST_SPAN - 1) + context
    return first, tuple(_cut(line) for line in source.lines[first - 1 : last])


def _cut(line: str) -> str:
    return line if len(line) <= WIDEST_LINE else line[:WIDEST_LINE] + "…"
