"""npm packages inside bundles: by the paths that bundlers leave in comments and source maps, by banners, and by manifests that
were bundled too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lambdaward.model import pattern
from lambdaward.packages.components.component import Component, Ecosystem, Method
from lambdaward.packages.components.detector import component, evidence
from lambdaward.packages.components.files import Files
from lambdaward.packages.unpack import Entry

_BANNERS = ".LICENSE.txt"
"""What bundlers call the file that they move banners to."""
_ENDINGS = (".js", ".mjs", ".cjs", ".map", _BANNERS)
_LIMIT = 64 << 20
_TRACE = pattern(
    rb"(?:// (?:\.\.?/)*|/\*+! ?!*\*?\*? ?\.?/?|\"(?:webpack://[^\"\n]{0,80}/|(?:\.\.?/)*)?)"
    rb"node_modules/(?:\.pnpm/[^/\"\n]{1,200}/node_modules/)?((?:@[\w.~-]{1,100}/)?[A-Za-z0-9~][\w.~-]{0,120})/"
)
_MANIFEST = pattern(
    rb"[\"']?name[\"']?:\s?[\"']((?:@[\w.~-]{1,100}/)?[a-z0-9~][\w.~-]{0,120})[\"'],\s*[\"']?(?:description[\"']?:\s?\"[^\"\n]{0,300}\",\s*)?"
    rb"[\"']?version[\"']?:\s?[\"'](\d+\.\d+\.\d+[\w.+-]*)[\"']"
)
_BANNER = pattern(
    rb"/\*[*!]?\s*(?:@license\s+|@preserve\s+)?\*?\s*((?:@[\w.~-]{1,100}/)?[A-Za-z][\w.-]{1,80}?)(?:\.(?:production\.min\.js|min\.js|js))?"
    rb"[ \t]*(?:-[ \t]*|\n[ \t]*\*[ \t]*)?(?:@version[ \t]+|version:?[ \t]+)?[vV]?(\d+\.\d+\.\d+[\w.+-]*)"
)


class Bundles:
    """Packages inside JavaScript that does not lie in a package itself."""

    endings: tuple[str, ...] = ("js", "mjs", "cjs", "map", "txt")

    def __init__(self) -> None:
        self._found: list[Component] = []

    def see(self, entry: Entry) -> None:
        """Look at a file."""
        if not entry.path.endswith(_ENDINGS) or "node_modules/" in entry.path:
            return
        data = entry.content.read(_LIMIT)
        names = dict.fromkeys(_traced(data), "")
        if entry.path.endswith(_BANNERS):
            names = {match[1].decode().lower(): match[2].decode() for match in _BANNER.finditer(data)}
        names.update((name, version) for name, version in _stated(data) if name in names or not names)
        proof = evidence(entry, Method.BUNDLE) if names else None
        for name, version in sorted(names.items()):
            scope, _, rest = name.rpartition("/")
            if proof:
                self._found.append(component(Ecosystem.NPM, rest, version, proof, scope))

    def __len__(self) -> int:
        """How many components may be recognised so far."""
        return len(self._found)

    def found(self, files: Files) -> Iterable[Component]:  # noqa: ARG002 - the files are not asked
        """Everything that was recognised."""
        return self._found


def _traced(data: bytes) -> Iterator[str]:
    if b"node_modules/" in data:
        yield from (match[1].decode() for match in _TRACE.finditer(data))


def _stated(data: bytes) -> Iterator[tuple[str, str]]:
    """Names and versions in bundled manifests and banners."""
    for form in (_BANNER, _MANIFEST):
        for match in form.finditer(data):
            yield match[1].decode().lower(), match[2].decode()
