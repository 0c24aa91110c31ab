"""What is behind a layer: whose code it runs in, with which roles, and what these reach."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from lambdaward.model import Estate, Function, Link, Role, show

if TYPE_CHECKING:
    from lambdaward.analysis.paths import Graph, Node

MOST = 5


class Behind(Struct, frozen=True):
    """What somebody has who decides what is in a layer: the functions that run it, their roles, and everything they lead to.
    `possible` are functions of which a condition decides whether they use it; `open` counts what is not settled."""

    name: str
    link: Link
    functions: tuple[Function, ...]
    roles: tuple[str, ...]
    reached: tuple[Node, ...]
    possible: tuple[Function, ...] = ()
    open: int = 0

    @property
    def facts(self) -> tuple[str, ...]:
        """That, for people: one sentence each for functions and roles, and for what is reached."""
        runs = f"it runs in {_listed([function.shown for function in self.functions])}"
        first = runs + (f", with {_listed(self.roles)}" if self.roles else "")
        told = (f"{node.kind} {node.shown}" for node in self.reached if node.shown not in self.roles)
        more = list(dict.fromkeys(told))
        return (first, f"from there one reaches {_listed(more)}") if more else (first,)


class Layers:
    """The layers of an estate's functions. The graph is made when somebody asks what is behind one."""

    def __init__(self, estate: Estate, graph: Callable[[], Graph]) -> None:
        self._estate = estate
        self._graph = graph
        self._behind: dict[str, Behind] = {}

    @cached_property
    def used(self) -> Mapping[str, tuple[tuple[Function, Link], ...]]:
        """Every layer by its name, own ones by their identity, others as they are written, with who uses it."""
        found: dict[str, list[tuple[Function, Link]]] = {}
        for function in self._estate.all(Function):
            for link in function.layers:
                found.setdefault(name_of(link), []).append((function, link))
        return {name: tuple(uses) for name, uses in sorted(found.items())}

    def behind(self, link: Link) -> Behind:
        """What is behind one layer."""
        name = name_of(link)
        if name not in self._behind:
            self._behind[name] = self._found(name, self.used[name])
        return self._behind[name]

    def _found(self, name: str, uses: tuple[tuple[Function, Link], ...]) -> Behind:
        functions = tuple({function.id: function for function, link in uses if not link.possible}.values())
        possible = tuple({function.id: function for function, link in uses if link.possible}.values())
        graph = self._graph()
        radii = [graph.radius(graph.node(function)) for function in functions]
        reached = dict.fromkeys(node for radius in radii for node in radius.nodes)
        roles = (self._estate.follow(Role, function.role) for function in functions)
        shown = tuple(dict.fromkeys(role.shown for role in roles if role is not None))
        unsure = sum(len(radius.unsure) for radius in radii)
        return Behind(name, uses[0][1], functions, shown, tuple(reached), possible, unsure)


def name_of(link: Link) -> str:
    """What a layer is called: its ARN where that is written, the identity of an own one, else what is written."""
    return str(link.target) if link.target and not isinstance(link.value, str) else show(link.value)


def _listed(names: Iterable[str]) -> str:
    """Some names for people."""
    found = list(names)
    return ", ".join(found[:MOST]) + (f" and {len(found) - MOST} more" if len(found) > MOST else "")
