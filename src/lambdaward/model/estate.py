"""The estate: everything that was read, typed, with where it stands and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct

from lambdaward.model.fields import Link
from lambdaward.model.origin import FileOrigin, Origin, Path, Place, ResourceId
from lambdaward.model.record import Record
from lambdaward.model.values import Text, Value

R = TypeVar("R", bound=Record)


TEMPLATE, FILE = "Template", "File"
"""What stands for the type of a part of a template, and of a file beside one."""


class Resource(Struct, frozen=True, kw_only=True):
    """A resource as its source gives it, in CloudFormation's vocabulary; typed records are views of it.

    `conditional` says which unresolved condition decides whether it exists; it is empty when it does.
    """

    id: ResourceId
    type: str
    properties: Mapping[str, Value]
    metadata: Value = None
    shown: str = ""
    conditional: str = ""


class Comment(Struct, frozen=True):
    """A comment in a file, without its marker. `own_line` when nothing else stands on its line."""

    line: int
    text: str
    own_line: bool


class SourceFile(Struct, frozen=True):
    """A file that was read: its lines, every scalar that may be a secret already masked (`*`, same length), its comments."""

    path: str
    lines: tuple[str, ...]
    comments: tuple[Comment, ...] = ()


class SideFile(Struct, frozen=True):
    """A file beside templates that may hold values for deployment (state, settings, build specifications): its name for
    people, and where it lies."""

    shown: str
    path: str


class Problem(Struct, frozen=True):
    """Something that could not be read or resolved: one clear line, where, and what to do. `fatal` when a whole input is lost."""

    file: str
    message: str
    remedy: str
    line: int = 0
    column: int = 0
    fatal: bool = True


_PASSED_ON = frozenset({("Environment",), ("Description",), ("Tags",), ("Metadata",)})


class Coverage(Struct, frozen=True, kw_only=True):
    """What was read and what was not."""

    files: tuple[str, ...] = ()
    skipped: Mapping[str, str] = MappingProxyType({})
    problems: tuple[Problem, ...] = ()
    modelled: Mapping[str, int] = MappingProxyType({})
    unmodelled: Mapping[str, int] = MappingProxyType({})
    excluded: Mapping[str, str] = MappingProxyType({})
    assumed: Mapping[str, str] = MappingProxyType({})


class Positions(Struct, frozen=True):
    """Where values stand, as a side table. `assumed` names the parameters whose default a value rests on."""

    origins: Mapping[ResourceId, Mapping[Path, Origin]]
    assumed: Mapping[ResourceId, Mapping[Path, tuple[str, ...]]] = MappingProxyType({})


class Estate(Struct, frozen=True, kw_only=True):
    """One estate from many sources. Nothing after the sources knows where a fact came from, except through its origin.
    `names` gives the physical name of a resource where one is declared, known or not: engines put it where a `Ref` to the name
    stands. `arns` gives the ARN of each resource whose form is known, spelled as every reference to it is.
    `accounts` are those that its stacks are deployed to, as far as that is known. `parts` is what templates say beside their
    resources, one part for each stack. `beside` are files that may hold values, by their identity; in a place of one the path
    is a line."""

    resources: Mapping[ResourceId, Resource]
    records: Mapping[type[Record], Mapping[ResourceId, Record]]
    positions: Positions
    files: Mapping[str, SourceFile]
    coverage: Coverage
    names: Mapping[ResourceId, Value] = MappingProxyType({})
    arns: Mapping[ResourceId, str | Text] = MappingProxyType({})
    accounts: frozenset[str] = frozenset()
    parts: Mapping[ResourceId, Resource] = MappingProxyType({})
    beside: Mapping[ResourceId, SideFile] = MappingProxyType({})

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """Every record of one kind, in the order of the sources."""
        return tuple(self.records.get(kind, {}).values())  # type: ignore[arg-type]

    def get(self, kind: type[R], identity: ResourceId | None) -> R | None:
        """The record of one kind with an identity, or `None`."""
        return None if identity is None else self.records.get(kind, {}).get(identity)  # type: ignore[return-value]

    def follow(self, kind: type[R], link: Link | None) -> R | None:
        """The record that a link points to, or `None` when it is not in the estate (or not of that kind)."""
        return None if link is None else self.get(kind, link.target)

    def type_of(self, identity: ResourceId) -> str:
        """The type of a resource, of a part of a template, or of a file beside one."""
        known = self.resources.get(identity) or self.parts.get(identity)
        return known.type if known else FILE

    def origin(self, place: Place) -> Origin | None:
        """Where a place stands; for a path that was not written, its nearest written ancestor."""
        if file := self.beside.get(place.resource):
            line = next((key for key in place.path if isinstance(key, int)), 1)
            return FileOrigin(file.shown, line, 1, line, 1)
        table = self.positions.origins.get(place.resource, {})
        path = place.path
        while path and path not in table:
            path = path[:-1]
        return table.get(path)

    def assumptions(self, place: Place) -> tuple[str, ...]:
        """The parameters whose defaults the value at a place rests on: those used above it, at it or inside it. What is said of
        a whole resource does not rest on what only its code or its owner reads."""
        table = self.positions.assumed.get(place.resource, {})
        used = (
            names
            for path, names in table.items()
            if path[: len(place.path)] == place.path[: len(path)] and (place.path or path[:1] not in _PASSED_ON)
        )
        return tuple(dict.fromkeys(name for names in used for name in names))
