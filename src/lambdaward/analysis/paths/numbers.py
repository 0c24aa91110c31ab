"""The numbers of a graph's nodes, so that a set of nodes is an integer."""

from __future__ import annotations

from lambdaward.analysis.paths.columns import Column, Rows, bits
from lambdaward.analysis.paths.node import Node
from lambdaward.model import Estate, ResourceId

_HELD = frozenset({"function", "role", "user", "internet"})


class Numbers:
    """The nodes that were met, in order. `expandable` are those that may lead anywhere."""

    def __init__(self, estate: Estate) -> None:
        self._estate = estate
        self.nodes: list[Node] = []
        self.expandable = 0
        self._known: dict[Node, int] = {}
        self._columns: dict[tuple[Column, str], dict[int, int]] = {}
        self._numbered: dict[tuple[Column, str], int] = {}
        self._sets: dict[tuple[Column, str, int], int] = {}

    def of(self, node: Node) -> int:
        """The number of a node."""
        if node not in self._known:
            self._known[node] = len(self.nodes)
            self.nodes.append(node)
            if node.kind in _HELD and not node.access:
                self.expandable |= 1 << self._known[node]
        return self._known[node]

    def resource(self, kind: str, identity: ResourceId, access: str = "") -> Node:
        """The node of a resource of the estate."""
        return Node(kind, self._estate.resources[identity].shown or identity.name, identity, access)

    def rows(self, column: Column, rows: Rows, access: str = "", among: int = -1) -> Rows:
        """The nodes of the resources in some rows. `among` are the rows that get numbers, in their order, when any does."""
        self._number(column, access, among & column.everything)
        return Rows(self._set(column, access, rows.sure), self._set(column, access, rows.open))

    def among(self, column: Column, number: int, access: str = "") -> list[int]:
        """The rows of a node."""
        return [row for row, one in self._columns[column, access].items() if one == number]

    def _set(self, column: Column, access: str, rows: int) -> int:
        key = column, access, rows
        if key not in self._sets:
            numbered = self._columns[column, access]
            found = 0
            for row in bits(rows):
                found |= 1 << numbered[row]
            self._sets[key] = found
        return self._sets[key]

    def _number(self, column: Column, access: str, rows: int) -> None:
        numbered = self._columns.setdefault((column, access), {})
        key = column, access
        for row in bits(rows & ~self._numbered.get(key, 0)):
            one = column.candidates[row]
            numbered[row] = self.of(Node(one.kind, one.shown, one.id, access))
        self._numbered[key] = self._numbered.get(key, 0) | rows
