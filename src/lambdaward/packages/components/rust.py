"""Rust crates, from the list that cargo-auditable puts into a program."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from msgspec import Struct

from lambdaward.packages.components.component import Component, Ecosystem, Method
from lambdaward.packages.components.detector import MOST, component, evidence
from lambdaward.packages.decoding import decoded
from lambdaward.packages.formats.elf import Elf
from lambdaward.packages.unpack import Entry

_LIMIT = 8 << 20


class Crate(Struct, frozen=True):
    """One crate. `kind` is `build` for one that only the build ran."""

    name: str
    version: str
    kind: str = "runtime"


class Crates(Struct, frozen=True):
    """The list as it is stored."""

    packages: tuple[Crate, ...] = ()


def rust_crates(elf: Elf, entry: Entry) -> Iterable[Component]:
    """Every crate that was linked into a program."""
    section = elf.section(".dep-v0")
    if section is None:
        return
    crates = read_crates(elf.data(section, _LIMIT))
    proof = evidence(entry, Method.BUILD) if crates else None
    for crate in crates:
        if proof and crate.kind != "build":
            yield component(Ecosystem.CARGO, crate.name, crate.version, proof)


def read_crates(packed: bytes) -> tuple[Crate, ...]:
    """The crates in a compressed list; none when it is damaged."""
    try:
        data = zlib.decompressobj().decompress(packed, _LIMIT)
    except zlib.error:
        return ()
    return (decoded(data, Crates) or Crates()).packages[:MOST]
