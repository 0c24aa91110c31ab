"""Linux programs and libraries (ELF): their sections, and what the dynamic linker is told."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from lambdaward.packages.unpack import Blob

MAGIC = b"\x7fELF"
SECTIONS, NAMES = 4096, 1 << 20
_DYNAMIC, _NO_BITS, _SYMBOLS = 6, 8, 11
_NEEDED, _SONAME, _END = 1, 14, 0
WRITE, ALLOCATED, CODE, COMPRESSED = 0x1, 0x2, 0x4, 0x800


class Section(NamedTuple):
    """A section: its name, type, flags, address, and where its bytes lie in the file."""

    name: str
    type: int
    flags: int
    address: int
    offset: int
    size: int
    link: int


class Elf(Struct, frozen=True):
    """A program or library: how its numbers are written, how wide addresses are, and its sections."""

    blob: Blob
    order: str
    wide: bool
    sections: tuple[Section, ...]

    def section(self, name: str) -> Section | None:
        """The first section of a name."""
        return next((section for section in self.sections if section.name == name), None)

    def data(self, section: Section, limit: int) -> bytes:
        """The bytes of a section, at most so many."""
        return b"" if section.type == _NO_BITS else self.blob.read(section.offset, min(section.size, limit))

    def read_only(self) -> Iterator[Section]:
        """The sections with constants: loaded, not written to, not run."""
        for section in self.sections:
            if section.type == 1 and section.flags & ALLOCATED and not section.flags & (WRITE | CODE):
                yield section

    def at_address(self, address: int, size: int) -> bytes:
        """Bytes by the address that they are loaded to."""
        for section in self.sections:
            if (
                section.type != _NO_BITS
                and section.address
                and section.address <= address < section.address + section.size
            ):
                start = address - section.address
                return self.blob.read(section.offset + start, min(size, section.size - start))
        return b""

    def imports(self) -> Iterator[str]:
        """The functions and variables that the linker has to find in other libraries."""
        symbols = next((section for section in self.sections if section.type == _SYMBOLS), None)
        if symbols is None or not 0 <= symbols.link < len(self.sections):
            return
        strings = self.data(self.sections[symbols.link], NAMES)
        form = f"{self.order}{'IBBHQQ' if self.wide else 'IIIBBH'}"
        data = self.data(symbols, NAMES)
        for fields in struct.iter_unpack(form, data[: len(data) - len(data) % struct.calcsize(form)]):
            if fields[0] and not fields[3 if self.wide else 5]:
                yield text_at(strings, fields[0])

    def shared_names(self) -> tuple[str, tuple[str, ...]]:
        """The name that a library has for the linker (empty for a program), and the names of those that it needs."""
        dynamic = next((section for section in self.sections if section.type == _DYNAMIC), None)
        if dynamic is None or not 0 <= dynamic.link < len(self.sections):
            return "", ()
        strings = self.data(self.sections[dynamic.link], NAMES)
        form = f"{self.order}{'qQ' if self.wide else 'iI'}"
        own, needed = "", []
        data = self.data(dynamic, NAMES)
        for tag, value in struct.iter_unpack(form, data[: len(data) - len(data) % struct.calcsize(form)]):
            if tag == _END:
                break
            if tag == _SONAME:
                own = text_at(strings, value)
            elif tag == _NEEDED:
                needed.append(text_at(strings, value))
        return own, tuple(needed)


def text_at(data: bytes, offset: int) -> str:
    """A text that ends at a zero byte."""
    return data[offset : data.find(b"\0", offset)].decode("utf-8", "replace") if 0 <= offset < len(data) else ""


def read_elf(blob: Blob) -> Elf | None:
    """A program or library; `None` when the bytes are none, or damaged so far that no section can be told."""
    head = blob.read(0, 64)
    if len(head) < 52 or head[:4] != MAGIC or head[4] not in (1, 2) or head[5] not in (1, 2):
        return None
    wide, order = head[4] == 2, "<" if head[5] == 1 else ">"
    if wide and len(head) < 64:
        return None
    at = struct.unpack_from(order + ("Q" if wide else "I"), head, 40 if wide else 32)[0]
    size, count, names = struct.unpack_from(order + "3H", head, 58 if wide else 46)
    form = order + ("IIQQQQII" if wide else "10I")
    if size < struct.calcsize(form) or not at:
        return Elf(blob, order, wide, ())
    table = blob.read(at, size * min(count, SECTIONS))
    raw = [struct.unpack_from(form, table, start) for start in range(0, len(table) - size + 1, size)]
    return Elf(blob, order, wide, tuple(_named(raw, names, blob)))


def _named(raw: list[tuple[int, ...]], names: int, blob: Blob) -> Iterator[Section]:
    """Sections with their names, which stand in a section of their own."""
    strings = blob.read(raw[names][4], min(raw[names][5], NAMES)) if names < len(raw) else b""
    for name, kind, flags, address, offset, size, link, *_ in raw:
        yield Section(text_at(strings, name), kind, flags, address, offset, size, link)
