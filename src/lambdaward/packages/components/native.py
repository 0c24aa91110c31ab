"""What native code says of itself: Go modules, Rust crates, and libraries by the version texts among their constants."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from lambdaward.packages.components.component import Component, Ecosystem, Method
from lambdaward.packages.components.detector import component, evidence
from lambdaward.packages.components.files import Files
from lambdaward.packages.components.go import go_modules
from lambdaward.packages.components.rust import rust_crates
from lambdaward.packages.components.tables import table
from lambdaward.packages.formats.elf import MAGIC, Elf, read_elf
from lambdaward.packages.unpack import Entry

if TYPE_CHECKING:
    import re2

_CONSTANTS = 64 << 20
_LOOKS, _REACH = 100, 200
"""How many places are looked at for one library, and how far around each."""


class Mark(Struct, frozen=True):
    """How a native library tells its version: a pattern whose first group is it. `near` is a text that the pattern contains,
    looked for first."""

    name: str
    near: str
    pattern: str


@cache
def marks() -> tuple[tuple[str, bytes, re.Pattern[bytes]], ...]:
    """Every mark: the library's name, the text to look for first, and the pattern."""
    return tuple((m.name, m.near.encode(), re.compile(m.pattern.encode())) for m in table("native", tuple[Mark, ...]))


@cache
def _nears() -> re2.Set:
    """All texts that are looked for first, to be looked for at once."""
    import re2  # noqa: PLC0415 - only where there is native code

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    nears = re2.Set.SearchSet(options)
    for _, near, _ in marks():
        nears.Add(re2.escape(near))
    nears.Compile()
    return nears


class NativeCode:
    """Components inside Linux programs and libraries."""

    endings: tuple[str, ...] = ()

    def __init__(self) -> None:
        self._found: list[Component] = []

    def see(self, entry: Entry) -> None:
        """Look at a file."""
        if not entry.content.head().startswith(MAGIC):
            return
        elf = read_elf(entry.content.blob())
        if elf is not None:
            self._found += go_modules(elf, entry)
            self._found += rust_crates(elf, entry)
            self._found += _libraries(elf, entry)

    def __len__(self) -> int:
        """How many components may be recognised so far."""
        return len(self._found)

    def found(self, files: Files) -> Iterable[Component]:  # noqa: ARG002 - the files are not asked
        """Everything that was recognised."""
        return self._found


def _libraries(elf: Elf, entry: Entry) -> Iterator[Component]:
    """Libraries whose version stands among a file's constants."""
    versions: set[tuple[str, str]] = set()
    left = _CONSTANTS
    for section in elf.read_only():
        if section.name.startswith(".rodata"):
            text = elf.data(section, left)
            left -= len(text)
            versions.update(told(text))
    proof = evidence(entry, Method.STRINGS) if versions else None
    for name, version in sorted(versions):
        if proof:
            yield component(Ecosystem.GENERIC, name, version, proof)


def told(text: bytes) -> Iterator[tuple[str, str]]:
    """Name and version of each library that constants speak of as their own."""
    for index in sorted(_nears().Match(text) or ()):
        name, near, pattern = marks()[index]
        at = text.find(near)
        for _ in range(_LOOKS):
            if at < 0:
                break
            match = pattern.search(text, max(0, at - _REACH), at + _REACH)
            if match is not None:
                yield name, match[1].decode()
                break
            at = text.find(near, at + 1)
