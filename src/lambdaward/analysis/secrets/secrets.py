"""The secrets of one estate."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lambdaward.analysis.access import Access
from lambdaward.analysis.environment import variables
from lambdaward.analysis.guards import Guards
from lambdaward.analysis.secrets.covering import Cover
from lambdaward.analysis.secrets.edges import Edges
from lambdaward.analysis.secrets.held import Held, answers
from lambdaward.analysis.secrets.leaves import around, leaves
from lambdaward.analysis.secrets.readers import Reader, Readers
from lambdaward.analysis.secrets.reuse import Spot, reused
from lambdaward.analysis.secrets.telling import ways
from lambdaward.model import Function, FunctionVersion, Layer, LocalCode, Place, Record, ResourceId, environment_place
from lambdaward.secrets import Leak

if TYPE_CHECKING:
    from lambdaward.analysis.secrets.code import Packages, Searched


class Secrets:
    """What the values of an estate hold."""

    def __init__(self, access: Access, guards: Guards) -> None:
        self._estate = access.estate
        self._access = access
        self.readers = Readers(access, guards)
        self.edges = Edges(access)

    @cached_property
    def environments(self) -> tuple[Held, ...]:
        """The variables of all functions."""
        return tuple(
            Held(function, environment_place(function, name), name, tuple(answers(name, value)))
            for function in self._estate.all(Function)
            for name, value in variables(function)
        )

    @cached_property
    def versions(self) -> tuple[Held, ...]:
        """The variables of published versions, as an account tells them."""
        return tuple(
            Held(version, environment_place(version, name), name, tuple(answers(name, value)))
            for version in self._estate.all(FunctionVersion)
            for name, value in variables(version)
        )

    @cached_property
    def around(self) -> tuple[Held, ...]:
        """The secrets that templates hold beside their resources. A parameter's default that a resource uses counts there."""
        held = (
            Held(
                Record(id=part.id, shown=part.shown),
                Place(part.id, leaf.path),
                leaf.name,
                tuple(answers(leaf.name, leaf.value)),
            )
            for part in self._estate.parts.values()
            for leaf in around(part)
        )
        found = tuple(one for one in held if one.leak or (one.unknowns and one.place.path[0] == "Outputs"))
        used = {value for one in (*self.environments, *self.properties) for value in _values(one)} if found else set()
        return tuple(one for one in found if one.place.path[0] != "Parameters" or used.isdisjoint(_values(one)))

    def beside(self) -> Iterator[tuple[Record, Searched]]:
        """The secrets in files beside templates."""
        for identity, file in self._estate.beside.items():
            yield Record(id=identity, shown=file.shown), self._packages.beside(Path(file.path), _named(identity))

    def code(self, record: Function | Layer) -> Searched:
        """The secrets in a function's code or a layer's content."""
        return self._packages.of(record)

    @cached_property
    def _packages(self) -> Packages:
        from lambdaward.analysis.secrets.code import Packages  # noqa: PLC0415 - only where packages are read

        return Packages()

    @cached_property
    def properties(self) -> tuple[Held, ...]:
        """The secrets in all other properties of all resources, those that are probably none left out."""
        return tuple(self._leaking())

    def _leaking(self) -> Iterator[Held]:
        for resource in self._estate.resources.values():
            for leaf in leaves(resource):
                found = tuple(answers(leaf.name, leaf.value))
                if any(isinstance(answer, Leak) for answer in found):
                    record = Record(id=resource.id, shown=resource.shown)
                    yield Held(record, Place(resource.id, leaf.path), leaf.name, found)

    def tellers(self, place: Place) -> Iterator[Reader]:
        """Who may read what stands at a place of a template: through the service that it is about, or CloudFormation."""
        return self.readers.by(tuple(ways(self._access, place)))

    def reused(self) -> Iterator[tuple[Spot, ...]]:
        """The places of each secret that several resources have."""
        return reused(self._spots())

    def _spots(self) -> Iterator[Spot]:
        for held in (*self.environments, *self.versions, *self.properties):
            if held.leak:
                yield Spot(held.record, held.place, held.name, held.leak)
        records: tuple[Function | Layer, ...] = (*self._estate.all(Function), *self._estate.all(Layer))
        for record in records:
            place = record.place("Content" if isinstance(record, Layer) else "Code")
            for sighting in self.code(record).sightings:
                yield Spot(record, place, sighting.place, sighting.leak)

    @cached_property
    def cover(self) -> Cover:
        """What stars the secrets that were found in templates, in whatever is about to be shown."""
        told = (*self.environments, *self.versions, *self.properties, *self.around)
        values = {value for held in told for value in _values(held)}
        values.update(value for function in self._inline() for value in _seen(self.code(function)))
        return Cover(values)

    def _inline(self) -> Iterator[Function]:
        """Functions whose code stands in a template."""
        for function in self._estate.all(Function):
            if isinstance(function.code, LocalCode) and function.code.kind == "inline":
                yield function


def _named(identity: ResourceId) -> str:
    """The path of a file inside its project."""
    return str(identity).removeprefix("./")


def _values(held: Held) -> Iterator[str]:
    return (str(answer.value.reveal()) for answer in held.answers if isinstance(answer, Leak))


def _seen(searched: Searched) -> Iterator[str]:
    return (str(sighting.leak.value.reveal()) for sighting in searched.sightings)
