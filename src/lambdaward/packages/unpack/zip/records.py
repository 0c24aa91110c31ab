"""The records of a zip archive, as they stand in its bytes. Nothing here judges; what does not fit is `None`."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from lambdaward.packages.unpack.blob import Blob, Reader

LOCAL = b"PK\x03\x04"
CENTRAL = b"PK\x01\x02"
END = b"PK\x05\x06"
END64 = b"PK\x06\x06"
LOCATOR64 = b"PK\x06\x07"
DESCRIPTOR = b"PK\x07\x08"

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
_FIELD = struct.Struct("<2H")

END_SIZE = _END.size
FULL16, FULL32 = 0xFFFF, 0xFFFFFFFF

ENCRYPTED, DESCRIBED, STRONG, UTF8, MASKED = 0x1, 0x8, 0x40, 0x800, 0x2000
"""Bits of the flags: encrypted content, sizes after the content, strong encryption, UTF-8 name, masked local headers."""

_ZIP64, _UNICODE_PATH = 0x0001, 0x7075
_WEIGHTY = (_ZIP64, _UNICODE_PATH)
_USUAL, _EXTRA = 512, 64
"""How long what varies of a record usually is at most, and how long extra fields are."""


class Header(Struct, frozen=True, gc=False):
    """What the directory and the entry itself both say of an entry. Sizes and offset are resolved from the large-archive
    field where the small ones are full. `start` is where the record is, `end` where it ends."""

    flags: int
    method: int
    crc: int
    packed: int
    size: int
    name: bytes
    start: int
    end: int
    offset: int = 0
    disk: int = 0
    system: int = 0
    attributes: int = 0
    good_extra: bool = True
    large: bool = False
    other_name: bytes = b""
    comment: int = 0


class End(Struct, frozen=True):
    """The end of an archive: the entries and extent of its directory, where the record is, and where its comment ends."""

    disk: int
    entries: int
    size: int
    offset: int
    start: int
    end: int
    directory_end: int
    differs: bool = False
    missing64: bool = False


def central(reader: Reader, at: int) -> Header | None:
    """The directory's record at an offset."""
    buffer, start = reader.span(at, _CENTRAL.size + _USUAL)
    if len(buffer) - start < _CENTRAL.size or not buffer.startswith(CENTRAL, start):
        return None
    (_, made, _, flags, method, _, _, crc, packed, size, n, m, k, disk, _, attributes, offset) = _CENTRAL.unpack_from(
        buffer, start
    )
    whole = _CENTRAL.size + n + m + k
    if len(buffer) - start < whole:
        buffer, start = reader.span(at, whole)
        if len(buffer) - start < whole:
            return None
    middle = start + _CENTRAL.size + n
    name, extra = buffer[start + _CENTRAL.size : middle], buffer[middle : middle + m]
    end, system = at + whole, made >> 8
    if FULL32 not in (packed, size, offset) and _plain(extra):
        return Header(flags, method, crc, packed, size, name, at, end, offset, disk, system, attributes, comment=k)
    fields, good = _fields(extra)
    wide, fits = _widened(fields.get(_ZIP64), [size, packed, offset])
    return Header(
        flags, method, crc, wide[1], wide[0], name, at, end, wide[2], disk, system, attributes, good and fits,
        _ZIP64 in fields, _other_name(fields, name), k,
    )  # fmt: skip


def data_of_same(fronts: Reader, start: int, directory: Reader, header: Header) -> int:
    """Where the content of an entry begins, when the record in front of it, at `start`, says the very same as the directory's
    does; -1 when both have to be read and compared."""
    if start < 0 or header.large or header.other_name or not header.good_extra:
        return -1
    theirs, there = directory.span(header.start, _CENTRAL.size)
    ours, here = fronts.span(start, _LOCAL.size + len(header.name) + _EXTRA)
    if len(ours) - here < _LOCAL.size or not ours.startswith(LOCAL, here):
        return -1
    # Flags, method, time, checksum, and both sizes stand in one row in both.
    if ours[here + 6 : here + 26] != theirs[there + 8 : there + 28]:
        return -1
    n, m = int.from_bytes(ours[here + 26 : here + 28], "little"), int.from_bytes(ours[here + 28 : here + 30], "little")
    name = here + _LOCAL.size
    extra = name + n
    if len(ours) < extra + m or ours[name:extra] != header.name or not _plain(ours[extra : extra + m]):
        return -1
    return start + _LOCAL.size + n + m


