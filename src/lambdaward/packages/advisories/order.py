"""The order of versions in each ecosystem."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from lambdaward.packages.components.component import Ecosystem

_GO_RELEASE = re.compile(r"(\d+)\.(\d+)(?:\.(\d+))?(?:(rc|beta)(\d+))?")
_NUMBERS = re.compile(r"v?(\d+(?:\.\d+){0,2})(-[0-9A-Za-z.-]+)?")
_PLATFORM = re.compile(r"-(?:x86|x64|aarch64|arm|java|universal|mingw|mswin|musl|linux|darwin)[\w.-]*$")

Key = Any
"""Comparable with others of the same ecosystem."""


@lru_cache(maxsize=65_536)
def version_key(ecosystem: Ecosystem, version: str) -> Key | None:
    """What a version is compared by; `None` when it is none of its ecosystem."""
    text = _normal(ecosystem, version.strip())
    if not text or len(text) > 200:
        return None
    try:
        return _maker(ecosystem)(text)
    except (ValueError, TypeError, AttributeError, IndexError, _nuget_error()):
        return None


def _normal(ecosystem: Ecosystem, version: str) -> str:
    """A version without what has no part in the order: build metadata, local parts, platforms; and Go's own releases
    (`1.21rc2`) as Go modules write versions."""
    match ecosystem:
        case Ecosystem.PYPI:
            return version.partition("+")[0]
        case Ecosystem.GEM:
            return _PLATFORM.sub("", version)
        case Ecosystem.GO | Ecosystem.NPM | Ecosystem.CARGO:
            return _semantic(version.partition("+")[0].removeprefix("go"))
    return version


def _semantic(version: str) -> str:
    """A semantic version with all three numbers, empty when it is none."""
    if release := _GO_RELEASE.fullmatch(version):
        major, minor, patch, kind, number = release.groups()
        return f"{major}.{minor}.{patch or 0}" + (f"-{kind}.{number}" if kind else "")
    match = _NUMBERS.fullmatch(version)
    if match is None:
        return ""
    return match[1] + ".0" * (2 - match[1].count(".")) + (match[2] or "")


@cache
def _maker(ecosystem: Ecosystem) -> Callable[[str], Key]:
    from univers import versions  # noqa: PLC0415 - heavy, and only where advisories are matched

    return {
        Ecosystem.PYPI: versions.PypiVersion,
        Ecosystem.MAVEN: versions.MavenVersion,
        Ecosystem.GEM: versions.RubygemsVersion,
        Ecosystem.NUGET: versions.NugetVersion,
    }.get(ecosystem, versions.SemverVersion)


@cache
def _nuget_error() -> type[Exception]:
    from univers.nuget import InvalidNuGetVersion  # noqa: PLC0415 - as above

    return InvalidNuGetVersion
