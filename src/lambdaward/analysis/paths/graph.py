"""A graph of what leads to what: functions, roles, users and data of an estate, and being an administrator.

Nodes have numbers and edges are sets of them, so that one search serves all starts. An edge is there where the engine says so,
and its proof is made when somebody asks for it; one that is not settled is kept apart, and no path uses it.
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.analysis.access import Access, Principal
from lambdaward.analysis.exposure import Exposure
from lambdaward.analysis.paths.columns import Rows, bits
from lambdaward.analysis.paths.links import Link, Links
from lambdaward.analysis.paths.node import INTERNET, Edge, Node
from lambdaward.analysis.paths.paths import Paths
from lambdaward.analysis.paths.radius import Radius
from lambdaward.model import Function

_NOWHERE = Rows(0, 0)


class Graph:
    """The graph of one estate. What a node leads to is asked for when a search comes to it. Without `data` it has only what
    somebody can hold: data lead nowhere further."""

    def __init__(self, access: Access, paths: Paths, exposure: Exposure, *, data: bool = True) -> None:
        self.access = access
        self._links = Links(access, paths, exposure, data=data)
        self._leads: dict[int, Rows] = {}
        self._found: dict[int, tuple[Link, ...]] = {}
        self._next: dict[int, tuple[int, ...]] = {}
        self._expanded = 0

    def node(self, start: Function | Principal) -> Node:
        """The node of a function (somebody controls its code) or of a principal (somebody has its credentials)."""
        return self._links.numbers.resource(type(start).__name__.lower(), start.id)

    @property
    def internet(self) -> Node:
        """The node of anybody on the internet."""
        return Node(INTERNET, "anybody on the internet")

    def radius(self, start: Node) -> Radius:
        """Everything that a node leads to. What an administrator leads to is not listed: it is everything."""
        layers, seen = [], 0
        sets: tuple[int, ...] = (1 << self.number(start),)
        while sets:
            layer = 0
            for some in sets:
                layer |= some
            layers.append(layer & ~seen)
            seen |= layer
            self._expand(layers[-1])
            ahead = dict.fromkeys(there for some in sets for there in self._ahead(some))
            sets = tuple(some for some in ahead if some & ~seen)
        return Radius(self, start, tuple(layers))

    def next(self, node: Node) -> Iterator[Node]:
        """What a node surely leads to in one step."""
        return self.nodes(self._leading(self.number(node)).sure)

    def nodes(self, numbers: int) -> Iterator[Node]:
        """The nodes of a set of numbers."""
        return map(self._links.numbers.nodes.__getitem__, bits(numbers))

    def number(self, node: Node) -> int:
        """The number of a node."""
        return self._links.numbers.of(node)

    def before(self, number: int, among: int) -> int:
        """The first of some nodes that surely leads to one. Raises `StopIteration` when none does."""
        return next(
            one for one in bits(among & self._links.numbers.expandable) if self._leading(one).sure >> number & 1
        )

    def edge(self, source: int, target: int) -> Edge:
        """The edge between two nodes that are joined: a sure one where there is one."""
        self._leading(source)
        links = self._found[source]
        sure = (link for link in links if link.nodes.sure >> target & 1)
        link = next(sure, None) or next(link for link in links if link.nodes.open >> target & 1)
        return link.edge(target)

    def unsettled(self, number: int) -> int:
        """The numbers of the nodes that a node may lead to, where that is not known."""
        return self._leading(number).open

    def _ahead(self, some: int) -> tuple[int, ...]:
        """Sets of nodes that together are all that some nodes surely lead to. Many starts come to the same sets, and from
        there to the same ones again."""
        if some not in self._next:
            numbers = list(bits(some & self._links.numbers.expandable))
            every = 0
            for number in numbers:
                every |= self._leading(number).sure
            apart = [link.nodes.sure for link in self._found[numbers[0]]] if len(numbers) == 1 else [every]
            self._next[some] = tuple(filter(None, dict.fromkeys(apart)))
        return self._next[some]

    def _expand(self, layer: int) -> None:
        """Ask what the nodes of a layer lead to, in their order: it decides which numbers their nodes get."""
        for number in bits(layer & self._links.numbers.expandable & ~self._expanded):
            self._leading(number)
        self._expanded |= layer

    def _leading(self, number: int) -> Rows:
        if number not in self._leads:
            found = tuple(self._links.of(number))
            leads = _NOWHERE
            for link in found:
                leads |= link.nodes
            itself = ~(1 << number)
            self._leads[number] = Rows(leads.sure & itself, leads.open & itself)
            self._found[number] = found
        return self._leads[number]
