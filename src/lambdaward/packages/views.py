"""Every way in which the bytes of an entry can be read as text: as they are, and decoded where a format hides text.

A view is a sequence of windows. Neighbouring windows overlap, so that whatever is looked for stands whole in one of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from lambdaward.model import pattern
from lambdaward.packages.formats import pyc, sourcemap, sqlite
from lambdaward.packages.formats.elf import MAGIC as ELF
from lambdaward.packages.formats.elf import read_elf
from lambdaward.packages.unpack import Entry
from lambdaward.packages.unpack.blob import Part, pieces

SIZE, OVERLAP = 1 << 20, 1 << 15
"""How large a window grows before it is given out, and how many bytes the next one repeats of it."""

_WHOLE = 16 << 20
"""How much of a file is read whole, where its format cannot be read in windows."""

_WIDE = pattern(rb"(?:[\x20-\x7e\t\r\n]\0){6,}")


class Segment(Struct, frozen=True, gc=False):
    """A part of a window: where it begins there, which byte of the entry that is, and the encoding that its text has in the
    entry, where that is not the window's."""

    start: int
    origin: int
    encoding: str = ""


class Window(Struct, frozen=True):
    """A stretch of a view: its bytes (text is UTF-8), how many of them the window before had too, and where they come from."""

    data: bytes
    repeated: int
    segments: tuple[Segment, ...]

    def origin(self, position: int) -> int:
        """The offset in the entry of a byte of this window. For escaped text: of the text's beginning, plus the distance."""
        segment = self.segments[max(0, bisect_right(self.segments, position, key=lambda one: one.start) - 1)]
        distance = position - segment.start
        if segment.encoding:
            text = self.data[segment.start : position].decode("utf-8", "ignore")
            distance = len(text.encode(segment.encoding, "ignore"))
        return segment.origin + distance


class View(Struct, frozen=True):
    """A way to read an entry. Its windows are made when they are asked for."""

    name: str
    windows: Callable[[], Iterator[Window]]


_Piece = tuple[int, bytes, str]
"""A text, where it begins in the entry, and its encoding there."""


def views(entry: Entry) -> Iterator[View]:
    """Every view of an entry: `raw` first, then what its first bytes or name call for."""
    yield View("raw", lambda: _windows(_raw(entry), ""))
    head = entry.content.head()
    if encoding := wide_encoding(head):
        yield View(encoding, lambda: _windows(_recoded(entry, encoding), ""))
    if pyc.is_pyc(head):
        yield View("pyc", lambda: _texts(pyc.texts(entry.content.read(_WHOLE))))
    if head.startswith(sqlite.MAGIC):
        yield View("sqlite", lambda: _texts(sqlite.texts(entry.content.blob())))
    if head.startswith(ELF):
        yield View("constants", lambda: _windows(_constants(entry), "\n"))
    if head.startswith(b"MZ"):
        yield View("wide-strings", lambda: _windows(_wide_strings(entry), "\n"))
    if entry.path.endswith((".map", ".json")) or head.startswith(b'{"version":3'):
        yield View("sources", lambda: _texts(sourcemap.sources(entry.content.read(_WHOLE))))


def wide_encoding(head: bytes) -> str:
    """The encoding of a text of two bytes to a letter, by its mark or, without one, by its zero bytes; empty when it is none."""
    if head.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if head.startswith(b"\xfe\xff"):
        return "utf-16-be"
    sample = head[: len(head) // 2 * 2]
    if len(sample) < 8:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    enough = len(sample) // 2 * 0.7
    return "utf-16-le" if odd > enough > even * 4 else "utf-16-be" if even > enough > odd * 4 else ""


def _raw(entry: Entry) -> Iterator[_Piece]:
    at = 0
    for chunk in entry.content.chunks():
        yield at, chunk, ""
        at += len(chunk)


def _recoded(entry: Entry, encoding: str) -> Iterator[_Piece]:
    """Wide text as UTF-8. A chunk that ends inside a letter leaves its end to the next."""
    at, rest = 0, b""
    for chunk in entry.content.chunks():
        data = rest + chunk
        whole = len(data) // 4 * 4
        rest = data[whole:]
        for start in range(0, whole, 1 << 13):
            piece = data[start : min(start + (1 << 13), whole)]
            yield at + start, piece.decode(encoding, "replace").encode("utf-8", "replace"), encoding
        at += whole
    yield at, rest.decode(encoding, "replace").encode("utf-8", "replace"), encoding


def _constants(entry: Entry) -> Iterator[_Piece]:
    """The sections of a program that hold constants."""
    blob = entry.content.blob()
    elf, left = read_elf(blob), blob.size
    for section in elf.read_only() if elf else ():
        # Sections of an honest program do not overlap, so together they are no longer than the file.
        part = Part(blob, section.offset, min(section.size, left))
        left -= part.size
        at = section.offset
        for piece in pieces(part):
            yield at, piece, ""
            at += len(piece)


def _wide_strings(entry: Entry) -> Iterator[_Piece]:
    """The wide texts among the bytes of a program for Windows or .NET."""
    for window in _windows(_raw(entry), ""):
        for match in _WIDE.finditer(window.data):
            if match.end() > window.repeated or not window.repeated:
                yield window.origin(match.start()), match[0].decode("utf-16-le").encode(), "utf-16-le"


def _texts(found: Iterable[tuple[int, bytes]]) -> Iterator[Window]:
    return _windows(((origin, text, "") for origin, text in found), "\n")


def _windows(pieces: Iterable[_Piece], between: str) -> Iterator[Window]:
    """Pieces put together to overlapping windows; `between` keeps texts apart that do not follow each other."""
    data, segments, repeated, fresh = bytearray(), list[Segment](), 0, False
    for origin, text, encoding in pieces:
        segments.append(Segment(len(data), origin, encoding))
        data += text + between.encode()
        fresh = True
        if len(data) < SIZE:
            continue
        yield Window(bytes(data), repeated, tuple(segments))
        data, segments = _end_of(data, segments)
        repeated, fresh = len(data), False
    if fresh:
        yield Window(bytes(data), repeated, tuple(segments))


def _end_of(data: bytearray, segments: list[Segment]) -> tuple[bytearray, list[Segment]]:
    """The end of a window, to begin the next one with; cut at the beginning of a segment where its text was recoded."""
    cut = max(0, len(data) - OVERLAP)
    index = max(0, bisect_right(segments, cut, key=lambda one: one.start) - 1)
    first = segments[index]
    if first.encoding:
        cut = first.start
    kept = [Segment(0, first.origin + cut - first.start, first.encoding)]
    return data[cut:], kept + [Segment(one.start - cut, one.origin, one.encoding) for one in segments[index + 1 :]]
