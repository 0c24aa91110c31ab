"""What every detector of components offers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Protocol

from lambdaward.packages.components.component import Component, Ecosystem, Evidence, Method
from lambdaward.packages.components.files import Files
from lambdaward.packages.unpack import Entry

PLAIN = (
    ".py", ".pyc", ".pyi", ".js", ".mjs", ".cjs", ".ts", ".jsx", ".tsx", ".map", ".json", ".txt", ".md", ".rst", ".html", ".css",
    ".xml", ".yml", ".yaml", ".toml", ".cfg", ".ini", ".csv", ".h", ".hpp", ".c", ".pxd", ".pyx", ".svg", ".png", ".class", ".rb",
    ".mts", ".cts", ".pxi", ".f90", ".f", ".typed", ".json.gz",
    "/METADATA", "/RECORD", "/WHEEL", "/INSTALLER", "/REQUESTED", "/LICENSE", "/license",
)  # fmt: skip
"""Endings of files that hold neither archives nor programs in any package that its ecosystem's tools made: their content is only
looked at by whom their names concern."""

FIRST = (b".dist-info/RECORD", b".dist-info/METADATA", b".egg-info/top_level.txt", b".egg-info/PKG-INFO")
"""Endings of files that are best seen before others: what they list need not be looked at for what it is."""

METADATA_LIMIT = 1 << 20
MOST = 20_000
"""How much of a metadata file is read: its names and versions stand in front; how many components one file may list."""


class Detector(Protocol):
    """Sees the files of a package once, in their order; what it found out is asked for at the end of the walk. `endings` are
    those of the files that it looks at (`ending`); with none it looks at all whose name does not tell what they are."""

    endings: tuple[str, ...]

    def see(self, entry: Entry) -> None:
        """Look at a file. Its content can be read now and not later."""

    def __len__(self) -> int:
        """How many components may be recognised so far."""

    def found(self, files: Files) -> Iterable[Component]:
        """Every component that was recognised; `files` are all that are there."""


def ending(path: str) -> str:
    """What a file's name ends with: what stands behind its last dot, or all of it when it has none."""
    name = path[path.rfind("/") + 1 :]
    return name[name.rfind(".") + 1 :]


def evidence(entry: Entry, method: Method, data: bytes | None = None) -> Evidence:
    """A file as evidence. `data` is its content, where that was read whole already."""
    digest = entry.content.sha256() if data is None or len(data) >= METADATA_LIMIT else hashlib.sha256(data).hexdigest()
    return Evidence(entry.place, method, digest)


def component(ecosystem: Ecosystem, name: str, version: str, proof: Evidence, group: str = "") -> Component:
    """A component with one piece of evidence."""
    return Component(ecosystem, name, version, (proof,), group)
