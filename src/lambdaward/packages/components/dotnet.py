"""NuGet packages of .NET programs: those that a `deps.json` lists and of which an assembly is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from lambdaward.packages.components.component import Component, Ecosystem, Evidence, Method
from lambdaward.packages.components.detector import component, evidence
from lambdaward.packages.components.files import Files
from lambdaward.packages.decoding import decoded
from lambdaward.packages.unpack import Entry

_LIST_LIMIT = 16 << 20


class Library(Struct, frozen=True):
    """What a program's list says of a library: `package` for one from NuGet."""

    type: str = ""


class Target(Struct, frozen=True, rename={"runtime_targets": "runtimeTargets"}):
    """The files of a library: by path, managed and for certain platforms."""

    runtime: Mapping[str, msgspec.Raw] = {}
    native: Mapping[str, msgspec.Raw] = {}
    runtime_targets: Mapping[str, msgspec.Raw] = {}


class Deps(Struct, frozen=True):
    """A program's list of libraries, by `name/version`; for each target, their files."""

    targets: Mapping[str, Mapping[str, Target]] = {}
    libraries: Mapping[str, Library] = {}


class NuGetPackages:
    """Packages beside a .NET program."""

    endings: tuple[str, ...] = ("json",)

    def __init__(self) -> None:
        self._lists: list[tuple[Entry, Deps, Evidence]] = []

    def see(self, entry: Entry) -> None:
        """Look at a file."""
        if entry.path.endswith(".deps.json"):
            deps = decoded(entry.content.read(_LIST_LIMIT), Deps)
            if deps is not None:
                self._lists.append((entry, deps, evidence(entry, Method.INSTALLED)))

    def __len__(self) -> int:
        """How many components may be recognised so far."""
        return sum(len(deps.libraries) for _, deps, _ in self._lists)

    def found(self, files: Files) -> Iterable[Component]:
        """Every package of which a file is there: beside the list, or where the list says below it."""
        for entry, deps, proof in self._lists:
            folder = entry.path[: entry.path.rfind("/") + 1]
            for key, target in ((key, target) for targets in deps.targets.values() for key, target in targets.items()):
                name, slash, version = key.partition("/")
                paths = (*target.runtime, *target.native, *target.runtime_targets)
                names = [name for path in paths for name in (path, path.rpartition("/")[2])]
                there = any(files.has(entry.chain, folder + name) for name in names)
                if there and slash and deps.libraries.get(key, Library()).type == "package":
                    yield component(Ecosystem.NUGET, name, version, proof)
