"""Ruby gems that are installed: those with a specification in a gem folder."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lambdaward.model import pattern
from lambdaward.packages.components.component import Component, Ecosystem, Method
from lambdaward.packages.components.detector import METADATA_LIMIT, component, evidence
from lambdaward.packages.components.files import Files
from lambdaward.packages.unpack import Entry

_PLACE = pattern(r"(?:.*/)?specifications/(?:default/)?[^/]+\.gemspec")
_NAME = pattern(rb"^\s*\w+\.name\s*=\s*[\"']([\w.-]+)[\"']", re.MULTILINE)
_VERSION = pattern(rb"^\s*\w+\.version\s*=\s*(?:Gem::Version\.new\(?\s*)?[\"']([\w.-]+)[\"']", re.MULTILINE)


class RubyGems:
    """Installed gems."""

    endings: tuple[str, ...] = ("gemspec",)

    def __init__(self) -> None:
        self._found: list[Component] = []

    def see(self, entry: Entry) -> None:
        """Look at a file."""
        if not entry.path.endswith(".gemspec") or not _PLACE.fullmatch(entry.path):
            return
        data = entry.content.read(METADATA_LIMIT)
        name, version = _NAME.search(data), _VERSION.search(data)
        if name and version:
            proof = evidence(entry, Method.INSTALLED, data)
            self._found.append(component(Ecosystem.GEM, name[1].decode(), version[1].decode(), proof))

    def __len__(self) -> int:
        """How many components may be recognised so far."""
        return len(self._found)

    def found(self, files: Files) -> Iterable[Component]:  # noqa: ARG002 - the files are not asked
        """Every installed gem."""
        return self._found
