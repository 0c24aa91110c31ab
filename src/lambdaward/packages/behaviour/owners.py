"""Which component a file belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from posixpath import normpath

from lambdaward.packages.components import Component, Method
from lambdaward.packages.unpack import Entry

_LISTING = re.compile(r"(?P<root>(?:.*/)?)(?P<folder>[^/]+\.dist-info)/RECORD")
_LISTING_LIMIT, _LINES = 16 << 20, 300_000


class Owners:
    """Files by the lists that installers leave (RECORD), by the folders of packages, else by the file that a component was
    recognised in. Lists are taken while a package is walked."""

    def __init__(self) -> None:
        self._listed: dict[int, str] = {}
        """The place of a list by the hash of a file's place: many of them take little memory."""

    def see(self, entry: Entry, above: str) -> None:
        """Take the list that a file is, if it is one. `above` is what stands in front of the places of the package."""
        match = _LISTING.fullmatch(entry.path) if entry.path.endswith("/RECORD") else None
        if match is None:
            return
        folder = above + entry.scope.place(f"{match['root']}{match['folder']}")
        for line in entry.content.read(_LISTING_LIMIT).decode("utf-8", "replace").splitlines():
            name = line.partition(",")[0].strip('"')
            if name and len(self._listed) < _LINES:
                self._listed[hash(above + entry.scope.place(normpath(match["root"] + name)))] = folder

    def among(self, components: Iterable[Component]) -> Mapping[str, Component]:
        """The component that each place leads to: the folder of its metadata, its own folder, or its file."""
        found: dict[str, Component] = {}
        for component in components:
            for item in component.evidence:
                folder, _, name = item.place.rpartition("/")
                if name in ("METADATA", "PKG-INFO", "package.json") or item.method is Method.SOURCE:
                    found.setdefault(folder, component)
                elif item.method is not Method.STRINGS:
                    found.setdefault(item.place, component)
        return found

    def owner(self, place: str, among: Mapping[str, Component]) -> Component | None:
        """The component that the file at a place belongs to; `None` for a function's own code."""
        while place:
            if found := among.get(place) or among.get(self._listed.get(hash(place), "")):
                return found
            place = place[: max(place.rfind("/"), place.rfind("!"), 0)]
        return None
