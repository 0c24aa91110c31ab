"""The sources inside a source map, each with where it stands in the file."""

from __future__ import annotations

import json
from collections.abc import Iterator

_KEY = b'"sourcesContent"'


def sources(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every source in a map, as UTF-8, with the offset at which its JSON text begins. Ends where the JSON is damaged."""
    at = data.find(_KEY)
    while at >= 0:
        at = data.find(b"[", at, at + 100)
        if at < 0:
            return
        at += 1
        while (start := _next(data, at)) >= 0:
            end = _end(data, start + 1)
            if end < 0:
                return
            text = _text(data[start : end + 1])
            if text is not None:
                yield start + 1, text
            at = end + 1
        at = data.find(_KEY, at)


def _next(data: bytes, at: int) -> int:
    """Where the next text of a list begins; -1 at its end."""
    while at < len(data) and data[at] in b" \t\r\n,nul":
        at += 1
    return at if data[at : at + 1] == b'"' else -1


def _end(data: bytes, at: int) -> int:
    """The quotation mark that ends a text."""
    while (at := data.find(b'"', at)) >= 0:
        slashes = at
        while data[slashes - 1] == 0x5C:
            slashes -= 1
        if (at - slashes) % 2 == 0:
            return at
        at += 1
    return -1


def _text(quoted: bytes) -> bytes | None:
    try:
        return str(json.loads(quoted, strict=False)).encode("utf-8", "replace")
    except ValueError:
        return None
