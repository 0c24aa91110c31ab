"""The texts in a SQLite database, read from its pages: joined where they run over several, and no SQL is run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lambdaward.packages.unpack import Blob

MAGIC = b"SQLite format 3\0"
_LEAF = 0x0D
_ENCODINGS = {1: "utf-8", 2: "utf-16-le", 3: "utf-16-be"}
_PAYLOAD = 16 << 20


class _Shape(NamedTuple):
    """How a database is laid out: the size of a page, and how much of it can be used."""

    page: int
    usable: int


def texts(blob: Blob) -> Iterator[tuple[int, bytes]]:
    """Every text in the rows of every table, as UTF-8, with the offset of its beginning: exact for one on its row's own page,
    and never behind the end."""
    head = blob.read(0, 100)
    if len(head) < 100 or not head.startswith(MAGIC):
        return
    size = int.from_bytes(head[16:18], "big")
    page = 65536 if size == 1 else size
    if page < 512 or page & (page - 1):
        return
    shape, left = _Shape(page, page - head[20]), 4 * blob.size + _PAYLOAD
    encoding = _ENCODINGS.get(int.from_bytes(head[56:60], "big"), "utf-8")
    for number in range(blob.size // page):
        for origin, payload in _rows(blob, number, shape):
            left -= len(payload)
            if left < 0:
                return
            for start, value in _values(payload):
                yield (
                    min(origin + start, blob.size),
                    value if encoding == "utf-8" else value.decode(encoding, "replace").encode(),
                )


def _rows(blob: Blob, number: int, shape: _Shape) -> Iterator[tuple[int, bytes]]:
    """The payload of every row on a page, with its offset."""
    page = blob.read(number * shape.page, shape.page)
    header = 100 if number == 0 else 0
    if page[header : header + 1] != bytes([_LEAF]):
        return
    count = int.from_bytes(page[header + 3 : header + 5], "big")
    for index in range(min(count, shape.page // 4)):
        pointer = header + 8 + 2 * index
        cell = int.from_bytes(page[pointer : pointer + 2], "big")
        size, at = _number(page, cell)
        _, at = _number(page, at)
        if 0 < size <= _PAYLOAD and at < len(page):
            yield number * shape.page + at, _payload(blob, page, at, size, shape)


def _payload(blob: Blob, page: bytes, at: int, size: int, shape: _Shape) -> bytes:
    """A payload, with what runs over to other pages."""
    most = shape.usable - 35
    if size <= most:
        return page[at : at + size]
    least = (shape.usable - 12) * 32 // 255 - 23
    local = least + (size - least) % (shape.usable - 4)
    local = local if local <= most else least
    data = bytearray(page[at : at + local])
    following = int.from_bytes(page[at + local : at + local + 4], "big")
    while following and len(data) < size:
        more = blob.read((following - 1) * shape.page, shape.usable)
        if len(more) < 5:
            break
        following = int.from_bytes(more[:4], "big")
        data += more[4:]
    return bytes(data[:size])


def _values(payload: bytes) -> Iterator[tuple[int, bytes]]:
    """The texts of one row: a list of types in front tells the length of each value."""
    size, at = _number(payload, 0)
    start = size
    while at < size <= len(payload) and start < len(payload):
        kind, at = _number(payload, at)
        length = (kind - 12) // 2 if kind >= 12 else (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[kind]
        if kind >= 13 and kind % 2 and length:
            yield start, payload[start : start + length]
        start += length


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits to a byte, and where it ends."""
    value = 0
    for index in range(9):
        byte = data[at + index] if at + index < len(data) else 0
        if index == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            return value, at + index + 1
    return value, at + 9
