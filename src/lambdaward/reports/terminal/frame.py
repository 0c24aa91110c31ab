"""Code frames: the masked lines of a file around a place, with carets below what is meant."""

from __future__ import annotations

from bisect import bisect_right

from lambdaward.model import Estate, FileOrigin, Origin
from lambdaward.reports.terminal.style import FRAME, Style
from lambdaward.reports.text import cells

LONGEST = 6
SHORTENED = 3
LEFT_OF_CARETS = 20


def frame(estate: Estate, origin: Origin | None, style: Style, code: str, gutter: int) -> list[str]:
    """The lines of a frame with its gutter; nothing when the file or the line is not there. `code` colours the carets."""
    file = estate.files.get(origin.file) if isinstance(origin, FileOrigin) else None
    if not isinstance(origin, FileOrigin) or file is None or not 0 < origin.line <= len(file.lines):
        return []
    last = min(_last(origin), len(file.lines))
    bar = style.paint(" " * gutter + " |", FRAME)
    room = style.width - gutter - 3
    skip = _skip(file.lines[origin.line - 1], origin, room)
    first, *rest = (_view(file.lines[number - 1], skip, room) for number in range(origin.line, last + 1))
    carets = _carets(first[1], origin, skip)
    lines = [bar, _numbered(origin.line, gutter, first[0], style), f"{bar} {style.paint(carets, code)}"]
    lines += [_numbered(number, gutter, shown, style) for number, (shown, _) in enumerate(rest, origin.line + 1)]
    if last < origin.end_line:
        lines.append(style.paint(" " * max(gutter - 3, 0) + "...", FRAME))
    return lines


def gutter_width(origin: Origin | None) -> int:
    """How many columns the line numbers of a frame take."""
    return len(str(_last(origin))) if isinstance(origin, FileOrigin) else 1


def in_frame(inner: Origin, outer: Origin | None) -> bool:
    """Whether a place begins on a line that the frame of another one shows."""
    if not isinstance(inner, FileOrigin) or not isinstance(outer, FileOrigin):
        return False
    return inner.file == outer.file and outer.line <= inner.line <= _last(outer)


def _last(origin: FileOrigin) -> int:
    """The last line that a frame shows: of a long span, only its beginning is."""
    end = max(origin.end_line, origin.line)
    return end if end < origin.line + LONGEST else origin.line + SHORTENED - 1


def _numbered(number: int, gutter: int, text: str, style: Style) -> str:
    return (style.paint(f"{number:>{gutter}} |", FRAME) + f" {text}").rstrip()


def _skip(line: str, origin: FileOrigin, room: int) -> int:
    """How many characters on the left are left out, so that the carets of a long line are in view."""
    end = origin.end_column - 1 if origin.end_line == origin.line else len(line.rstrip())
    return max(origin.column - 1 - LEFT_OF_CARETS, 0) if end > room else 0


def _view(line: str, skip: int, room: int) -> tuple[str, list[int]]:
    """The part of a line that is in view, and the column at which each of its characters begins, with one for the end."""
    shown, starts = cells(line[skip : skip + room].rstrip())
    end = bisect_right(starts, room) - 1
    return "".join(shown[:end]), starts[: end + 1]


def _carets(starts: list[int], origin: FileOrigin, skip: int) -> str:
    """Carets below a span, as far as it is in view."""
    end = len(starts) - 1
    first = min(max(origin.column - 1 - skip, 0), end)
    last = min(origin.end_column - 1 - skip, end) if origin.end_line == origin.line else end
    return " " * starts[first] + "^" * max(starts[max(last, first)] - starts[first], 1)
