"""On which line of a TOML file a key stands: found by reading tables and keys, as people do."""

from __future__ import annotations

import re
from collections import Counter

Keys = tuple[str | int, ...]

_NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_TABLE = re.compile(r"\s*(\[{1,2})([^\[\]]+)\]")
_KEY = re.compile(rf"\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)")


def line_of(text: str, wanted: Keys) -> int:
    """The line of the key that a path means, or the first below or above it; 0 when nothing of it is written."""
    best, depth = 0, 0
    table: Keys = ()
    seen: Counter[Keys] = Counter()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _TABLE.match(line):
            table = _parts(header[2])
            if header[1] == "[[":
                seen[table] += 1
                table = (*table, seen[table] - 1)
            here = table
        elif key := _KEY.match(line):
            here = (*table, *_parts(key[1]))
        else:
            continue
        common = min(len(here), len(wanted))
        if common > depth and wanted[:common] == here[:common]:
            best, depth = number, common
    return best


def _parts(written: str) -> Keys:
    return tuple(first or second or bare for first, second, bare in _PART.findall(written))
