"""Patterns with `*` (any characters) and `?` (one character), matched in time linear in the text."""

from __future__ import annotations

import re

_WILD = re.compile(r"[*?]")
_PIECES = re.compile(r"\?|[^?]+")


def literal_prefix(pattern: str) -> str:
    """What comes before the first wildcard."""
    return _WILD.split(pattern, maxsplit=1)[0]


def is_wild(pattern: str) -> bool:
    """Whether a pattern has a wildcard."""
    return "*" in pattern or "?" in pattern


def compiled(pattern: str) -> re.Pattern[str]:
    """A regular expression for whole texts. Atomic groups keep it from going back on a `*` that has found its place: the
    earliest place is always as good as any later one."""
    head, *rest = re.split(r"\*+", pattern)
    if not rest:
        return re.compile(_plain(head), re.DOTALL)
    *middle, tail = rest
    return re.compile(
        _plain(head) + "".join(f"(?>.*?{_plain(part)})" for part in middle) + ".*" + _plain(tail), re.DOTALL
    )


def _plain(part: str) -> str:
    return "".join("." if piece == "?" else re.escape(piece) for piece in _PIECES.findall(part))
