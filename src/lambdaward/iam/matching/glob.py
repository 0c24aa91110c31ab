"""Patterns of literals, `*` and `?` on wholly known texts: compiled once, each match in linear time but for `?`.

`*` stands for any characters, none included, and `?` for exactly one. There is no backtracking: between two `*` the leftmost
occurrence is always as good as a later one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

Matcher = Callable[[str], bool]
_LITERAL = re.compile(r"[^*?$]*")


def head(pattern: str) -> str:
    """The literal text that every text begins with which the pattern matches, up to its first wildcard or variable."""
    found = _LITERAL.match(pattern)
    return found[0] if found else ""


@lru_cache(maxsize=65_536)
def glob(pattern: str) -> Matcher:
    """A function that tells whether a text matches the pattern."""
    if "*" not in pattern:
        return pattern.__eq__ if "?" not in pattern else _single(pattern)
    if pattern == "*":
        return _anything
    head, *middle, tail = pattern.split("*")
    if not any(middle) and "?" not in pattern:
        return _ends(head, tail)
    return _segments(head, [segment for segment in middle if segment], tail)


def _anything(_: str) -> bool:
    return True


def _single(pattern: str) -> Matcher:
    fullmatch = _regex(pattern).fullmatch
    return lambda text: fullmatch(text) is not None


def _ends(head: str, tail: str) -> Matcher:
    if not tail:
        return lambda text: text.startswith(head)
    least = len(head) + len(tail)
    return lambda text: len(text) >= least and text.startswith(head) and text.endswith(tail)


def _segments(head: str, middle: list[str], tail: str) -> Matcher:
    starts = _single(head) if "?" in head else None
    ends = _single(tail) if "?" in tail else None
    searches = [(_regex(segment) if "?" in segment else segment, len(segment)) for segment in middle]
    first, last = len(head), len(tail)

    def match(text: str) -> bool:
        position, end = first, len(text) - last
        if end < position or not (text.startswith(head) if starts is None else starts(text[:first])):
            return False
        if not (text.endswith(tail) if ends is None else ends(text[end:])):
            return False
        for search, length in searches:
            found = text.find(search, position) if isinstance(search, str) else _place(search, text, position)
            if found < 0:
                return False
            position = found + length
        return position <= end

    return match


def _place(search: re.Pattern[str], text: str, position: int) -> int:
    """The leftmost place from a position on, -1 when there is none."""
    found = search.search(text, position)
    return -1 if found is None else found.start()


def _regex(segment: str) -> re.Pattern[str]:
    return re.compile(".".join(map(re.escape, segment.split("?"))), re.DOTALL)
