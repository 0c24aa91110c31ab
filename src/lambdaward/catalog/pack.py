"""Packed data files: a head that states the sources, and blocks that are decompressed when they are first asked for."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from lambdaward.catalog.sheet import Source

T = TypeVar("T")

MAGIC = b"lambdaward pack 1\n"
_SIZE = 4


class Head(Struct, frozen=True):
    """What a packed file states, its sources, and where each block begins and how long it is, in bytes after the head."""

    about: str
    sources: tuple[Source, ...]
    blocks: Mapping[str, tuple[int, int]]


class Pack:
    """A packed file in memory. Raises `ValueError` when the bytes are not one."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(MAGIC):
            raise ValueError("not a packed catalogue file")
        start = len(MAGIC) + _SIZE
        self._body = start + int.from_bytes(data[len(MAGIC) : start], "big")
        self._data = data
        self.head = msgspec.json.decode(data[start : self._body], type=Head)

    def __contains__(self, name: str) -> bool:
        return name in self.head.blocks

    def block(self, name: str, kind: type[T]) -> T:
        """One block, decoded as a type. Raises `KeyError` when there is none of this name."""
        start, size = self.head.blocks[name]
        packed = self._data[self._body + start : self._body + start + size]
        return msgspec.msgpack.decode(zlib.decompress(packed), type=kind)


def load(path: Path) -> Pack:
    """The packed file at a path."""
    return Pack(path.read_bytes())


def dump(about: str, sources: tuple[Source, ...], blocks: Mapping[str, object]) -> bytes:
    """A packed file of these blocks."""
    packed = {name: zlib.compress(msgspec.msgpack.encode(block), 9) for name, block in blocks.items()}
    places: dict[str, tuple[int, int]] = {}
    position = 0
    for name, data in packed.items():
        places[name] = (position, len(data))
        position += len(data)
    head = msgspec.json.encode(Head(about, sources, places))
    return MAGIC + len(head).to_bytes(_SIZE, "big") + head + b"".join(packed.values())
