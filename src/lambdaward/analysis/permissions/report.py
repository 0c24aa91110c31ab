"""Everything that one principal may do, and what of it is dangerous."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from lambdaward.analysis.access import Access, Asker
from lambdaward.analysis.paths import Paths
from lambdaward.analysis.permissions.cells import Cell, Cells, Where
from lambdaward.analysis.permissions.dangers import Danger, dangers
from lambdaward.analysis.permissions.stock import Stock
from lambdaward.catalog import Level, actions
from lambdaward.model import Unknown


class Row(Struct, frozen=True):
    """The actions of one service and level that are allowed on one thing, surely and perhaps."""

    service: str
    level: Level
    cell: Cell
    sure: tuple[str, ...]
    perhaps: tuple[str, ...]


class Report:
    """The permissions of one principal, computed when they are asked for."""

    def __init__(self, access: Access, paths: Paths, stock: Stock, asker: Asker) -> None:
        self.asker = asker
        self.policies = tuple(written.name for written in access.policies(asker.principal))
        boundary = access.boundary(asker.principal)
        self.boundary = boundary.name if boundary else ""
        self._access = access
        self._paths = paths
        self._cells = Cells(access, stock, asker)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """On what anything is allowed."""
        return tuple(self._cells.all())

    @cached_property
    def sure(self) -> int:
        """Every action that is surely allowed on something."""
        found = 0
        for cell in self.cells:
            found |= cell.sets.sure
        return found

    @cached_property
    def perhaps(self) -> int:
        """Every other action that is perhaps allowed on something."""
        found = 0
        for cell in self.cells:
            found |= cell.sets.perhaps
        return found & ~self.sure

    @property
    def unknowns(self) -> tuple[Unknown, ...]:
        """Policies that were not seen."""
        return self._cells.effective.hidden

    @property
    def bounded(self) -> int:
        """The actions that are granted and that the boundary takes away."""
        return self._cells.effective.granted & ~self._cells.effective.within

    @property
    def denied(self) -> int:
        """The actions that are granted, and that a deny leaves nothing of."""
        taken = 0
        for line in self._cells.effective.lines:
            taken |= 0 if line.allow else line.certain
        return self._cells.effective.granted & taken & ~self.sure & ~self.perhaps

    @property
    def idle(self) -> int:
        """The actions that are granted to no effect: on resources of other kinds than they work on, say."""
        kept = self._cells.effective.granted & self._cells.effective.within
        return kept & ~self.sure & ~self.perhaps & ~self.denied

    def rows(self) -> Iterator[Row]:
        """What is allowed, by service, level and on what."""
        for service in actions().services:
            mask = actions().service_mask(service)
            for level, of_level in actions().levels.items():
                some = mask & of_level if isinstance(mask, int) else 0
                for cell in self.cells if some & (self.sure | self.perhaps) else ():
                    part = cell.sets & some
                    if part.any:
                        yield Row(service, level, cell, _names(part.sure), _names(part.perhaps))

    def levels(self) -> Mapping[Level, int]:
        """How many actions of each level are surely allowed."""
        counts = {level: (self.sure & mask).bit_count() for level, mask in actions().levels.items()}
        return {level: count for level, count in counts.items() if count}

    @cached_property
    def dangers(self) -> tuple[Danger, ...]:
        """What of it is dangerous, the worst first."""
        return tuple(dangers(self._access, self._paths, self.asker, self.cells))

    def without(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The resources on which less is allowed than on every one, and the actions that are missing."""
        return ((cell.shown, _names(cell.without)) for cell in self.cells if cell.where is Where.HERE and cell.without)


def _names(mask: int) -> tuple[str, ...]:
    return tuple(actions().names(mask))
