"""A component: a package that is there, and the evidence for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct


class Ecosystem(StrEnum):
    """Where packages of a kind come from, by the type of their package URLs."""

    PYPI = "pypi"
    NPM = "npm"
    MAVEN = "maven"
    GO = "golang"
    CARGO = "cargo"
    GEM = "gem"
    NUGET = "nuget"
    GENERIC = "generic"


class Method(StrEnum):
    """How a component was recognised, surest first: by what its package manager installed, by what its compiler wrote into a
    program, by a manifest of its archive, by a version that its own code states, by the digest of a file that only one release
    has, by a banner or path that a bundler left, or by text inside native code."""

    INSTALLED = "installed-metadata"
    BUILD = "build-info"
    MANIFEST = "archive-manifest"
    SOURCE = "source-version"
    DIGEST = "file-digest"
    BUNDLE = "bundle-trace"
    STRINGS = "native-strings"


class Evidence(Struct, frozen=True, order=True):
    """A file that shows a component: its place, how it does, and its SHA-256."""

    place: str
    method: Method
    sha256: str = ""


class Component(Struct, frozen=True):
    """A package that is there. A version that is not known is empty. `group` is a Maven group, an npm scope with its `@`, or
    the leading part of a Go module's path."""

    ecosystem: Ecosystem
    name: str
    version: str
    evidence: tuple[Evidence, ...]
    group: str = ""

    @property
    def purl(self) -> str:
        """The package URL."""
        from packageurl import PackageURL  # noqa: PLC0415 - only where components are written

        return PackageURL(self.ecosystem.value, self.group or None, self.name, self.version or None).to_string()

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes two components one."""
        return (self.ecosystem.value, self.group, self.name, self.version)

    @property
    def method(self) -> Method:
        """The surest way in which the component was recognised."""
        return min((item.method for item in self.evidence), key=list(Method).index)


def normal_python_name(name: str) -> str:
    """A distribution's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def united(components: Iterable[Component]) -> tuple[Component, ...]:
    """Components in a fixed order, each once with all evidence."""
    found: dict[tuple[str, str, str, str], set[Evidence]] = {}
    for component in components:
        found.setdefault(component.key, set()).update(component.evidence)
    return tuple(
        Component(Ecosystem(ecosystem), name, version, tuple(sorted(evidence)), group)
        for (ecosystem, group, name, version), evidence in sorted(found.items())
    )


def merged(components: Iterable[Component]) -> tuple[Component, ...]:
    """Components in a fixed order, each once with all evidence; one without version only where none has one, or where a compiler
    says that it has none: then it is another one."""
    found = united(components)
    versioned = {component.key[:3] for component in found if component.version}
    return tuple(
        component
        for component in found
        if component.version or component.key[:3] not in versioned or component.method is Method.BUILD
    )
