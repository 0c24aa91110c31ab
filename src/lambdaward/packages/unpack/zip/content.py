"""The content of a zip entry: expanded, and held to what the archive states of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lambdaward.packages.unpack.blob import Blob, Counted, Part, pieces
from lambdaward.packages.unpack.decoders import DamageError, bzip2, expand, raw_lzma, xz, zstandard
from lambdaward.packages.unpack.entry import Content, Scope, nothing
from lambdaward.packages.unpack.faults import FaultKind
from lambdaward.packages.unpack.inflate import Decoder, crc32, raw_deflate
from lambdaward.packages.unpack.zip.records import ENCRYPTED, STRONG, Header

STORED, DEFLATED, BZIP2, LZMA, ZSTANDARD, XZ = 0, 8, 12, 14, 93, 95

_DECODERS: dict[int, Callable[[], Decoder | None]] = {
    DEFLATED: raw_deflate,
    BZIP2: bzip2,
    ZSTANDARD: zstandard,
    XZ: xz,
}


def content(scope: Scope, path: str, header: Header, data: Part) -> Content:
    """The content of an entry whose packed bytes are `data`. What cannot be read is a fault, and no bytes."""
    if header.flags & (ENCRYPTED | STRONG):
        scope.fault(FaultKind.ZIP_ENCRYPTED, path)
        return nothing(scope, path)
    whole = data.size == header.packed
    if not whole:
        scope.fault(FaultKind.TRUNCATED, path, f"{data.size} of {header.packed} bytes")
    if header.method == STORED and header.packed != header.size:
        scope.fault(FaultKind.ZIP_STORE_SIZES, path, f"{header.packed} and {header.size} bytes")
    unpacked = _unpacked(scope, path, header, data)
    if unpacked is None:
        return nothing(scope, path)
    direct = data if header.method == STORED else None
    return Content(scope, path, lambda: _checked(unpacked(), scope, path, header, whole=whole), data.size, direct)


def _unpacked(scope: Scope, path: str, header: Header, data: Part) -> Callable[[], Iterator[bytes]] | None:
    """How to unpack content, `None` when it cannot be."""
    if header.method == STORED:
        return lambda: pieces(data)
    if header.method == LZMA:
        return lambda: _lzma(data)
    make = _DECODERS.get(header.method)
    if make is not None and (header.method != ZSTANDARD or make() is not None):
        return lambda: _stream(make(), data, scope, path)
    scope.fault(FaultKind.NO_DECODER if make else FaultKind.ZIP_METHOD, path, f"method {header.method}")
    return None


def _lzma(data: Part) -> Iterator[bytes]:
    """An LZMA stream as zip has it: a version, the length of the properties, the properties, and a raw stream whose end need
    not be marked."""
    decoder = raw_lzma(data.read(0, 9)[4:])
    try:
        yield from expand(decoder, pieces(Part(data, 9, data.size)))
    except DamageError as error:
        if error.kind is not FaultKind.TRUNCATED:
            raise


def _stream(decoder: Decoder | None, data: Blob, scope: Scope, path: str) -> Iterator[bytes]:
    """The bytes of a stream that has to end where its packed bytes do."""
    if decoder is None:
        return
    packed = Counted(pieces(data))
    yield from expand(decoder, packed)
    taken = packed.size - len(decoder.unused_data)
    if taken < data.size:
        scope.fault(FaultKind.AFTER_STREAM, path, f"{data.size - taken} bytes")


def _checked(chunks: Iterator[bytes], scope: Scope, path: str, header: Header, *, whole: bool) -> Iterator[bytes]:
    """Chunks as they come; at their end, length and checksum are held to the header's. More than the header states is
    given out too, and named at once."""
    size = crc = 0
    try:
        for chunk in chunks:
            size += len(chunk)
            crc = crc32(chunk, crc)
            if size > header.size:
                scope.fault(FaultKind.LONGER, path)
            yield chunk
    except DamageError as error:
        scope.fault(error.kind, path)
        return
    if whole and size < header.size:
        scope.fault(FaultKind.SHORTER, path, f"{size} of {header.size} bytes")
    elif whole and size == header.size and crc != header.crc:
        scope.fault(FaultKind.BAD_CRC, path)
