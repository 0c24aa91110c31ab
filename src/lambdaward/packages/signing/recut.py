"""Where the content of a signed entry reads as another entry.

AWS Signer's digest is over names and contents in their order, one directly behind the other. Where one ends and the next begins
is not signed: content in which the path of a code file stands, directly followed by code, can be cut there into two entries, and
the signature still holds. Any package can be cut somewhere; what is looked for here is what gives a file that runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

MOST_LOOKED_AT = 5_000
MOST_TOLD = 20
_BEFORE, _BEHIND = 256, 64
_PYTHON = rb"import |from \w|def \w|class \w|async def |\"\"\""
_JAVASCRIPT = rb"import[ {*\"']|export |const |let |var |function[ (]|module\.|exports\.|require\(|[\"']use strict"
_CODE: tuple[tuple[bytes, bytes], ...] = (
    (b".py", _PYTHON),
    (b".js", _JAVASCRIPT),
    (b".mjs", _JAVASCRIPT),
    (b".cjs", _JAVASCRIPT),
    (b".rb", rb"require|def \w|class \w|module \w"),
    (b".pth", rb"import "),
    (b".so", rb"\x7fELF"),
    (b"bootstrap", rb"#!|\x7fELF"),
)
_ENDINGS = tuple((ending, re.compile(rb"(\s{0,8})(?:" + code + rb")")) for ending, code in _CODE)
_PATH_BACKWARDS = re.compile(rb"[A-Za-z0-9_.@/-]+")


class Recut(Struct, frozen=True):
    """A cut: the entry whose content reads as another one from an offset on, and the path it reads as. `sharp` when code
    follows the path directly; with space between, as after a comment that names a file, it is usual in honest bundles."""

    place: str
    offset: int
    path: str
    sharp: bool

    def __str__(self) -> str:
        cut = f"from byte {self.offset} on it reads as an entry `{self.path}`: cut there, the signature still holds"
        return f"{self.place}: {cut}"


class Recuts:
    """Looks for cuts in contents, until enough were looked at or found."""

    def __init__(self) -> None:
        self.found: list[Recut] = []
        self._looked = 0

    def watch(self, place: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The chunks of an entry's content as they come, looked at on the way."""
        offset, tail = 0, b""
        for chunk in chunks:
            yield chunk
            if self._looked < MOST_LOOKED_AT and len(self.found) < MOST_TOLD:
                window = tail + chunk
                self._look(place, window, offset - len(tail), len(tail))
                tail = window[-_BEFORE - _BEHIND :]
            offset += len(chunk)

    def _look(self, place: str, window: bytes, offset: int, known: int) -> None:
        """Look at a window of which so many bytes are known from the one before. Those near its end are looked at again."""
        for ending, code in _ENDINGS:
            at = window.find(ending, max(0, known - _BEHIND - len(ending)))
            while at >= 0 and self._looked < MOST_LOOKED_AT:
                self._looked += 1
                end = at + len(ending)
                follows = code.match(window, end)
                path = _path(window, end) if follows else ""
                if follows and path:
                    self._add(Recut(place, offset + end - len(path), path, sharp=not follows[1]))
                at = window.find(ending, end)

    def _add(self, recut: Recut) -> None:
        if recut not in self.found and len(self.found) < MOST_TOLD:
            self.found.append(recut)


def _path(window: bytes, end: int) -> str:
    """The longest path of an entry that ends at an offset."""
    match = _PATH_BACKWARDS.match(window[max(0, end - _BEFORE) : end][::-1])
    return match[0][::-1].lstrip(b".@/-").decode("ascii") if match else ""
