"""Reading a zip archive from its front, as programs do that have no directory yet: for stretches that no entry owns."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.packages.unpack.blob import CHUNK, Blob, Counted, Part, Reader, pieces
from lambdaward.packages.unpack.decoders import DamageError, expand
from lambdaward.packages.unpack.entry import Scope
from lambdaward.packages.unpack.inflate import raw_deflate
from lambdaward.packages.unpack.zip.content import DEFLATED
from lambdaward.packages.unpack.zip.records import DESCRIBED, DESCRIPTOR, LOCAL, Header, descriptor_sizes, local


def entries(blob: Blob, scope: Scope, start: int, end: int) -> Iterator[tuple[int, int, Header | None]]:
    """The stretches of a stretch: entries with their header, and what lies between them with `None`."""
    reader, at, slack = Reader(blob), start, start
    while at < end and not scope.account.over:
        header = local(reader, at) if reader.read(at, 4) == LOCAL else None
        if header is None:
            at = _next(blob, at + 1, end)
            continue
        if slack < at:
            yield slack, at, None
        whole = _measured(blob, scope, header, end)
        slack = min(end, whole.end + whole.packed)
        yield at, slack, whole
        slack += _descriptor(reader, whole)
        at = slack
    if slack < end:
        yield slack, end, None


def _next(blob: Blob, at: int, end: int) -> int:
    """Where the next header may begin; the end when there is none."""
    while at < end:
        found = blob.read(at, min(CHUNK, end - at) + 3).find(LOCAL)
        if found >= 0:
            return min(end, at + found)
        at += CHUNK
    return end


def _measured(blob: Blob, scope: Scope, header: Header, end: int) -> Header:
    """The header with its sizes, which have to be found out when they stand behind the content."""
    if not header.flags & DESCRIBED or header.packed or header.method != DEFLATED:
        return header
    packed, size = _length(blob, scope, header, end)
    known = blob.read(header.end + packed, 24)
    crc = int.from_bytes(known[4:8] if known[:4] == DESCRIPTOR else known[:4], "little")
    return Header(header.flags, header.method, crc, packed, size, header.name, header.start, header.end)


def _length(blob: Blob, scope: Scope, header: Header, end: int) -> tuple[int, int]:
    """How long a compressed stream is, and what it expands to."""
    decoder, size = raw_deflate(), 0
    packed = Counted(pieces(Part(blob, header.end, end - header.end)))
    try:
        for chunk in expand(decoder, packed):
            size += len(chunk)
            if size > scope.account.limits.size or not scope.account.produce(len(chunk), scope.place("")):
                break
    except DamageError as error:
        scope.fault(error.kind, "", f"content at byte {header.end}")
    return packed.size - len(decoder.unused_data), size


def _descriptor(reader: Reader, header: Header) -> int:
    if not header.flags & DESCRIBED:
        return 0
    data = reader.read(header.end + header.packed, 24)
    return descriptor_sizes(data, header.crc, header.packed, header.size)
