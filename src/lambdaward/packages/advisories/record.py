"""Advisories in OSV form, as they are published: what is read of a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

Events = tuple[tuple[str, str], ...]


class Package(Struct, frozen=True):
    """The package that a part of a record is about. `ecosystem` may have a suffix behind a colon."""

    ecosystem: str = ""
    name: str = ""


class Range(Struct, frozen=True):
    """Versions between events, each a mapping of one of `introduced`, `fixed`, `last_affected` and `limit` to a version.
    `type` is `SEMVER`, `ECOSYSTEM` or `GIT`; a range of the last kind names commits, which are no versions."""

    type: str
    events: tuple[Mapping[str, str], ...] = ()


class Import(Struct, frozen=True, omit_defaults=True):
    """A Go package with the vulnerable code: its functions and methods (all when empty), and the systems it is built for."""

    path: str = ""
    symbols: tuple[str, ...] = ()
    goos: tuple[str, ...] = ()
    goarch: tuple[str, ...] = ()


class Specific(Struct, frozen=True):
    """What the Go database says beside OSV. `custom_ranges` are there when the module's own versions are not Go's."""

    imports: tuple[Import, ...] = ()
    custom_ranges: tuple[Any, ...] = ()


class Scored(Struct, frozen=True):
    """A severity: the kind of score (`CVSS_V3`), and the score, a vector."""

    type: str
    score: str


class Rated(Struct, frozen=True):
    """What GitHub's database says beside OSV: a severity in a word."""

    severity: str | None = None


class Affected(Struct, frozen=True):
    """One package of a record, and which of its versions."""

    package: Package | None = None
    ranges: tuple[Range, ...] = ()
    versions: tuple[str, ...] = ()
    severity: tuple[Scored, ...] = ()
    ecosystem_specific: Any = None


class Record(Struct, frozen=True):
    """One advisory. A `withdrawn` one was an error."""

    id: str
    modified: str = ""
    withdrawn: str | None = None
    aliases: tuple[str, ...] = ()
    summary: str = ""
    details: str = ""
    severity: tuple[Scored, ...] = ()
    affected: tuple[Affected, ...] = ()
    database_specific: Any = None


class Row(Struct, frozen=True, omit_defaults=True):
    """What a store keeps of a record for one package. `ranges` are the events of each range of versions; `commits` is whether
    a range of commits was left out, `foreign` whether the ranges are of another scheme of versions than the package's."""

    id: str
    modified: str = ""
    aliases: tuple[str, ...] = ()
    summary: str = ""
    score: float = -1.0
    withdrawn: bool = False
    ranges: tuple[Events, ...] = ()
    versions: tuple[str, ...] = ()
    imports: tuple[Import, ...] = ()
    commits: bool = False
    foreign: bool = False

    @property
    def malicious(self) -> bool:
        """Whether the package was made to do harm."""
        return any(name.startswith("MAL-") for name in (self.id, *self.aliases))
