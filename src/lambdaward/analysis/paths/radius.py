"""What one node of a graph leads to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from lambdaward.analysis.paths.columns import bits
from lambdaward.analysis.paths.node import Edge, Node

if TYPE_CHECKING:
    from lambdaward.analysis.paths.graph import Graph


class Radius:
    """Everything that `start` leads to, the nearest first. Paths and their proofs are made when they are asked for."""

    def __init__(self, graph: Graph, start: Node, layers: tuple[int, ...]) -> None:
        self._graph = graph
        self.start = start
        self._layers = layers

    @property
    def nodes(self) -> Iterator[Node]:
        """What is reached, without the start."""
        return (node for layer in self._layers[1:] for node in self._graph.nodes(layer))

    def path(self, node: Node) -> tuple[Edge, ...]:
        """A shortest chain of edges from the start. Raises `KeyError` for a node that is not reached."""
        edges = [] if node == self.start else [self.last(node)]
        while edges and edges[-1].source != self.start:
            edges.append(self.last(edges[-1].source))
        return tuple(reversed(edges))

    def last(self, node: Node) -> Edge:
        """The last edge of that chain. Raises `KeyError` for a node that is not reached, and for the start."""
        number = self._graph.number(node)
        for before, layer in pairwise(self._layers):
            if layer >> number & 1:
                return self._graph.edge(self._graph.before(number, before), number)
        raise KeyError(node)

    @property
    def paths(self) -> Mapping[Node, tuple[Edge, ...]]:
        """For each node reached a shortest path."""
        return {node: self.path(node) for node in self.nodes}

    @property
    def unsure(self) -> tuple[Edge, ...]:
        """One edge to each node that is reached by no path, from each node that may lead there."""
        graph, reached = self._graph, 0
        for layer in self._layers:
            reached |= layer
        sources = (source for layer in self._layers for source in bits(layer))
        return tuple(
            graph.edge(source, target) for source in sources for target in bits(graph.unsettled(source) & ~reached)
        )
