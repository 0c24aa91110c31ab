"""A function's code and layers laid over each other as Lambda does it, and what then hides what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from lambdaward.catalog import SearchPath, search_paths
from lambdaward.packages.unpack import NORMAL, Entry, Fault, Kind, Limits, walk

TASK, OPT = "/var/task/", "/opt/"
_ENDINGS = (".py", ".pyc", ".rb", ".so", ".jar")


class Hiding(StrEnum):
    """How one file hides another: it lies at the same path, or stands before it in a search path."""

    REPLACES = "replaces"
    FOUND_FIRST = "found-first"


class Part(Struct, frozen=True):
    """A function's code or one layer: its name for people, and the package on this machine."""

    name: str
    path: Path


class Laid(Struct, frozen=True):
    """A file as the function sees it: its path in the sandbox, and the part that it comes from."""

    path: str
    part: str


class Shadow(Struct, frozen=True):
    """Something that the function does not get to see, and what it sees instead. `kind` is what was looked for: a `file`, a
    `module`, `gem`, `archive`, `library` or `program`; `name` is its name there."""

    how: Hiding
    kind: str
    name: str
    seen: Laid
    hidden: Laid


class Overlay(Struct, frozen=True):
    """What a function sees: every file by its path in the sandbox, what is hidden, and what was wrong with the packages."""

    files: Mapping[str, Laid]
    shadows: tuple[Shadow, ...]
    faults: tuple[Fault, ...]


def overlay(code: Part, layers: Sequence[Part], runtime: str, limits: Limits = NORMAL) -> Overlay:
    """Lay layers over each other in their order, the later one winning, and find what is hidden in `/opt` and along the
    runtime's search paths. Archives inside the packages are not opened: the sandbox does not open them either."""
    files: dict[str, Laid] = {}
    shadows: list[Shadow] = []
    faults: list[Fault] = []
    for root, part in ((TASK, code), *((OPT, layer) for layer in layers)):
        for item in walk(part.path, limits, nested=False):
            if isinstance(item, Fault):
                faults.append(item)
            elif is_laid(item):
                laid = Laid(root + item.path, part.name)
                hidden = files.get(laid.path)
                if hidden is not None and hidden.part != part.name:
                    shadows.append(Shadow(Hiding.REPLACES, "file", laid.path, laid, hidden))
                files[laid.path] = laid
    for path in search_paths(runtime):
        shadows += _along(path, files)
    return Overlay(dict(sorted(files.items())), tuple(shadows), tuple(faults))


def is_laid(entry: Entry) -> bool:
    """Whether an entry becomes a file of the sandbox."""
    return entry.live and entry.kind in (Kind.FILE, Kind.LINK, Kind.HARD_LINK)


def _along(path: SearchPath, files: Mapping[str, Laid]) -> Iterator[Shadow]:
    """What the first folders of a search path hide of the later ones."""
    first: dict[str, Laid] = {}
    for folder in path.folders:
        here = dict(_names(path, folder.rstrip("/") + "/", files))
        for name, laid in sorted(here.items()):
            if name in first:
                yield Shadow(Hiding.FOUND_FIRST, path.kind, name, first[name], laid)
        first = {**here, **first}


def _names(path: SearchPath, folder: str, files: Mapping[str, Laid]) -> Iterable[tuple[str, Laid]]:
    """What can be found by name in a folder, each with one of its files."""
    for laid in sorted((laid for laid in files.values() if laid.path.startswith(folder)), key=lambda laid: laid.path):
        name = _name(path, laid.path[len(folder) :])
        if name:
            yield name, laid


def _name(path: SearchPath, rest: str) -> str:
    """The name that a file is found by, empty when it is not looked for. A Python folder without `__init__.py` only joins
    others of its name, so it hides nothing."""
    parts = rest.split("/")
    if path.kind in ("library", "program", "archive"):
        wanted = {"library": ".so", "archive": ".jar"}.get(path.kind, "")
        return rest if len(parts) == 1 and wanted in rest else ""
    if path.family == "python":
        if len(parts) == 2 and parts[1] in ("__init__.py", "__init__.pyc"):
            return parts[0]
        return parts[0].partition(".")[0] if len(parts) == 1 and rest.endswith(_ENDINGS) else ""
    if path.family == "nodejs":
        size = 2 if parts[0].startswith("@") else 1
        return "/".join(parts[:size]) if len(parts) > size else ""
    return parts[0] if len(parts) > 1 or rest.endswith(_ENDINGS) else ""
