"""Secrets in the code of functions and layers, each folder and archive read once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from lambdaward.analysis.plain import is_plain
from lambdaward.model import Function, InputError, Layer, LocalCode, Unknown, literal
from lambdaward.secrets import Sighting, may_hold, search, search_file, search_text

if TYPE_CHECKING:
    from lambdaward.packages import Fault

_UNREAD = ("limit", "unread", "damage")
MOST = 500
"""How many secrets are told of one package."""


class Searched(Struct, frozen=True):
    """The secrets in one package, and why there may be more."""

    sightings: tuple[Sighting, ...] = ()
    unknowns: tuple[Unknown, ...] = ()


class Packages:
    """The packages of an estate. They are read when they are asked for."""

    def __init__(self) -> None:
        self._searched: dict[Path, Searched] = {}

    def beside(self, path: Path, name: str) -> Searched:
        """What a file for deployment holds. Its name in the project tells whether it is one of tests."""
        if path not in self._searched:
            self._searched[path] = _read_file(path, name)
        return self._searched[path]

    def of(self, record: Function | Layer) -> Searched:
        """What the code of a function or the content of a layer holds. Code that is not there is unknown."""
        code = record.code
        if isinstance(code, Unknown):
            return Searched(unknowns=(code,))
        if code.kind == "inline":
            runtime = literal(record.runtime) or "" if isinstance(record, Function) else ""
            return _gathered(search_text(code.inline, "index.py" if runtime.startswith("python") else "index.js"))
        path = Path(code.root, code.built or code.path)
        if path not in self._searched:
            self._searched[path] = _read(code, path)
        return self._searched[path]


def _read_file(path: Path, name: str) -> Searched:
    try:
        return _gathered(search_file(path, name))
    except InputError as error:
        return Searched(unknowns=(Unknown(str(error), error.remedy),))


def _read(code: LocalCode, path: Path) -> Searched:
    if not path.exists():
        return Searched(unknowns=(Unknown(f"the code at {code.path} is not there", "build it, and scan again"),))
    if is_plain(path, _is_plain_text):
        return Searched()
    try:
        return _gathered(search(path))
    except InputError as error:
        return Searched(unknowns=(Unknown(f"the code at {code.path}: {error.problem}", error.remedy),))


def _is_plain_text(name: str, data: bytes) -> bool:
    return data.isascii() and b"\0" not in data and not may_hold(name) and not may_hold(data.decode("ascii"))


def _gathered(items: Iterator[Sighting | Fault]) -> Searched:
    found: dict[tuple[str, str, object], Sighting] = {}
    unknowns: list[Unknown] = []
    for item in items:
        if isinstance(item, Sighting):
            found.setdefault((item.place, item.leak.kind, item.leak.value), item)
        elif item.kind.group.value in _UNREAD:
            unknowns.append(Unknown(str(item), "read the package on a machine with more room, or build it anew"))
        if len(found) > MOST:
            unknowns.append(Unknown(f"only the first {MOST} secrets are told", "take the package apart"))
            break
    return Searched(tuple(found.values()), tuple(unknowns))
