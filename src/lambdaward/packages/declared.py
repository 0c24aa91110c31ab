"""Dependencies that a source folder declares: until they are installed, nobody knows which releases will run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec
from msgspec import Struct

from lambdaward.model import Unknown
from lambdaward.packages.components import Component, Ecosystem
from lambdaward.packages.decoding import decoded
from lambdaward.packages.unpack import Entry, Kind

_LIMIT = 1 << 20


class _Package(Struct):
    """What is read of a package.json."""

    dependencies: Mapping[str, msgspec.Raw] = {}


def _npm(data: bytes) -> bool:
    return bool((decoded(data, _Package) or _Package()).dependencies)


def _lines(data: bytes) -> bool:
    return any(line.strip() and not line.strip().startswith((b"#", b"--")) for line in data.splitlines())


def _says(pattern: bytes) -> Callable[[bytes], bool]:
    compiled = re.compile(pattern, re.MULTILINE)
    return lambda data: bool(compiled.search(data))


_FILES: Mapping[str, tuple[Ecosystem, Callable[[bytes], bool]]] = {
    "requirements.txt": (Ecosystem.PYPI, _lines),
    "Pipfile": (Ecosystem.PYPI, _says(rb"^\[packages\]\s*\n\s*\w")),
    "pyproject.toml": (Ecosystem.PYPI, _says(rb"^dependencies\s*=\s*\[\s*[\"']|^\[tool\.poetry\.dependencies\]")),
    "package.json": (Ecosystem.NPM, _npm),
    "pom.xml": (Ecosystem.MAVEN, _says(rb"<dependency>")),
    "build.gradle": (Ecosystem.MAVEN, _says(rb"^\s*(?:implementation|api|compile|runtimeOnly)\b")),
    "build.gradle.kts": (Ecosystem.MAVEN, _says(rb"^\s*(?:implementation|api|runtimeOnly)\b")),
    "go.mod": (Ecosystem.GO, _says(rb"^(?:require\s|\s*[\w.-]+\.[\w.-]+/\S+ v)")),
    "Gemfile": (Ecosystem.GEM, _says(rb"^\s*gem\s")),
    "Cargo.toml": (Ecosystem.CARGO, _says(rb"^\[dependencies\]\s*\n\s*\w")),
}


class Declared:
    """The manifests at the top of a source folder, and the ecosystems that they name dependencies of."""

    def __init__(self) -> None:
        self._files: dict[Ecosystem, str] = {}

    def see(self, entry: Entry) -> None:
        """Look at a file."""
        path = entry.path
        if entry.chain or "/" in path or entry.kind is not Kind.FILE:
            return
        if path.endswith((".csproj", ".fsproj")):
            ecosystem, names = Ecosystem.NUGET, _says(rb"<PackageReference")
        elif path in _FILES:
            ecosystem, names = _FILES[path]
        else:
            return
        if names(entry.content.read(_LIMIT)):
            self._files.setdefault(ecosystem, path)

    def missing(self, components: Iterable[Component]) -> Iterator[Unknown]:
        """An unknown for each ecosystem of which dependencies are declared and not one is there."""
        there = {component.ecosystem for component in components}
        for ecosystem, file in self._files.items():
            if ecosystem not in there:
                reason = f"{file} names dependencies, and none of them is installed here"
                yield Unknown(reason, "build the function and scan the build output")
