"""Go modules, from what the Go linker writes into every program."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from itertools import islice

from lambdaward.model import pattern
from lambdaward.packages.components.component import Component, Ecosystem, Method
from lambdaward.packages.components.detector import MOST, component, evidence
from lambdaward.packages.formats.elf import Elf
from lambdaward.packages.unpack import Entry

_MAGIC = b"\xff Go buildinf:"
_INLINE, _BIG = 2, 1
_LIMIT, _CONSTANTS = 16 << 20, 64 << 20
_GO_SECTIONS = (".gopclntab", ".note.go.buildid", ".data.rel.ro.gopclntab")
_START, _END = bytes.fromhex("3077af0c9274080241e1c107e6d618e6"), bytes.fromhex("f932433186182072008242104116d8f2")
"""What stands before and behind the module text."""

_MODULE = pattern(r"[\w.~!@+-]+(?:/[\w.~!@+-]+)*")
_VERSION = pattern(r"v\d[\w.+-]*")
_GO = pattern(r"(?:go)?(\d+(?:\.\d+)+(?:rc\d+|beta\d+)?)")


def go_modules(elf: Elf, entry: Entry) -> Iterable[Component]:
    """The standard library and every module that a program was built of."""
    texts = build_info(elf)
    if texts is None:
        return
    version, modules = texts
    proof = evidence(entry, Method.BUILD)
    if match := _GO.search(version):
        yield component(Ecosystem.GO, "stdlib", match[1], proof)
    for path, release in islice(listed(modules), MOST):
        group, _, name = path.rpartition("/")
        yield component(Ecosystem.GO, name, release, proof, group)


def build_info(elf: Elf) -> tuple[str, str] | None:
    """The Go version and the module text of a program; `None` when Go did not link it."""
    section = elf.section(".go.buildinfo")
    data = elf.data(section, _LIMIT) if section else _searched(elf)
    if len(data) < 32 or not data.startswith(_MAGIC):
        return _left(elf)
    if data[15] & _INLINE:
        version, rest = _counted(data[32:])
        modules, _ = _counted(rest)
    else:
        version, modules = _pointed(elf, data)
    text = modules[16:-16] if len(modules) >= 33 and modules[-17:-16] == b"\n" else b""
    return version.decode("utf-8", "replace"), text.decode("utf-8", "replace")


def _left(elf: Elf) -> tuple[str, str] | None:
    """What is left in a Go program whose record was wiped out: the module text stands among the constants, between marks."""
    if not any(elf.section(name) for name in _GO_SECTIONS):
        return None
    for section in elf.read_only():
        if section.name == ".rodata":
            data = elf.data(section, _CONSTANTS)
            start = data.find(_START)
            end = data.find(_END, start, start + _LIMIT)
            if 0 <= start < end:
                return "", data[start + len(_START) : end].decode("utf-8", "replace")
    return None


def _searched(elf: Elf) -> bytes:
    """The record in a program whose section has another name: it begins at sixteen bytes in the first written data."""
    for section in elf.sections:
        if section.flags & 1 and section.flags & 2:
            data = elf.data(section, 1 << 16)
            at = data.find(_MAGIC)
            if at >= 0:
                return elf.blob.read(section.offset + at, _LIMIT)
    return b""


def _counted(data: bytes) -> tuple[bytes, bytes]:
    """A text with its length in front, seven bits to a byte, and what follows it."""
    size = 0
    for index, byte in enumerate(data[:5]):
        size |= (byte & 0x7F) << 7 * index
        if not byte & 0x80:
            return data[index + 1 : index + 1 + size], data[index + 1 + size :]
    return b"", b""


def _pointed(elf: Elf, data: bytes) -> tuple[bytes, bytes]:
    """Both texts of programs before Go 1.18, which point at them."""
    width, order = data[14], ">" if data[15] & _BIG else "<"
    if width not in (4, 8):
        return b"", b""
    form = order + ("Q" if width == 8 else "I")
    texts = []
    for index in range(2):
        (address,) = struct.unpack_from(form, data, 16 + index * width)
        header = elf.at_address(address, 2 * width)
        if len(header) < 2 * width:
            return b"", b""
        start, size = struct.unpack(f"{order}2{form[1]}", header)
        texts.append(elf.at_address(start, min(size, _LIMIT)))
    return texts[0], texts[1]


def listed(modules: str) -> Iterator[tuple[str, str]]:
    """Path and version of each module; a replaced one by what replaces it. A main module without release has no version, nor has
    one that a folder replaces."""
    current: tuple[str, str] | None = None
    for line in modules.splitlines():
        kind, *values = line.split("\t")
        if kind not in ("mod", "dep", "=>") or len(values) < 2:
            continue
        path, version = values[0], values[1] if _VERSION.fullmatch(values[1]) else ""
        if kind == "=>" and current and path.startswith((".", "/")):
            current = (current[0], "")
            continue
        if current and kind != "=>":
            yield current
        current = (path, version) if _MODULE.fullmatch(path) else current if kind == "=>" else None
    if current:
        yield current
