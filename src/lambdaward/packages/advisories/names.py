"""The names of packages, as advisories and components have them, in the one form that both are compared in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from lambdaward.packages.components.component import Component, Ecosystem, normal_python_name

ECOSYSTEMS: Mapping[str, Ecosystem] = MappingProxyType(
    {
        "PyPI": Ecosystem.PYPI,
        "npm": Ecosystem.NPM,
        "Maven": Ecosystem.MAVEN,
        "Go": Ecosystem.GO,
        "crates.io": Ecosystem.CARGO,
        "RubyGems": Ecosystem.GEM,
        "NuGet": Ecosystem.NUGET,
    }
)
"""The ecosystems of OSV whose packages are recognised as components."""

_USABLE = re.compile(r"[^\s\x00-\x1f\x7f]{1,400}")


def key_of(ecosystem: Ecosystem, name: str) -> str:
    """What a name is compared by, empty for one that cannot be a name. Maven's artifact stands in front of its group, because
    the group of a jar is not always known."""
    if not _USABLE.fullmatch(name):
        return ""
    match ecosystem:
        case Ecosystem.PYPI:
            return normal_python_name(name)
        case Ecosystem.NUGET:
            return name.lower()
        case Ecosystem.CARGO:
            return name.replace("-", "_")
        case Ecosystem.MAVEN:
            group, _, artifact = name.rpartition(":")
            return f"{artifact}:{group}"
    return name


def osv_name(component: Component) -> tuple[str, str] | None:
    """The ecosystem and name of a component as OSV writes them; `None` for one that OSV does not list."""
    ecosystem = next((name for name, each in ECOSYSTEMS.items() if each is component.ecosystem), None)
    if ecosystem is None or (component.ecosystem is Ecosystem.MAVEN and not component.group):
        return None
    between = ":" if component.ecosystem is Ecosystem.MAVEN else "/"
    return ecosystem, f"{component.group}{between}{component.name}" if component.group else component.name


def key(component: Component) -> str:
    """The name of a component, as it is compared. A jar of an unknown group has the beginning of its key, up to the colon."""
    match component.ecosystem:
        case Ecosystem.MAVEN:
            return f"{component.name}:{component.group}"
        case Ecosystem.NPM | Ecosystem.GO if component.group:
            return key_of(component.ecosystem, f"{component.group}/{component.name}")
    return key_of(component.ecosystem, component.name)
