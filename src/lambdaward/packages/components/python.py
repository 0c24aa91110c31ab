"""Python distributions that an installer left their metadata of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from lambdaward.model import pattern
from lambdaward.packages.components.component import Component, Ecosystem, Evidence, Method, normal_python_name
from lambdaward.packages.components.detector import METADATA_LIMIT, component, evidence
from lambdaward.packages.components.files import Files
from lambdaward.packages.unpack import Entry

_METADATA = pattern(
    r"(?P<root>(?:.*/)?)(?P<folder>[^/]+\.dist-info/METADATA|[^/]+\.egg-info/PKG-INFO|EGG-INFO/PKG-INFO|[^/]+\.egg-info)"
)
_LISTING = pattern(r"(?P<root>(?:.*/)?)(?P<folder>[^/]+\.(?:dist|egg)-info)/(?:RECORD|top_level\.txt)")
_LISTING_LIMIT = 16 << 20
_NAME = pattern(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_VERSION = pattern(r"[A-Za-z0-9.+!_-]+")

Root = tuple[tuple[str, ...], str]
"""A folder that modules are imported from: the archives it lies in, and its path with a closing slash."""


class Distribution(Struct, frozen=True):
    """An installed distribution: where its metadata lie, and what they say."""

    root: Root
    folder: str
    name: str
    version: str
    proof: Evidence


class PythonDistributions:
    """Installed distributions. One of whose files none is there is no component, whatever its metadata say."""

    endings: tuple[str, ...] = ("METADATA", "PKG-INFO", "egg-info", "RECORD", "txt")

    def __init__(self) -> None:
        self._read: list[Distribution] = []
        self._tops: dict[tuple[Root, str], set[str]] = {}
        self._claims: dict[Root, set[str]] = {}

    def see(self, entry: Entry) -> None:
        """Look at a file."""
        path = entry.path
        if path.endswith(("/METADATA", "PKG-INFO", ".egg-info")) and (match := _METADATA.fullmatch(path)):
            self._metadata(entry, (entry.chain, match["root"]), match["folder"].partition("/")[0])
        elif path.endswith((".dist-info/RECORD", ".egg-info/top_level.txt")) and (match := _LISTING.fullmatch(path)):
            lines = entry.content.read(_LISTING_LIMIT).decode("utf-8", "replace").splitlines()
            tops = {line.partition(",")[0].partition("/")[0].strip('"') for line in lines}
            root = (entry.chain, match["root"])
            self._tops[root, match["folder"]] = tops - {match["folder"], "..", ""}
            self._claims.setdefault(root, set()).update(self._tops[root, match["folder"]])

    def _metadata(self, entry: Entry, root: Root, folder: str) -> None:
        data = entry.content.read(METADATA_LIMIT)
        fields = headers(data)
        name, version = fields.get("name", ""), fields.get("version", "")
        if _NAME.fullmatch(name) and _VERSION.fullmatch(version):
            self._read.append(Distribution(root, folder, name, version, evidence(entry, Method.INSTALLED, data)))

    def installed(self, files: Files) -> Iterator[Distribution]:
        """Every distribution of which a file is there, or that has none but its metadata."""
        for one in self._read:
            tops = self._tops.get((one.root, one.folder), set())
            if not tops or any(_there(one.root, top, files) for top in tops):
                yield one

    def lie_in(self, root: Root) -> bool:
        """Whether a distribution that was seen so far lies in a folder: then modules are imported from there."""
        return root in self._claims

    def claims(self, root: Root, top: str) -> bool:
        """Whether one of the distributions that were seen so far accounts for a top-level name in a folder."""
        claimed = self._claims.get(root, ())
        return top in claimed or f"{top}.py" in claimed

    def __len__(self) -> int:
        """How many components may be recognised so far."""
        return len(self._read)

    def found(self, files: Files) -> Iterable[Component]:
        """Every installed distribution."""
        for one in self.installed(files):
            yield component(Ecosystem.PYPI, normal_python_name(one.name), one.version, one.proof)


def _there(root: Root, top: str, files: Files) -> bool:
    chain, path = root
    return any(files.has(chain, path + name) for name in (top, top + ".py", top + ".pyc"))


def headers(data: bytes) -> dict[str, str]:
    """The header fields of a metadata file by their name in small letters, the first of each."""
    fields: dict[str, str] = {}
    for line in data.decode("utf-8", "replace").splitlines():
        if not line.strip():
            break
        name, colon, value = line.partition(":")
        if colon and not line[0].isspace():
            fields.setdefault(name.strip().lower(), value.strip())
    return fields
