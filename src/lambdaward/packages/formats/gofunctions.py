"""The names of the functions in a Go program, from the table that its run-time library finds them by: stripping leaves it."""

from __future__ import annotations

import struct

from lambdaward.packages.formats.elf import MAGIC, Elf, read_elf
from lambdaward.packages.unpack import Content

_NEW = (0xFFFFFFF1, 0xFFFFFFF0, 0xFFFFFFFA)
"""The table's first number since Go 1.20, 1.18 and 1.16; before, names lie between other things."""
_OLD = 0xFFFFFFFB
_TEXT_START = _NEW[:2]
_SECTIONS = (".gopclntab", ".data.rel.ro.gopclntab")
_LIMIT = 128 << 20


def function_names(elf: Elf) -> bytes | None:
    """The name of every function, those included that were built into others, each between NULs; `None` when there is no table
    that can be read."""
    section = next((found for name in _SECTIONS if (found := elf.section(name)) is not None), None)
    if section is None:
        return None
    table = elf.data(section, _LIMIT)
    if len(table) < 80:
        return None
    for order in "<>":
        (magic,) = struct.unpack_from(order + "I", table)
        if magic == _OLD:
            return b"\0" + table
        if magic in _NEW:
            return _names(table, order, magic)
    return None


def functions_in(content: Content) -> bytes | None:
    """The names of the functions in a file, as `function_names` gives them."""
    if not content.head().startswith(MAGIC):
        return None
    elf = read_elf(content.blob())
    return function_names(elf) if elf else None


def _names(table: bytes, order: str, magic: int) -> bytes | None:
    width = table[7]
    if width not in (4, 8):
        return None
    form = order + ("Q" if width == 8 else "I")
    first = 8 + width * (3 if magic in _TEXT_START else 2)
    (start,) = struct.unpack_from(form, table, first)
    (end,) = struct.unpack_from(form, table, first + width)
    return b"\0" + table[start:end] + b"\0" if 0 < start < end <= len(table) else None


def linked_name(path: str) -> bytes:
    """A package's path as the linker writes it in front of its functions: dots in the last part, and rare bytes, escaped."""
    head, slash, last = path.rpartition("/")
    raw = (head + slash).encode(), last.encode()
    escaped = (_escaped(raw[0], b'%"'), _escaped(raw[1], b'.%"'))
    return b"".join(escaped)


def _escaped(text: bytes, special: bytes) -> bytes:
    return b"".join(
        b"%%%02x" % byte if byte in special or byte <= 0x20 or byte >= 0x7F else bytes((byte,)) for byte in text
    )
