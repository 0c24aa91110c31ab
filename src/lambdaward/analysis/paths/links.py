"""What each node of a graph leads to in one step: as sets of nodes, each with what tells one edge of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial

from msgspec import Struct

from lambdaward.analysis.access import Access, Principal
from lambdaward.analysis.exposure import Exposure
from lambdaward.analysis.paths.candidate import Candidate, Standing
from lambdaward.analysis.paths.columns import Column, Rows, bits, everywhere
from lambdaward.analysis.paths.data import READ, USES, Use
from lambdaward.analysis.paths.named import Named
from lambdaward.analysis.paths.node import ADMINISTRATOR, INTERNET, Edge, Node, Rest
from lambdaward.analysis.paths.numbers import Numbers
from lambdaward.analysis.paths.paths import Paths
from lambdaward.analysis.paths.powers import Powers
from lambdaward.analysis.paths.way import Way
from lambdaward.analysis.paths.ways import Ways
from lambdaward.catalog import Gain, Relation, What, actions
from lambdaward.catalog.escalation import SELF
from lambdaward.model import Fact, Function, No, ResourceId, ResourcePolicy, Text, Unknown, Verdict, Yes, text

# Whoever may do all of this on any resource owns the account.
_POWERS = (
    "iam:PutRolePolicy",
    "iam:CreateAccessKey",
    "s3:GetObject",
    "lambda:UpdateFunctionCode",
    "kms:ScheduleKeyDeletion",
)
# What a gain gives, as the access of a node: credentials and code are held, data are read.
_KINDS = {What.CREDENTIALS: "", What.CODE: "", What.DATA: READ}


class Link(Struct, frozen=True):
    """Edges from one node. `edge` makes the one to a node of `nodes`."""

    nodes: Rows
    edge: Callable[[int], Edge]


class Links:
    """The links of one estate's nodes; those to `data` where they are wanted."""

    def __init__(self, access: Access, paths: Paths, exposure: Exposure, *, data: bool = True) -> None:
        self._access = access
        self._paths = paths
        self._exposure = exposure
        self._estate = access.estate
        self._wants_data = data
        self._everything = actions().expand_many(_POWERS).mask
        self.numbers = Numbers(access.estate)
        self._named = Named(access)

    def of(self, number: int) -> Iterator[Link]:
        """What a node leads to in one step."""
        node = self.numbers.nodes[number]
        function = self._estate.get(Function, node.id)
        principal = self._access.principal(node.id) if node.kind in ("role", "user") else None
        if node.kind == INTERNET:
            yield from self._single(self._starts(node))
        elif function is not None:
            yield from self._single(self._runs_as(node, function))
        elif principal is not None:
            yield from self._of_principal(node, principal)

    def _single(self, edges: Iterable[Edge]) -> Iterator[Link]:
        """One link for each edge."""
        for edge in edges:
            there = 1 << self.numbers.of(edge.target)
            sure = isinstance(edge.verdict, Yes)
            yield Link(Rows(there, 0) if sure else Rows(0, there), partial(_the_one, edge))

    def _starts(self, node: Node) -> Iterator[Edge]:
        """The functions that anybody can start: from there, a flaw in the code is enough."""
        for function in self._estate.all(Function):
            open_ = self._exposure.anonymous(function)
            if not isinstance(open_, No):
                target = self.numbers.resource("function", function.id)
                yield Edge(node, target, "starts it with any input, and finds a flaw in its code", open_)

    def _runs_as(self, node: Node, function: Function) -> Iterator[Edge]:
        target = function.role.target if function.role else None
        if target is not None and self._access.principal(target) is not None:
            fact = Fact(f"{node.shown} runs as {target.name}", function.place("Role"))
            role = self.numbers.resource("role", target)
            yield Edge(node, role, "reads its credentials from its environment", Yes((fact,)))

    def _of_principal(self, node: Node, principal: Principal) -> Iterator[Link]:
        powers = self._paths.powers(principal)
        if not self._everything & ~powers.freely:
            proof = powers.allowed(_POWERS[0], "*", {})
            rests = tuple(rest for action in _POWERS for rest in _rests(powers.allowed(action, "*", {})))
            yield from self._single([Edge(node, ADMINISTRATOR, "may do everything", proof, rests=rests)])
            return
        for ways in self._paths.open(principal):
            for gain in ways.method.gains:
                if gain.what in _KINDS or self._is_more(gain, ways, powers):
                    yield from self._of_gain(node, ways, gain)
        for use in USES if self._wants_data else ():
            yield from self._of_use(node, powers, use)
        yield from self._single(self._of_name(node, principal))

    def _of_name(self, node: Node, principal: Principal) -> Iterator[Edge]:
        """Roles and functions whose own policies name the principal."""
        for opened in self._named.by(principal):
            if not isinstance(opened.verdict, No):
                target = self.numbers.resource(opened.kind, opened.target)
                yield Edge(node, target, opened.how, opened.verdict, rests=_rests(opened.verdict))

    def _is_more(self, gain: Gain, ways: Ways, powers: Powers) -> bool:
        """Whether a gain makes an administrator of the principal itself."""
        own = gain.what is What.PERMISSIONS and gain.of == "self"
        return own and not powers.bounded and not ways.method.needs

    def _of_gain(self, node: Node, ways: Ways, gain: Gain) -> Iterator[Link]:
        reach = ways.reach(gain)
        if reach is None:
            return
        column, rows, access = reach.table.column(gain.of), reach.rows, _KINDS.get(gain.what, "")
        if column is not None and rows.possible:

            def edge(target: int) -> Edge:
                among = [row for row in self.numbers.among(column, target, access) if rows.possible >> row & 1]
                row = next((row for row in among if rows.sure >> row & 1), among[0])
                return self._by_way(node, ways.to(gain, row))

            yield Link(self.numbers.rows(column, rows, access, reach.table.facts.possible), edge)
        yield from (self._of_way(node, way) for way in reach.others if self._gained(way) != node)

    def _of_way(self, node: Node, way: Way) -> Link:
        there = everywhere(way.open, 1 << self.numbers.of(self._gained(way)))
        return Link(there, lambda _: self._by_way(node, way))

    def _by_way(self, node: Node, way: Way) -> Edge:
        rests = [
            rest
            for step, answer in way.steps
            for rest in _rests(answer, step.action, node.id if step.by == SELF else way.bound[step.by].id)
        ]
        trusts = (
            _rests(answer)
            for fact, answer in zip(way.method.given, way.facts, strict=True)
            if fact.relation is Relation.TRUSTS and fact.to == SELF
        )
        return Edge(
            node,
            self._gained(way),
            way.method.name,
            way.verdict,
            way.method.id,
            (*rests, *(rest for found in trusts for rest in found)),
        )

    def _gained(self, way: Way) -> Node:
        if way.gain.what is What.PERMISSIONS:
            return ADMINISTRATOR
        return Node(way.target.kind, way.target.shown, way.target.id, _KINDS[way.gain.what])

    def _of_use(self, node: Node, powers: Powers, use: Use) -> Iterator[Link]:
        """Data that the policies of the principal open, and those of the data where there are any."""
        column = self._data[use]
        rows = powers.over(use.action, column, {})
        for row in bits(self._guarded[use]):
            rows = rows.but(1 << row, self._opened(powers, use, column.candidates[row]))
        if rows.possible:
            verb = "reads" if use.access == READ else "changes"
            how = f"{verb} it with {use.action}"

            def edge(target: int) -> Edge:
                (row,) = self.numbers.among(column, target, use.access)
                verdict = self._opened(powers, use, column.candidates[row])
                rests = _rests(verdict, use.action, node.id)
                return Edge(node, self.numbers.nodes[target], how, verdict, rests=rests)

            yield Link(self.numbers.rows(column, rows, use.access), edge)

    def _opened(self, powers: Powers, use: Use, data: Candidate) -> Verdict:
        if data.id not in self._behind:
            return powers.allowed(use.action, data.arn, {})
        return self._access.can(powers.principal, use.action, data.arn, powers.usual(data.arn)).verdict

    @cached_property
    def _behind(self) -> frozenset[ResourceId]:
        """The data that have a policy of their own."""
        return frozenset(
            link.target for policy in self._estate.all(ResourcePolicy) for link in policy.subjects if link.target
        )

    @cached_property
    def _guarded(self) -> dict[Use, int]:
        """The rows of these."""
        return {
            use: sum(1 << row for row, one in enumerate(column.candidates) if one.id in self._behind)
            for use, column in self._data.items()
        }

    @cached_property
    def _data(self) -> dict[Use, Column]:
        """The resources of the estate for each use of data."""
        found: dict[Use, list[Candidate]] = {use: [] for use in USES}
        by_type: dict[str, list[Use]] = {}
        for use in USES:
            by_type.setdefault(use.type, []).append(use)
        for identity, resource in self._estate.resources.items():
            for use in by_type.get(resource.type, ()):
                arn = self._access.names.arn(identity)
                unknown = Unknown(f"the ARN of {identity.name} is not known")
                asked = text(arn, use.rest) if isinstance(arn, str | Text) else unknown
                shown = resource.shown or identity.name
                found[use].append(Candidate(use.kind, asked, shown, Standing.HERE, identity))
        return {use: Column(candidates) for use, candidates in found.items()}


def _the_one(edge: Edge, _target: int) -> Edge:
    return edge


def _rests(verdict: Verdict, action: str = "", principal: ResourceId | None = None) -> tuple[Rest, ...]:
    """The statements of a proof."""
    facts = verdict.proof if isinstance(verdict, Yes) else ()
    return tuple(Rest(fact.place, action, principal) for fact in facts if fact.place is not None)
