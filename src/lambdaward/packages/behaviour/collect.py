"""What each component of a package can do, in one walk over it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from lambdaward.packages.behaviour.acts import Act, Capability
from lambdaward.packages.behaviour.owners import Owners
from lambdaward.packages.behaviour.reading import acts_of
from lambdaward.packages.components import Component
from lambdaward.packages.unpack import Entry, Kind

SHOWN = 3
"""How many places are told of one capability."""

_ASIDE = ("/tests/", "/test/", "/testing/", "/docs/", "/examples/", "/benchmarks/")


class Sight(Struct, frozen=True, order=True):
    """A place where code does something: a file, a line (0 where there is none), and what it does it with."""

    place: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.place}:{self.line}: {self.what}" if self.line else f"{self.place}: {self.what}"


class Able(Struct, frozen=True, order=True):
    """That a component can do something, and some of the places that show it. The package URL of a function's own code is
    empty."""

    purl: str
    capability: Capability
    sights: tuple[Sight, ...]


def able_in(files: Iterable[tuple[str, Entry]], components: Iterable[Component]) -> tuple[Able, ...]:
    """What components can do, by files and their places as the components' evidence names them."""
    behaviour = Behaviour()
    for place, entry in files:
        behaviour.see(entry, place.removesuffix(entry.place))
    return behaviour.able(components)


class Behaviour:
    """Sees every file of a package once; what its components can do is asked for at the end of the walk."""

    def __init__(self) -> None:
        self._owners = Owners()
        self._acts: dict[str, tuple[Act, ...]] = {}

    def see(self, entry: Entry, above: str = "") -> tuple[Act, ...]:
        """Look at a file. Its content can be read now and not later. `above` stands in front of the places of the package, where
        it lies in a sandbox (`/opt/`)."""
        if entry.kind is not Kind.FILE or not entry.live:
            return ()
        self._owners.see(entry, above)
        acts = acts_of(entry)
        if acts:
            self._acts[above + entry.place] = acts
        return acts

    def able(self, components: Iterable[Component]) -> tuple[Able, ...]:
        """What every component, and the function's own code, can do."""
        among = self._owners.among(components)
        found: dict[tuple[str, Capability], list[Sight]] = {}
        for place, acts in self._acts.items():
            owner = self._owners.owner(place, among)
            purl = owner.purl if owner else ""
            for act in acts:
                found.setdefault((purl, act.capability), []).append(Sight(place, act.line, act.what))
        return tuple(Able(purl, capability, _shown(sights)) for (purl, capability), sights in sorted(found.items()))


def _shown(sights: list[Sight]) -> tuple[Sight, ...]:
    """Some of the places, each file once, those first that a handler can lead to."""
    files: dict[str, Sight] = {}
    for sight in sorted(sights, key=lambda each: (any(part in f"/{each.place}" for part in _ASIDE), each)):
        files.setdefault(sight.place, sight)
    return tuple(list(files.values())[:SHOWN])
