"""The headers of a tar archive: old, ustar and GNU forms, and the extended headers in front of them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

BLOCK = 512
LONG_NAME, LONG_LINK, EXTENDED, GLOBAL, SUN_EXTENDED = b"L", b"K", b"x", b"g", b"X"
ANNOUNCING = (LONG_NAME, LONG_LINK, EXTENDED, GLOBAL, SUN_EXTENDED)
"""Types of headers that speak about what follows."""


class Header(Struct, frozen=True, gc=False):
    """One header block. A number that is damaged is -1."""

    name: bytes
    mode: int
    size: int
    type: bytes
    target: bytes


def is_header(block: bytes) -> bool:
    """Whether a block has the checksum of a header, summed as unsigned or, as old programs do, signed bytes."""
    if len(block) < BLOCK:
        return False
    stated = number(block[148:156])
    if stated < 0 or not any(block):
        return False
    plain = sum(block) - sum(block[148:156]) + 8 * 32
    if plain == stated:
        return True
    return stated == plain - 256 * sum(byte > 127 for byte in block[:148] + block[156:BLOCK])


def header(block: bytes) -> Header:
    """The fields of a header block."""
    name = _text(block[:100])
    if block[257:263] == b"ustar\0" and (prefix := _text(block[345:500])):
        name = prefix + b"/" + name
    return Header(name, max(number(block[100:108]), 0), number(block[124:136]), block[156:157], _text(block[157:257]))


def number(field: bytes) -> int:
    """A number in octal digits, or in the base-256 form of large ones; -1 when it is neither or negative."""
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:], "big")
    digits = field.strip(b" \0")
    if not digits:
        return 0
    return int(digits, 8) if digits.isdigit() and not set(digits) & set(b"89") else -1


def _text(field: bytes) -> bytes:
    return field.partition(b"\0")[0]


def extended(data: bytes) -> Mapping[str, bytes] | None:
    """The records of an extended header: length, space, keyword, equals, value, newline. `None` when it is damaged."""
    records: dict[str, bytes] = {}
    at = 0
    while at < len(data) and data[at]:
        digits, space, _ = data[at : at + 20].partition(b" ")
        if not space or not digits.isdigit():
            return None
        end = at + int(digits)
        record = data[at + len(digits) + 1 : end]
        keyword, equals, value = record.partition(b"=")
        if end > len(data) or not equals or not value.endswith(b"\n"):
            return None
        records[keyword.decode("utf-8", "replace")] = value[:-1]
        at = end
    return records
