"""Known vulnerabilities of what functions run, and whether the vulnerable code is reached."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from msgspec import Struct

from lambdaward.model import No, Unknown, Unsure, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from lambdaward.analysis.contents import Contents
    from lambdaward.analysis.imported import Imported
    from lambdaward.model import Function, ResourceId
    from lambdaward.packages import Bill, Entry
    from lambdaward.packages.advisories import Match, Store

_IMPORTED = ("pypi", "npm")
_NO_TELLING = Unsure((Unknown("nothing here tells which of its code is used", "look for uses of it"),))


class Known(Struct, frozen=True):
    """A known vulnerability of a component of a function, and whether its code is reached."""

    match: Match
    reach: Verdict

    @property
    def absent(self) -> bool:
        """Whether the vulnerable code is not in the program at all. What is merely not imported is still there."""
        return isinstance(self.reach, No) and bool(self.match.imports)


class Advised:
    """The advisories about an estate's functions. They are looked up when they are asked for, each function's once. Raises
    `InputError` when the store is damaged."""

    def __init__(self, contents: Contents, folder: Path | None) -> None:
        self._contents = contents
        self._folder = folder
        self._known: dict[ResourceId, tuple[Known, ...]] = {}

    @cached_property
    def store(self) -> Store | None:
        """The advisories on this machine; `None` when nobody gave any."""
        if self._folder is None:
            return None
        from lambdaward.packages.advisories import Store  # noqa: PLC0415 - only where there are advisories

        return Store(self._folder)

    def known(self, function: Function) -> tuple[Known, ...]:
        """The known vulnerabilities of what a function runs; none when nobody gave advisories."""
        if self.store is None:
            return ()
        if function.id not in self._known:
            bill = self._contents.bill(function)
            entries = partial(self._contents.entries, function)
            imports = partial(self._contents.imports, function)
            self._known[function.id] = known_of(bill, entries, self.store, imports)
        return self._known[function.id]

    def unknowns(self, function: Function) -> tuple[Unknown, ...]:
        """Why a function may have known vulnerabilities that are not found."""
        from lambdaward.packages.advisories import without_data  # noqa: PLC0415 - as above

        bill = self._contents.bill(function)
        return (*bill.unknowns, *without_data(bill.components, self.store))


def known_of(
    bill: Bill,
    entries: Callable[[], Iterable[tuple[str, Entry]]],
    store: Store,
    imports: Callable[[], Imported] | None = None,
) -> tuple[Known, ...]:
    """The known vulnerabilities of a bill's components. `entries` gives the files that it was made of, by the places that its
    evidence names, and `imports` what the handler imports, where there is one; both are only asked for when something has to
    be told."""
    from lambdaward.packages.advisories import functions_of, matches, programs, reached  # noqa: PLC0415 - as above

    found = list(matches(bill.components, store))
    wanted = programs(found)
    functions = functions_of(entries(), wanted) if wanted else {}
    followed = imports() if imports and any(each.component.ecosystem in _IMPORTED for each in found) else None

    def reach(match: Match) -> Verdict:
        if match.imports:
            return reached(match, functions)
        if followed is not None and match.component.ecosystem in _IMPORTED:
            return followed.reach(match.component)
        return _NO_TELLING

    return tuple(Known(each, reach(each)) for each in found)
