"""What a node leads to, sorted by what it is worth."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from lambdaward.analysis.paths.data import READ, WRITE
from lambdaward.analysis.paths.node import ADMIN, Edge, Node
from lambdaward.analysis.paths.radius import Radius
from lambdaward.model import Estate, Function


class Reached(Struct, frozen=True):
    """One kind of things that are reached, each by the last step of a shortest path to it. `more`: whether there is something
    among them that is not the start's own."""

    key: str
    title: str
    steps: tuple[Edge, ...]
    more: bool


_KINDS: tuple[tuple[str, str, Callable[[Node], bool]], ...] = (
    ("account", "the whole account", lambda node: node.kind == ADMIN),
    ("credentials", "credentials of roles and users", lambda node: node.kind in ("role", "user") and not node.access),
    ("code", "code that can be changed", lambda node: not node.access),
    ("read", "data that can be read", lambda node: node.access == READ),
    ("write", "data that can be changed", lambda node: node.access == WRITE),
)


def grouped(radius: Radius, estate: Estate) -> tuple[Reached, ...]:
    """What is reached, the most dangerous first."""
    function = estate.get(Function, radius.start.id)
    own = function.role.target if function and function.role else None
    groups: dict[str, list[Edge]] = {key: [] for key, _, _ in _KINDS}
    for node in radius.nodes:
        key = next(key for key, _, belongs in _KINDS if belongs(node))
        groups[key].append(radius.last(node))
    found = ((key, title, tuple(groups[key])) for key, title, _ in _KINDS if groups[key])
    return tuple(
        Reached(key, title, steps, any(edge.target.access == "" and edge.target.id != own for edge in steps))
        for key, title, steps in found
    )