def local(reader: Reader, at: int) -> Header | None:
    """The record in front of an entry's content."""
    fixed = reader.read(at, _LOCAL.size)
    if len(fixed) < _LOCAL.size or fixed[:4] != LOCAL:
        return None
    _, _, flags, method, _, _, crc, packed, size, n, m = _LOCAL.unpack(fixed)
    variable = reader.read(at + _LOCAL.size, n + m)
    if len(variable) < n + m:
        return None
    name, end = variable[:n], at + _LOCAL.size + n + m
    if not m and FULL32 not in (packed, size):
        return Header(flags, method, crc, packed, size, name, at, end)
    fields, good = _fields(variable[n:])
    wide, fits = _widened(fields.get(_ZIP64), [size, packed])
    return Header(
        flags, method, crc, wide[1], wide[0], name, at, end, good_extra=good and fits, large=_ZIP64 in fields,
        other_name=_other_name(fields, name),
    )  # fmt: skip


def _plain(extra: bytes) -> bool:
    """Whether extra fields fill their space, and none of them says where or what the entry is."""
    at, size = 0, len(extra)
    while at + 4 <= size:
        number, length = _FIELD.unpack_from(extra, at)
        if number in _WEIGHTY:
            return False
        at += 4 + length
    return at == size


def _fields(extra: bytes) -> tuple[dict[int, bytes], bool]:
    """The extra fields by their number, the first of each, and whether they fill their space. Fewer than four bytes at the
    end, all zero, are padding that tools leave when they align content."""
    found: dict[int, bytes] = {}
    at, size = 0, len(extra)
    while at + 4 <= size:
        number, length = _FIELD.unpack_from(extra, at)
        end = at + 4 + length
        if end > size:
            return found, False
        if number not in found:
            found[number] = extra[at + 4 : end]
        at = end
    return found, at == size or not any(extra[at:])


def _widened(field: bytes | None, values: list[int]) -> tuple[list[int], bool]:
    """Values, the full ones among them taken from the large-archive field, and whether the field has them."""
    if field is None or FULL32 not in values:
        return values, True
    rest, good = field, True
    for index, value in enumerate(values):
        if value == FULL32 and len(rest) >= 8:
            values[index] = int.from_bytes(rest[:8], "little")
            rest = rest[8:]
        elif value == FULL32:
            good = False
    return values, good


def _other_name(fields: dict[int, bytes], name: bytes) -> bytes:
    """Another name that an extra field gives the entry, when its checksum says it is about this name."""
    field = fields.get(_UNICODE_PATH)
    if field is None or len(field) < 5 or field[0] != 1 or int.from_bytes(field[1:5], "little") != zlib.crc32(name):
        return b""
    return field[5:] if field[5:] != name else b""


def ends(blob: Blob) -> Iterator[End]:
    """Every end record that a program could take: last first, those whose comment runs beyond the file left out."""
    span = min(blob.size, END_SIZE + FULL16)
    base = blob.size - span
    tail = blob.read(base, span)
    at = tail.rfind(END)
    while at >= 0:
        if (end := _end(blob, tail, at, base)) is not None:
            yield end
        at = tail.rfind(END, 0, at)


def _end(blob: Blob, tail: bytes, at: int, base: int) -> End | None:
    if at + END_SIZE > len(tail):
        return None
    _, disk, directory_disk, here, entries, size, offset, comment = _END.unpack_from(tail, at)
    if at + END_SIZE + comment > len(tail):
        return None
    start = base + at
    small = End(
        max(disk, directory_disk), entries, size, offset, start, start + END_SIZE + comment, start, here != entries
    )
    if FULL16 in (disk, directory_disk):
        small = End(0, entries, size, offset, start, small.end, start, small.differs)
    return _large(blob, small)


def _large(blob: Blob, small: End) -> End:
    """The end with what the large-archive records say, where there are any."""
    full = FULL32 in (small.size, small.offset)
    locator = blob.read(small.start - _LOCATOR64.size, _LOCATOR64.size) if small.start >= _LOCATOR64.size else b""
    if locator[:4] != LOCATOR64:
        return replace(small, missing64=full)
    _, _, offset, _ = _LOCATOR64.unpack(locator)
    record_end = small.start - _LOCATOR64.size
    for at in (offset, record_end - _END64.size):
        raw = blob.read(at, _END64.size) if 0 <= at <= record_end - _END64.size else b""
        if raw[:4] == END64:
            break
    else:
        return replace(small, missing64=True)
    _, _, _, _, disk, directory_disk, here, entries, size, start = _END64.unpack(raw)
    pairs = ((small.entries, entries, FULL16), (small.size, size, FULL32), (small.offset, start, FULL32))
    differs = small.differs and small.entries != FULL16
    differs |= here != entries or any(low not in (full, high) for low, high, full in pairs)
    return End(max(disk, directory_disk), entries, size, start, small.start, small.end, at, differs)


def descriptor_sizes(data: bytes, crc: int, packed: int, size: int) -> int:
    """How long the record after content is that states these values: 0 when none does."""
    for marked in (4, 0):
        if marked and data[:4] != DESCRIPTOR:
            continue
        for width, form in ((4, "<3L"), (8, "<L2Q")):
            length = marked + 4 + 2 * width
            if len(data) >= length and struct.unpack_from(form, data, marked) == (crc, packed, size):
                return length
    return 0
