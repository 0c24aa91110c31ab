"""Where a runtime looks for code, in which order."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from lambdaward.catalog.sheet import sheet
from lambdaward.model import pattern

_NAME = pattern(r"(?P<family>[a-z]+)(?P<major>\d*)(?:\.(?P<minor>\w+))?.*")


class SearchPath(Struct, frozen=True):
    """Folders of the sandbox in which code of a kind (`module`, `gem`, `archive`, `library`, `program`) is looked for, first
    one first. An empty family stands for every runtime."""

    kind: str
    family: str
    folders: tuple[str, ...]


@cache
def search_paths(runtime: str) -> tuple[SearchPath, ...]:
    """The search paths of a runtime, such as `python3.13`; for one that is not known, those that every runtime has."""
    match = _NAME.fullmatch(runtime)
    family, major, minor = (match["family"], match["major"], match["minor"] or "") if match else ("", "", "")
    return tuple(
        SearchPath(
            row.kind, row.family, tuple(f.format(runtime=runtime, major=major, minor=minor) for f in row.folders)
        )
        for row in sheet("search", tuple[SearchPath, ...]).rows
        if row.family in ("", family)
    )
