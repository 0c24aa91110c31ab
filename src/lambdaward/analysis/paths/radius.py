"""What one node of a graph leads to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from lambdaward.analysis.paths.columns import bits
from lambdaward.analysis.paths.node import Edge, Node

if TYPE_CHECKING:
    from lambdaward.analysis.paths.graph import Graph


class Radius:
    """Everything that `start` leads to, the nearest first. Paths and their proofs are made when they are asked for."""

    def __init__(self, graph: Graph, start: Node, layers: tuple[int, ...], unsure: Mapping[int, int]) -> None:
        self._graph = graph
        self.start = start
        self._layers = layers
        self._unsure = unsure

    @property
    def nodes(self) -> Iterator[Node]:
        """What is reached, without the start."""
        return (node for layer in self._layers[1:] for node in self._graph.nodes(layer))

    def path(self, node: Node) -> tuple[Edge, ...]:
        """A shortest chain of edges from the start. Raises `KeyError` for a node that is not reached."""
        number = self._graph.number(node)
        depth = next((depth for depth, layer in enumerate(self._layers) if layer >> number & 1), None)
        if depth is None:
            raise KeyError(node)
        edges: list[Edge] = []
        for layer in reversed(self._layers[:depth]):
            before = self._graph.before(number, layer)
            edges.append(self._graph.edge(before, number))
            number = before
        return tuple(reversed(edges))

    @property
    def paths(self) -> Mapping[Node, tuple[Edge, ...]]:
        """For each node reached a shortest path."""
        return {node: self.path(node) for node in self.nodes}

    @property
    def unsure(self) -> tuple[Edge, ...]:
        """One edge to each node that is reached by no path, from each node that may lead there."""
        return tuple(
            self._graph.edge(source, target) for source, open_ in self._unsure.items() for target in bits(open_)
        )
