"""Making hostile text harmless: what comes from scanned files reaches people as visible characters only."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from unicodedata import category, east_asian_width

TAB = "    "


def visible(text: str) -> str:
    r"""A text on one line in which everything that does not print (control characters, line ends, bidirectional marks, lone
    surrogates) stands as its escape, such as `\x1b`."""
    return text if text.isprintable() else "".join(map(_visible, text))


@lru_cache(1 << 12)
def _visible(char: str) -> str:
    return char if char.isprintable() else char.encode("unicode_escape").decode("ascii")


def cells(line: str) -> tuple[list[str], list[int]]:
    """The characters of a line of code as they are shown, and the column (from 0) at which each begins, with one more for
    the end. A tab is four columns, a wide character two."""
    shown = [TAB if char == "\t" else _visible(char) for char in line]
    return shown, list(accumulate(map(columns, shown), initial=0))


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if category(char) in ("Mn", "Me"):  # it stands above or below the one before
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def clipped(text: str, most: int) -> str:
    """A text, or its beginning with an ellipsis when it has more than `most` characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def clipped_left(text: str, most: int) -> str:
    """A text, or its end with an ellipsis before it when it has more than `most` characters."""
    return text if len(text) <= most else "…" + text[len(text) - most + 1 :]


def well_formed(text: str) -> str:
    """A text without lone surrogates, which no encoding can carry."""
    return text if text.isprintable() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def count(number: int, noun: str) -> str:
    """A number with its noun: `1 finding`, `1,204 findings`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def joined(parts: Iterable[str], last: str = "and") -> str:
    """Words as a list for people: `a, b and c`."""
    *most, final = parts
    return f"{', '.join(most)} {last} {final}" if most else final
