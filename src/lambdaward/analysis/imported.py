"""Whether a function's handler imports a component."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from lambdaward.model import Fact, No, Unknown, Unsure, Verdict, Yes

if TYPE_CHECKING:
    from lambdaward.code import Followed
    from lambdaward.packages import Component, Entry

_ENDINGS = (".py", ".js", ".mjs", ".cjs", "/package.json", ".dist-info/RECORD", ".egg-info/top_level.txt")
_MOST, _LARGEST = 96 << 20, 8 << 20
_STEPS = 4


class Imported(Struct, frozen=True):
    """What imports lead to from a handler, and the top-level names of each Python distribution by the folder of its metadata."""

    followed: Followed
    tops: Mapping[str, frozenset[str]]

    def reach(self, component: Component) -> Verdict:
        """Whether imports lead to a component. A no is certain only where no name of a module is computed."""
        for item in component.evidence:
            for folder in self._folders(item.place):
                way = next(
                    (path for path in self.followed.files if path == folder or path.startswith(folder + "/")), ""
                )
                if way:
                    return Yes((Fact(f"imported by way of {_shown(self.followed.way(way))}"),))
        if self.followed.unknowns:
            few = "; ".join(unknown.reason for unknown in self.followed.unknowns)
            return Unsure((Unknown(f"no import leads to it from the handler, but {few}", "read what they import"),))
        return No((Fact("no import leads to it from the handler"),))

    def _folders(self, place: str) -> tuple[str, ...]:
        """The files and folders of a component by what shows it: its metadata, its manifest, or the file it is bundled in."""
        folder, _, name = place.rpartition("/")
        if folder in self.tops:
            root = folder.rpartition("/")[0]
            return tuple(f"{root}/{top}" for top in sorted(self.tops[folder]))
        return (folder,) if name == "package.json" else (place, folder) if name.startswith("_") else (place,)


def imported(entries: Iterable[tuple[str, Entry]], handler: str, runtime: str) -> Imported:
    """Follow imports through the files that a function runs, by their places in the sandbox."""
    from lambdaward.code import follow  # noqa: PLC0415 - only where something may be imported

    sources: dict[str, bytes] = {}
    files, tops, left = set[str](), dict[str, frozenset[str]](), _MOST
    for place, entry in entries:
        if entry.chain:
            continue
        files.add(place)
        if not place.endswith(_ENDINGS) or left <= 0:
            continue
        data = entry.content.read(_LARGEST + 1)
        left -= len(data)
        if place.endswith(("RECORD", "top_level.txt")):
            tops[place.rpartition("/")[0]] = _tops(data)
        else:
            sources[place] = data
    return Imported(follow(sources, handler=handler, runtime=runtime, files=files), tops)


def _tops(listing: bytes) -> frozenset[str]:
    """The files and folders that a distribution lists on top."""
    names = (line.partition(",")[0].partition("/") for line in listing.decode("utf-8", "replace").splitlines())
    return frozenset(
        top for top, _, _ in names if top and top != ".." and not top.endswith((".dist-info", ".egg-info"))
    )


def _shown(way: tuple[str, ...]) -> str:
    """A way for people, of a long one both ends."""
    names = [*way[:1], "...", *way[-_STEPS + 1 :]] if len(way) > _STEPS else way
    return " -> ".join(names)
