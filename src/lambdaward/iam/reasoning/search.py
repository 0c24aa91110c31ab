"""A request that some cells all hold of and that others do not.

Of every cell to avoid, some atom must fail. Atoms that can fail in one way only are settled first; then one cell after the
other is avoided in each way. Dimensions do not depend on each other, so that their values make a request together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lambdaward.iam.reasoning.budget import Budget, Undecided
from lambdaward.iam.reasoning.cells import Cell, Signed, Space, Value

Held = dict[str, frozenset[Signed]]
Found = tuple[int, dict[str, Value]]  # actions, and a value of each dimension
Ways = dict[frozenset[int], list[int]]  # the atoms of each clause that can fail
_MOST_DEPTH = 300
_NOTHING: frozenset[Signed] = frozenset()


def classes(actions: int, avoided: Sequence[Cell], budget: Budget) -> Iterator[tuple[int, list[Cell]]]:
    """Actions parted by which cells are about them."""
    found: list[tuple[int, list[Cell]]] = [(actions, [])]
    for cell in avoided:
        budget.spend(len(found))
        parted: list[tuple[int, list[Cell]]] = []
        for mask, cells in found:
            inside = mask & cell.actions
            if inside:
                parted.append((inside, [*cells, cell]))
            if inside != mask:
                parted.append((mask ^ inside, cells))
        found = parted
    return iter(found)


def outside(space: Space, inside: Sequence[Cell], avoided: Iterable[Cell]) -> Iterator[Found]:
    """Requests in every one of some cells and in none of others, at most one for each class of actions.

    Raises `Undecided` at the end when there was a class for which it could not be told.
    """
    atoms = frozenset(atom for cell in inside for atom in cell.atoms)
    actions = space.actions.everything
    for cell in inside:
        actions &= cell.actions
    relevant = []
    for cell in avoided:
        if cell.atoms <= atoms:
            actions &= ~cell.actions
        elif cell.actions & actions:
            relevant.append(cell)
    if actions:
        yield from _each(space, atoms, classes(actions, relevant, space.budget))


def _each(space: Space, atoms: frozenset[int], parted: Iterable[tuple[int, list[Cell]]]) -> Iterator[Found]:
    doubt: Undecided | None = None
    for mask, cells in parted:
        search = _Search(space)
        held = search.add({}, ((atom, True) for atom in atoms))
        clauses = list(dict.fromkeys(cell.atoms - atoms for cell in cells))
        try:
            found = search.run(held, clauses)
        except Undecided as why:
            doubt = why
            continue
        if found is not None:
            yield mask, found
        doubt = doubt or search.doubt
    if doubt is not None:
        raise doubt


class _Search:
    def __init__(self, space: Space) -> None:
        self._space = space
        self.doubt: Undecided | None = None

    def add(self, held: Held, signed: Iterable[Signed]) -> Held:
        self._space.budget.spend(len(held))
        added: dict[str, set[Signed]] = {}
        for one in signed:
            added.setdefault(self._space.dimension(one[0]), set()).add(one)
        return {**held, **{dimension: held.get(dimension, _NOTHING) | more for dimension, more in added.items()}}

    def _can(self, held: Held, atom: int, *, hold: bool) -> bool | None:
        """Whether an atom can hold, or fail, beside what is held; `None` when it cannot be told."""
        dimension = self._space.dimension(atom)
        try:
            return self._space.solve(dimension, held.get(dimension, _NOTHING) | {(atom, hold)}) is not None
        except Undecided as why:
            self.doubt = why
            return None

    def run(self, held: Held, clauses: Sequence[frozenset[int]], depth: int = 0) -> dict[str, Value] | None:
        """Values of all dimensions, such that of each clause an atom fails."""
        if depth > _MOST_DEPTH:
            raise Undecided("too many statements meet")
        values = self._values(held)
        if values is None:
            return None
        self._space.budget.spend()
        settled = self._settled(held, list(clauses))
        if settled is None:
            return None
        held, options = self._all_failed(*settled)
        if not options:
            return self._values(held)
        chosen = min(options, key=lambda clause: len(options[clause]))
        rest = [clause for clause in options if clause is not chosen]
        for atom in options[chosen]:
            found = self.run(self.add(held, [(atom, False)]), rest, depth + 1)
            if found is not None:
                return found
        return None

    def _settled(self, held: Held, clauses: list[frozenset[int]]) -> tuple[Held, Ways] | None:
        """What is held once every clause with one way out has taken it, and the ways out of the others; `None` when one has
        none."""
        while True:
            options: Ways = {}
            forced: list[Signed] = []
            for clause in clauses:
                self._space.budget.spend(len(clause))
                if self._is_avoided(held, clause):
                    continue
                ways = options[clause] = [atom for atom in sorted(clause) if self._can(held, atom, hold=False)]
                if not ways:
                    return None
                if len(ways) == 1:
                    forced.append((ways[0], False))
            if not forced:
                return held, options
            held = self.add(held, forced)
            clauses = list(options)
            if self._values(held) is None:
                return None

    def _all_failed(self, held: Held, options: Ways) -> tuple[Held, Ways]:
        """What is held once every atom fails of each dimension in which all can fail together. Nothing is lost by that, since
        dimensions do not depend on each other."""
        atoms: dict[str, set[Signed]] = {}
        for atom in (atom for ways in options.values() for atom in ways):
            atoms.setdefault(self._space.dimension(atom), set()).add((atom, False))
        failed: set[str] = set()
        for dimension, signed in atoms.items():
            try:
                if self._space.solve(dimension, held.get(dimension, _NOTHING) | signed) is not None:
                    held = self.add(held, signed)
                    failed.add(dimension)
            except Undecided:
                continue
        left = {
            clause: ways
            for clause, ways in options.items()
            if failed.isdisjoint(self._space.dimension(atom) for atom in ways)
        }
        return held, left

    def _is_avoided(self, held: Held, clause: frozenset[int]) -> bool:
        """Whether a clause has an atom that fails whatever the rest of the request is."""
        if any((atom, False) in held.get(self._space.dimension(atom), _NOTHING) for atom in clause):
            return True
        return any(self._can(held, atom, hold=True) is False for atom in sorted(clause))

    def _values(self, held: Held) -> dict[str, Value] | None:
        self._space.budget.spend(len(held))
        found: dict[str, Value] = {}
        for dimension, signed in held.items():
            try:
                value = self._space.solve(dimension, signed)
            except Undecided as why:
                self.doubt = why
                return None
            if value is None:
                return None
            found[dimension] = value
        return found
