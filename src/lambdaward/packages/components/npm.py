"""npm packages that are installed: those that stand in a `node_modules` folder. Lock files are no proof."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from lambdaward.model import pattern
from lambdaward.packages.components.component import Component, Ecosystem, Method
from lambdaward.packages.components.detector import METADATA_LIMIT, component, evidence
from lambdaward.packages.components.files import Files
from lambdaward.packages.decoding import decoded
from lambdaward.packages.unpack import Entry

_PACKAGE = pattern(r"(?P<above>(?:.*/)?)node_modules/(?P<name>(?:@[^/]+/)?[^/@.][^/]*)/package\.json")
_NAME = pattern(r"(?:(?P<scope>@[A-Za-z0-9~][\w.~-]*)/)?(?P<name>[A-Za-z0-9~][\w.~-]*)")
_VERSION = pattern(r"\d[\w.+-]*")
# Packages ship their own test data, some with a whole `node_modules` in it: nothing imports from there.
_FIXTURE = pattern(
    r"(?:^|/)node_modules/.*/(?:tests?|__tests__|specs?|fixtures?|__fixtures__|testdata|examples?|demo)/"
)


class Manifest(Struct, frozen=True):
    """What is read of a package.json."""

    name: str = ""
    version: str = ""


class NpmPackages:
    """Installed npm packages."""

    endings: tuple[str, ...] = ("json",)

    def __init__(self) -> None:
        self._found: list[Component] = []

    def see(self, entry: Entry) -> None:
        """Look at a file."""
        if not entry.path.endswith("/package.json"):
            return
        match = _PACKAGE.fullmatch(entry.path)
        if match is None or _FIXTURE.search(match["above"]):
            return
        data = entry.content.read(METADATA_LIMIT)
        manifest = read_manifest(data)
        name = _NAME.fullmatch(manifest.name or match["name"])
        # npm takes a version with space around it, or with `v` or `=` in front, for the version itself.
        version = manifest.version.strip().lstrip("=v").lstrip()
        if name is not None and _VERSION.fullmatch(version):
            proof = evidence(entry, Method.INSTALLED, data)
            self._found.append(component(Ecosystem.NPM, name["name"], version, proof, name["scope"] or ""))

    def __len__(self) -> int:
        """How many components may be recognised so far."""
        return len(self._found)

    def found(self, files: Files) -> Iterable[Component]:  # noqa: ARG002 - the files are not asked
        """Every installed package."""
        return self._found


def read_manifest(data: bytes) -> Manifest:
    """A package.json; empty when it is none."""
    return decoded(data, Manifest) or Manifest()
