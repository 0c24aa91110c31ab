"""Files that are one compressed stream, or several in a row: gzip, bzip2, xz, Zstandard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lambdaward.packages.unpack.blob import CHUNK, HEAD, Blob
from lambdaward.packages.unpack.decoders import DamageError, bzip2, expand, xz, zstandard
from lambdaward.packages.unpack.entry import Content, Entry, Kind, Scope
from lambdaward.packages.unpack.faults import FaultKind
from lambdaward.packages.unpack.inflate import Decoder, gzip

_ENDINGS = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar", ".tzst": ".tar"}
_SQUEEZED = (".gz", ".bz2", ".xz", ".zst", ".lzma", ".z")


def read_squeezed(blob: Blob, scope: Scope, make: Callable[[], Decoder | None]) -> Iterator[Entry]:
    """The one entry of a compressed file."""
    if make() is None:
        scope.fault(FaultKind.NO_DECODER)
        return
    path = _inner_name(scope.chain[-1] if scope.chain else "")
    content = Content(scope, path, lambda: streams(make, blob, scope, path), blob.size)
    yield Entry(path, Kind.FILE, content, scope, -1)


def _inner_name(outer: str) -> str:
    name = outer.rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    ending = (dot + ending).lower()
    if ending in _ENDINGS:
        return stem + _ENDINGS[ending]
    return stem if ending in _SQUEEZED and stem else "(content)"


_MAGIC: tuple[tuple[re.Pattern[bytes], Callable[[], Decoder | None]], ...] = (
    (re.compile(rb"\x1f\x8b\x08"), gzip),
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), bzip2),
    (re.compile(rb"\xfd7zXZ\x00"), xz),
    (re.compile(rb"\x28\xb5\x2f\xfd"), zstandard),
)


def decoder_of(head: bytes) -> Callable[[], Decoder | None] | None:
    """What makes decoders for a file that begins with these bytes; `None` when it is no compressed stream."""
    return next((make for magic, make in _MAGIC if magic.match(head)), None)


class _Feed:
    """Hands out bytes in growing pieces, and takes back what a decoder did not want."""

    def __init__(self, blob: Blob) -> None:
        self._blob = blob
        self.at = 0

    def pieces(self) -> Iterator[bytes]:
        """Pieces from where the feed is; small at first, so that many short streams in a row cost little."""
        size = HEAD
        while piece := self._blob.read(self.at, size):
            self.at += len(piece)
            yield piece
            size = min(2 * size, CHUNK)


def streams(make: Callable[[], Decoder | None], blob: Blob, scope: Scope, path: str) -> Iterator[bytes]:
    """The expanded bytes of every stream in a row. Zero bytes behind the last one are padding."""
    feed, first = _Feed(blob), blob.read(0, 2)
    while (decoder := make()) is not None:
        try:
            yield from expand(decoder, feed.pieces())
        except DamageError as error:
            scope.fault(error.kind, path)
            return
        feed.at -= len(decoder.unused_data)
        if blob.read(feed.at, 2) != first:
            break
        if not scope.account.produce(HEAD, scope.place(path)):
            return
    if any(any(piece) for piece in feed.pieces()):
        scope.fault(FaultKind.AFTER_STREAM, path)
