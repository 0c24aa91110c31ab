"""Every component of a package, in one walk over it."""

from __future__ import annotations

from itertools import chain

from lambdaward.packages.components.bundles import Bundles
from lambdaward.packages.components.component import Component, merged
from lambdaward.packages.components.detector import PLAIN, Detector, ending
from lambdaward.packages.components.dotnet import NuGetPackages
from lambdaward.packages.components.files import Files
from lambdaward.packages.components.java import JavaLibraries
from lambdaward.packages.components.native import NativeCode
from lambdaward.packages.components.npm import NpmPackages
from lambdaward.packages.components.python import PythonDistributions
from lambdaward.packages.components.ruby import RubyGems
from lambdaward.packages.components.stripped import StrippedPython
from lambdaward.packages.unpack import Entry, Kind

MOST = 20_000
"""How many components are told of one package. No honest one has so many."""

_OFTEN = 64


class Collector:
    """Shows every file to the detectors that it concerns, until there are more components than are told: then it is `full`."""

    def __init__(self) -> None:
        self._files = Files()
        self._looked = 0
        self.full = False
        python = PythonDistributions()
        self._native = NativeCode()
        self._detectors: tuple[Detector, ...] = (
            python,
            StrippedPython(python),
            NpmPackages(),
            JavaLibraries(),
            RubyGems(),
            NuGetPackages(),
            self._native,
            Bundles(),
        )
        self._by_ending = {
            ending: tuple(each for each in self._detectors if ending in each.endings)
            for ending in chain.from_iterable(each.endings for each in self._detectors)
        }

    def see(self, entry: Entry) -> None:
        """Look at an entry. Its content can be read now and not later."""
        if entry.kind is not Kind.FILE or not entry.live or self.full:
            return
        self._files.see(entry)
        self._looked += 1
        if self._looked % _OFTEN == 0:
            self.full = sum(map(len, self._detectors)) > MOST
        for detector in self._by_ending.get(ending(entry.path), ()):
            detector.see(entry)
        if not entry.path.endswith(PLAIN):
            self._native.see(entry)

    def components(self) -> tuple[Component, ...]:
        """Every component, once, in a fixed order."""
        return merged(component for detector in self._detectors for component in detector.found(self._files))
