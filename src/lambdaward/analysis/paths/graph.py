"""A graph of what leads to what: functions, roles, users and data of an estate, and being an administrator.

An edge is there where the engine says so, with its proof; one that is not settled is kept apart, and no path uses it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct

from lambdaward.analysis.access import Access, Principal
from lambdaward.analysis.paths.candidate import Candidate
from lambdaward.analysis.paths.paths import Paths
from lambdaward.analysis.paths.ways import Way
from lambdaward.catalog import What, actions
from lambdaward.model import Fact, Function, No, ResourceId, Text, Unknown, Verdict, Yes, text

ADMIN = "admin"
# What is read, by type: the action, and what stands behind the resource's own ARN when it is asked about.
READS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "AWS::DynamoDB::Table": ("table", "dynamodb:GetItem", ""),
        "AWS::S3::Bucket": ("bucket", "s3:GetObject", "/*"),
        "AWS::SQS::Queue": ("queue", "sqs:ReceiveMessage", ""),
        "AWS::SecretsManager::Secret": ("secret", "secretsmanager:GetSecretValue", ""),
    }
)
# Whoever may do all of this on any resource owns the account.
_POWERS = (
    "iam:PutRolePolicy",
    "iam:CreateAccessKey",
    "s3:GetObject",
    "lambda:UpdateFunctionCode",
    "kms:ScheduleKeyDeletion",
)


class Node(Struct, frozen=True):
    """Something that an intruder holds or reads. `id` is empty for what is not in the estate."""

    kind: str
    shown: str
    id: ResourceId | None = None


class Edge(Struct, frozen=True):
    """How one leads to another: what is done (`method` is its id in the catalogue, where it is one of these) and why that is
    so, or why it is not known."""

    source: Node
    target: Node
    how: str
    verdict: Verdict
    method: str = ""

    @property
    def proof(self) -> tuple[Fact, ...]:
        """The facts of a sure edge."""
        return self.verdict.proof if isinstance(self.verdict, Yes) else ()


class Radius(Struct, frozen=True):
    """What one node leads to: for each node reached the shortest path, and the edges that are not settled."""

    paths: Mapping[Node, tuple[Edge, ...]]
    unsure: tuple[Edge, ...]


class Graph:
    """The graph of one estate. Edges are asked for when a search comes to them."""

    def __init__(self, access: Access, paths: Paths) -> None:
        self._access = access
        self._estate = access.estate
        self._paths = paths
        self._edges: dict[Node, tuple[Edge, ...]] = {}

    def node(self, function: Function) -> Node:
        """The node of a function: somebody controls its code."""
        return Node("function", function.shown or function.id.name, function.id)

    def radius(self, start: Node) -> Radius:
        """Everything that a node leads to. What an administrator leads to is not listed: it is everything."""
        found: dict[Node, tuple[Edge, ...]] = {start: ()}
        unsure: dict[Edge, None] = {}
        waiting = deque([start])
        while waiting:
            node = waiting.popleft()
            for edge in self.edges(node):
                if not isinstance(edge.verdict, Yes):
                    unsure[edge] = None
                elif edge.target not in found:
                    found[edge.target] = (*found[node], edge)
                    waiting.append(edge.target)
        del found[start]
        return Radius(found, tuple(edge for edge in unsure if edge.target not in found and edge.target != start))

    def edges(self, node: Node) -> tuple[Edge, ...]:
        """What a node leads to in one step."""
        if node not in self._edges:
            self._edges[node] = tuple(self._found(node))
        return self._edges[node]

    def _found(self, node: Node) -> Iterator[Edge]:
        function = self._estate.get(Function, node.id)
        if function is not None:
            yield from self._runs_as(node, function)
        principal = self._access.principal(node.id) if node.kind in ("role", "user") else None
        if principal is not None:
            yield from self._of_principal(node, principal)

    def _runs_as(self, node: Node, function: Function) -> Iterator[Edge]:
        target = function.role.target if function.role else None
        if target is not None and self._access.principal(target) is not None:
            fact = Fact(f"{node.shown} runs as {target.name}", function.place("Role"))
            yield Edge(node, self._resource("role", target), "reads its credentials from its environment", Yes((fact,)))

    def _of_principal(self, node: Node, principal: Principal) -> Iterator[Edge]:
        powers = self._paths.powers(principal)
        everything = actions().expand_many(_POWERS).mask
        if powers.freely & everything == everything:
            proof = powers.allowed(_POWERS[0], "*", {})
            yield Edge(node, Node(ADMIN, "administrator of the account"), "may do everything", proof)
            return
        for way in self._paths.all(principal):
            target = self._gained(way, bounded=powers.bounded)
            if target is not None and target != node:
                yield Edge(node, target, way.method.name, way.verdict, way.method.id)
        yield from self._reads(node, principal)

    def _gained(self, way: Way, *, bounded: bool) -> Node | None:
        match way.gain.what:
            case What.CREDENTIALS | What.CODE:
                return self._of(way.target)
            case What.PERMISSIONS if way.gain.of == "self" and not bounded and not way.method.needs:
                return Node(ADMIN, "administrator of the account")
        return None

    def _of(self, target: Candidate) -> Node:
        return Node(target.kind, target.shown, target.id)

    def _resource(self, kind: str, identity: ResourceId) -> Node:
        return Node(kind, self._estate.resources[identity].shown or identity.name, identity)

    def _reads(self, node: Node, principal: Principal) -> Iterator[Edge]:
        """Data that the policies of the principal open; what a resource's own policy opens is not asked."""
        powers = self._paths.powers(principal)
        for identity, resource in self._estate.resources.items():
            kind, action, rest = READS.get(resource.type, ("", "", ""))
            number = actions().index(action) if kind else Unknown("")
            if isinstance(number, Unknown) or not powers.may >> number & 1:
                continue
            arn = self._access.names.arn(identity)
            asked = (
                text(arn, rest) if isinstance(arn, str | Text) else Unknown(f"the ARN of {identity.name} is not known")
            )
            verdict = powers.allowed(action, asked, {})
            if not isinstance(verdict, No):
                yield Edge(node, self._resource(kind, identity), f"reads it with {action}", verdict)
