"""Text inside Base64 inside a file, at any depth, compressed or not."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any

from lambdaward.model import pattern

_LONGEST, _SMALL = 1 << 22, 1 << 16
DEPTH = 4
"""How many encodings deep a file is looked into."""

# Four letters that three printable characters become, seven times at the beginning of a run, or the beginning of gzip.
_FOUR = "[I-Za-f][C-HS-Xi-nyz0-3][ABEFIJMNQRUVYZcdghklopstwx014589][A-Za-z0-9+/_-]"
_BEGINNING = rf"(?:^|[^A-Za-z0-9+/_-])((?:{_FOUR}){{7}}|H4sI[A-Za-z0-9+/_-]{{28}})"
_RUN = pattern(rb"[A-Za-z0-9+/_-]+")
_PLAIN = pattern(rb"[\t\r\n\x20-\x7e]+")
_TRANSLATED = bytes.maketrans(b"-_", b"+/")


@cache
def _beginnings() -> Any:  # noqa: ANN401 - the engine has no types
    import re2  # noqa: PLC0415 - only where files are read

    return re2.compile(_BEGINNING.encode())


def decoded(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The texts that runs of Base64 in some bytes decode to, and where the runs begin. All of them together are hardly longer
    than twice the bytes: what expands to more was made to cost time."""
    left = 2 * len(data) + _SMALL
    for match in _beginnings().finditer(data):
        start = match.start(1)
        run = _RUN.match(data, start, start + _LONGEST)
        text = _bytes(run[0]) if run else b""
        if text[:2] == b"\x1f\x8b":
            text = _gunzipped(text, left)
        if text and _PLAIN.fullmatch(text[:24]):
            yield start, text
        left -= len(text)
        if left <= 0:
            return


def _bytes(run: bytes) -> bytes:
    """What a run decodes to; a last character that is too much is left out."""
    whole = run[: len(run) - (len(run) % 4 == 1)]
    try:
        return base64.b64decode(whole.translate(_TRANSLATED) + b"=" * (-len(whole) % 4))
    except binascii.Error:
        return b""


def _gunzipped(data: bytes, limit: int) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(data, limit)
    except zlib.error:
        return b""
