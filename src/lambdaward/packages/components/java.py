"""Java libraries in archives: by Maven's properties, else by the manifest, else by the archive's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from lambdaward.model import pattern
from lambdaward.packages.components.component import Component, Ecosystem, Evidence, Method
from lambdaward.packages.components.detector import METADATA_LIMIT, component, evidence
from lambdaward.packages.components.files import Files
from lambdaward.packages.unpack import Entry

_POM = pattern(r"(?:.*/)?META-INF/maven/(?P<group>[^/]+)/(?P<name>[^/]+)/pom\.properties")
_MANIFEST = "META-INF/MANIFEST.MF"
_WORD = pattern(r"[A-Za-z0-9_][\w.-]*")
_FILE = pattern(
    r"(?P<name>[A-Za-z][\w.-]*?)-(?P<version>\d[\w.+-]*?)"
    r"(?:-(?:jar-with-dependencies|all|shaded|fat|uber|standalone|exec|boot))?\.[jwe]ar"
)


class _Archive(Struct, frozen=True):
    """A jar without Maven's properties: its manifest, and the proof."""

    file: str
    manifest: Mapping[str, str]
    proof: Evidence


class JavaLibraries:
    """Libraries in jars, at any depth, those that were merged into one jar included."""

    endings: tuple[str, ...] = ("properties", "MF")

    def __init__(self) -> None:
        self._found: list[Component] = []
        self._named: dict[tuple[str, ...], set[str]] = {}
        self._archives: dict[tuple[str, ...], _Archive] = {}

    def see(self, entry: Entry) -> None:
        """Look at a file."""
        if entry.path.endswith("/pom.properties") and (match := _POM.fullmatch(entry.path)):
            self._pom(entry, match["group"], match["name"])
        elif entry.path == _MANIFEST and entry.chain:
            data = entry.content.read(METADATA_LIMIT)
            proof = evidence(entry, Method.MANIFEST, data)
            self._archives[entry.chain] = _Archive(entry.chain[-1].rpartition("/")[2], main_section(data), proof)

    def _pom(self, entry: Entry, group: str, name: str) -> None:
        data = entry.content.read(METADATA_LIMIT)
        fields = properties(data)
        group, name = fields.get("groupId", group), fields.get("artifactId", name)
        version = fields.get("version", "")
        if all(map(_WORD.fullmatch, (group, name, version))):
            self._named.setdefault(entry.chain, set()).add(name)
            proof = evidence(entry, Method.INSTALLED, data)
            self._found.append(component(Ecosystem.MAVEN, name, version, proof, group))

    def __len__(self) -> int:
        """How many components may be recognised so far."""
        return len(self._found) + len(self._archives)

    def found(self, files: Files) -> Iterable[Component]:  # noqa: ARG002 - the files are not asked
        """Every library. A jar counts by its manifest or name only when no properties in it are about itself."""
        yield from self._found
        for chain, archive in self._archives.items():
            identity = _identity(archive)
            if identity is not None and not _same(identity[1], archive.file, self._named.get(chain, set())):
                group, name, version = identity
                yield component(Ecosystem.MAVEN, name, version, archive.proof, group)


def _same(name: str, file: str, named: set[str]) -> bool:
    """Whether properties in a jar are about the jar itself."""
    return name in named or any(file.startswith(f"{other}-") or file == f"{other}.jar" for other in named)


def _identity(archive: _Archive) -> tuple[str, str, str] | None:
    """Group, name and version of a jar by its file's name and manifest; `None` when they do not say."""
    says = archive.manifest
    match = _FILE.fullmatch(archive.file)
    symbolic = says.get("bundle-symbolicname", "").partition(";")[0].strip()
    title = says.get("implementation-title", "")
    name = match["name"] if match else symbolic.rpartition(".")[2] or title
    version = match["version"] if match else says.get("implementation-version") or says.get("bundle-version", "")
    if not (_WORD.fullmatch(name) and _WORD.fullmatch(version)):
        return None
    return _group(says, symbolic, name), name, version


def _group(says: Mapping[str, str], symbolic: str, name: str) -> str:
    """The likeliest Maven group: what the manifest calls the vendor's id, else the symbolic name without the artifact's."""
    vendor = says.get("implementation-vendor-id", "")
    if _WORD.fullmatch(vendor) and "." in vendor:
        return vendor
    head, dot, tail = symbolic.rpartition(".")
    if not dot:
        return ""
    return head if tail == name or tail in name.split("-") else symbolic


def main_section(data: bytes) -> dict[str, str]:
    """The fields of a manifest's main section by their name in small letters; continued lines are joined."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").replace("\n ", "")
    pairs = (line.partition(":") for line in text.partition("\n\n")[0].split("\n"))
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}


def properties(data: bytes) -> dict[str, str]:
    """The pairs of a Java properties file."""
    lines = data.decode("utf-8", "replace").splitlines()
    pairs = (line.partition("=") for line in lines if not line.lstrip().startswith(("#", "!")))
    return {name.strip(): value.strip() for name, equals, value in pairs if equals}
