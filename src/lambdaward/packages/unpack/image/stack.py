"""Layers on top of each other: which file of a layer a later layer removes or replaces."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from lambdaward.packages.unpack.entry import Entry, Kind, Scope
from lambdaward.packages.unpack.faults import FaultKind

_MARK, _OPAQUE = ".wh.", ".wh..wh..opq"


class Above:
    """What lies above a layer: the paths that later layers have, remove, and cover whole. Layers are told last one first."""

    def __init__(self) -> None:
        self._files: set[int] = set()
        self._folders: set[int] = set()
        self._removed: set[int] = set()
        self._covered: set[int] = set()

    def layer(self, entries: Iterator[Entry], scope: Scope) -> Iterator[Entry]:
        """The entries of the next layer down, each told whether it is live. What it removes and has counts for those below."""
        own = Above()
        for entry in entries:
            folder, _, name = entry.path.rpartition("/")
            if name == _OPAQUE:
                own._covered.add(hash(folder))
            elif name.startswith(_MARK):
                own._remove(folder, name, entry, scope)
            else:
                is_folder = entry.kind is Kind.FOLDER
                (own._folders if is_folder else own._files).add(hash(entry.path))
                yield entry if self._live(entry.path, folder=is_folder) else replace(entry, live=False)
        self._files |= own._files
        self._folders |= own._folders
        self._removed |= own._removed
        self._covered |= own._covered

    def _remove(self, folder: str, name: str, entry: Entry, scope: Scope) -> None:
        target = name.removeprefix(_MARK)
        if not target or target.startswith(_MARK) or target in (".", "..") or entry.size > 0:
            scope.fault(FaultKind.IMAGE_WHITEOUT, entry.path)
        if target:
            self._removed.add(hash(f"{folder}/{target}" if folder else target))

    def _live(self, path: str, *, folder: bool) -> bool:
        key = hash(path)
        if key in self._removed or key in self._files or (not folder and key in self._folders):
            return False
        end = path.rfind("/")
        while end > 0:
            above = hash(path[:end])
            if above in self._removed or above in self._covered or above in self._files:
                return False
            end = path.rfind("/", 0, end)
        return hash("") not in self._covered
