"""Where findings stand, with just the lines that the page shows: masked already, since they come from the estate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from lambdaward.model import Estate, FileOrigin, LiveOrigin, Origin, SourceFile
from lambdaward.reports.html.wire import Spot

CONTEXT = 2
LONGEST_SPAN = 8
WIDEST_LINE = 400


class Spots:
    """Turns origins into spots, and collects the lines that they show."""

    def __init__(self, estate: Estate) -> None:
        self._files = estate.files
        self._lines: dict[str, dict[int, str]] = {}

    @property
    def lines(self) -> Mapping[str, Mapping[int, str]]:
        """Every line that a spot shows, by file and number."""
        return self._lines

    def spot(self, origin: Origin | None, context: int = CONTEXT) -> Spot:
        """The spot of an origin, with lines of context around it."""
        match origin:
            case None:
                return Spot()
            case LiveOrigin():
                return Spot(label=f"{origin.arn} ({origin.call}, {origin.time})")
            case FileOrigin():
                return self._in_file(origin, context)
        assert_never(origin)

    def _in_file(self, origin: FileOrigin, context: int) -> Spot:
        source = self._files.get(origin.file)
        shown = source is not None and 0 < origin.line <= len(source.lines) and origin.column <= WIDEST_LINE
        first, last = self._show(source, origin, context) if source and shown else (0, 0)
        return Spot(
            label=f"{origin.file}:{origin.line}:{origin.column}",
            file=origin.file,
            line=origin.line,
            column=origin.column,
            end_line=origin.end_line,
            end_column=origin.end_column,
            first=first,
            last=last,
        )

    def _show(self, source: SourceFile, origin: FileOrigin, context: int) -> tuple[int, int]:
        first = max(1, origin.line - context)
        end = min(max(origin.end_line, origin.line), origin.line + LONGEST_SPAN - 1)
        last = min(len(source.lines), end + context)
        table = self._lines.setdefault(origin.file, {})
        for number in range(first, last + 1):
            table[number] = _cut(source.lines[number - 1])
        return first, last


def _cut(line: str) -> str:
    return line if len(line) <= WIDEST_LINE else line[:WIDEST_LINE] + "…"
