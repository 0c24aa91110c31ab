"""Finding the cheapest edits: find a path, require that one of its statements goes, solve for all requirements, and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from lambdaward.analysis.access import Principal, Stated, Words
from lambdaward.analysis.analysis import Analysis
from lambdaward.analysis.cut.apply import edited
from lambdaward.analysis.cut.edit import MOST_COST, Edit, How
from lambdaward.analysis.cut.hitting import MOST, Hitting, hitting
from lambdaward.analysis.paths import ADMIN, Edge, Graph, Node, Rest
from lambdaward.model import No, Place, Role, User, Verdict, Yes

Edits = frozenset[Edit]
# How often a path may come back before the search gives up.
ROUNDS = 500


class Call(Struct, frozen=True):
    """A call that must keep working, in the words of `lambdaward why`."""

    principal: str
    action: str
    resource: str


class Wishes(Struct, frozen=True):
    """What a cut is asked for: from where, to what, which calls keep working, and whether service control policies are edited.
    `most` bounds the search for fewer edits."""

    starts: tuple[Node, ...]
    wanted: Callable[[Node], bool]
    kept: tuple[Call, ...] = ()
    organization: bool = False
    most: int = MOST


class Cut(Struct, frozen=True):
    """The edits, none where nothing leads there; `None` where no edits sever every path while the calls work: `blocked` is then a
    path that they need. No `least` fewer edits do; `paths` counts those that were found on the way."""

    edits: tuple[Edit, ...] | None
    least: int
    paths: int
    blocked: tuple[Edge, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether there are surely no fewer edits that do."""
        return self.edits is not None and len(self.edits) <= self.least


def sever(analysis: Analysis, wishes: Wishes) -> Cut:
    """The fewest edits that sever every path."""
    return Cutter(analysis, wishes).run()


def stated(analysis: Analysis, edit: Edit) -> str:
    """The statement, or the policy, that an edit is about, for people."""
    place = edit.place
    found = next((one for one in statements(analysis) if one.place == place), None)
    if found is None:
        return "what is attached there"
    return found.shown if found.written.here else found.written.name


def statements(analysis: Analysis) -> Iterator[Stated]:
    """Every statement that principals have, or that stands on a resource."""
    access, estate = analysis.access, analysis.estate
    principals: tuple[Principal, ...] = (*estate.all(Role), *estate.all(User))
    for principal in principals:
        boundary = access.boundary(principal)
        yield from (*access.statements(principal), *(access.stated(boundary) if boundary else ()))
    for role in estate.all(Role):
        yield from access.trust(role)
    for identity in estate.resources:
        yield from access.guarding(identity)


class Cutter:
    """One search for a cut."""

    def __init__(self, analysis: Analysis, wishes: Wishes) -> None:
        self._analysis = analysis
        self._wishes = wishes
        self._before = {call: _answer(analysis, call) for call in wishes.kept}
        self._statements = {one.place for one in statements(analysis) if one.written.here}
        self._sets: dict[Edits, tuple[Edge, ...]] = {}
        # Edits of statements that an unresolved condition holds: they cannot be made here.
        self._idle: Edits = frozenset()
        self._forbidden: dict[Edits, None] = {}
        self._admins: dict[Node, dict[Edge, None]] = {}

    def run(self) -> Cut:
        """Search until the estate with the edits made has no path and every call works."""
        for _ in range(ROUNDS):
            found = hitting(self._required(), tuple(self._forbidden), self._wishes.most)
            if found.chosen is None:
                break
            after = self._after(found.chosen)
            paths = list(self._paths(after.graph, found.chosen))
            for path in paths:
                self._idle |= self._edits(path) & found.chosen
                self._sets[self._edits(path)] = path
            if not paths and not self._forbid(found.chosen, after):
                return self._done(found, found.chosen)
        return Cut(None, 0, len(self._sets), self._blocked())

    def _blocked(self) -> tuple[Edge, ...]:
        """A path that nothing severs while the calls work, the first one found where no single one is to blame."""
        for edits, path in self._sets.items():
            if hitting((edits - self._idle,), tuple(self._forbidden)).chosen is None:
                return path
        return next(iter(self._sets.values()), ())

    def _done(self, found: Hitting, chosen: Edits) -> Cut:
        ordered = tuple(sorted(chosen, key=lambda edit: edit.key))
        return Cut(ordered, len(ordered) if found.exact else -(-found.bound // MOST_COST), len(self._sets))

    def _after(self, edits: Edits) -> Analysis:
        return Analysis(edited(self._analysis.estate, edits), self._analysis.given) if edits else self._analysis

    def _paths(self, graph: Graph, edits: Edits) -> Iterator[tuple[Edge, ...]]:
        """A shortest path from each start to each thing that is still reached. An administrator stays one until a statement that
        makes it one is gone as a whole."""
        for start in self._wishes.starts:
            radius = graph.radius(start)
            for node in [start, *radius.nodes]:
                path = radius.path(node)
                if path and path[-1].target.kind == ADMIN:
                    self._admins.setdefault(path[-1].source, {})[path[-1]] = None
                if node != start and self._wishes.wanted(node):
                    yield path
                for edge in self._admins.get(node, ()):
                    if self._wishes.wanted(edge.target) and not self._edits((edge,)) & edits:
                        yield (*path, edge)

    def _edits(self, path: tuple[Edge, ...]) -> Edits:
        """The edits each of which takes away what a path rests on."""
        return frozenset(edit for edge in path for rest in edge.rests for edit in self._of(rest))

    def _required(self) -> tuple[Edits, ...]:
        """The sets of which something must go, without edits that turned out to change nothing."""
        return tuple(edits - self._idle for edits in self._sets)

    def _of(self, rest: Rest) -> Iterator[Edit]:
        if rest.place in self._statements:
            yield Edit(How.TAKE, rest.action, rest.place)
            yield Edit(How.TAKE, "", rest.place)
        elif self._attaches(rest.place):
            yield Edit(How.DETACH, "", rest.place)
        if rest.action and rest.principal:
            yield Edit(How.BOUNDARY, rest.action, None, rest.principal)
            if self._wishes.organization:
                yield Edit(How.SCP, rest.action)

    def _attaches(self, place: Place) -> bool:
        return len(place.path) == 2 and place.path[0] == "ManagedPolicyArns"

    def _forbid(self, chosen: Edits, after: Analysis) -> bool:
        """Whether a call stopped working; the fewest of the edits that do this are then forbidden together."""
        broken = [call for call in self._wishes.kept if self._breaks(call, after)]
        for call in broken:
            guilty = chosen
            for edit in sorted(chosen, key=lambda edit: edit.key):
                if self._breaks(call, self._after(guilty - {edit})):
                    guilty -= {edit}
            self._forbidden[guilty] = None
        return bool(broken)

    def _breaks(self, call: Call, after: Analysis) -> bool:
        before, now = self._before[call], _answer(after, call)
        return isinstance(now, No) or (isinstance(before, Yes) and not isinstance(now, Yes))


def _answer(analysis: Analysis, call: Call) -> Verdict:
    words = Words(analysis.access)
    target = words.target(call.resource, call.action)
    return analysis.access.can(words.asker(call.principal), call.action, target).verdict
