"""Code frames: the masked lines of a file around a place, with carets below what is meant."""

from __future__ import annotations

from bisect import bisect_left

from lambdaward.model import Estate, FileOrigin, Origin
from lambdaward.reports.terminal.style import FRAME, Style
from lambdaward.reports.text import cells

LONGEST = 5
LEFT_OF_CARETS = 20


def frame(estate: Estate, origin: Origin | None, style: Style, code: str) -> list[str]:
    """The lines of a frame with its gutter; nothing when the file or the line is not there. `code` colours the carets."""
    file = estate.files.get(origin.file) if isinstance(origin, FileOrigin) else None
    if not isinstance(origin, FileOrigin) or file is None or not 0 < origin.line <= len(file.lines):
        return []
    last = min(origin.end_line, origin.line + LONGEST - 1, len(file.lines))
    gutter = gutter_width(origin)
    bar = style.paint(" " * gutter + " |", FRAME)
    room = style.width - gutter - 3
    shown, carets, cut = _windowed(file.lines[origin.line - 1], origin, room)
    lines = [bar, _numbered(origin.line, gutter, shown, style), f"{bar} {style.paint(carets, code)}"]
    rest = range(origin.line + 1, last + 1)
    lines += [_numbered(number, gutter, _cut(file.lines[number - 1], cut, room), style) for number in rest]
    if last < origin.end_line:
        lines.append(style.paint("..." if gutter < 3 else " " * (gutter - 3) + "...", FRAME))
    return lines


def gutter_width(origin: Origin | None) -> int:
    """How many columns the line numbers of a frame take."""
    if not isinstance(origin, FileOrigin):
        return 1
    return len(str(min(max(origin.end_line, origin.line), origin.line + LONGEST - 1)))


def _numbered(number: int, gutter: int, text: str, style: Style) -> str:
    return (style.paint(f"{number:>{gutter}} |", FRAME) + f" {text}").rstrip()


def _windowed(line: str, origin: FileOrigin, room: int) -> tuple[str, str, int]:
    """A line and its carets, cut so that the first caret is in view, and the first character that is in view."""
    shown, starts = cells(line.rstrip())
    first = min(origin.column - 1, len(shown))
    last = min(origin.end_column - 1, len(shown)) if origin.end_line == origin.line else len(shown)
    last = max(last, first + 1)
    cut = 0
    if starts[min(last, len(shown))] > room and starts[first] > LEFT_OF_CARETS:
        cut = bisect_left(starts, starts[first] - LEFT_OF_CARETS)
    from_ = starts[first] - starts[cut]
    until = (starts[last] if last < len(starts) else starts[-1] + 1) - starts[cut]
    return _cut(line, cut, room), " " * from_ + "^" * max(min(until, room) - from_, 1), cut


def _cut(line: str, cut: int, room: int) -> str:
    """A line from a character on, as far as there is room."""
    shown, starts = cells(line.rstrip())
    if cut >= len(shown):
        return ""
    end = bisect_left(starts, starts[cut] + room + 1) - 1
    return "".join(shown[cut:end])
