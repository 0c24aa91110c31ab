"""Nodes and edges: what somebody holds, reads or changes, and how one leads to another."""

from __future__ import annotations

from msgspec import Struct

from lambdaward.model import Fact, Place, ResourceId, Verdict, Yes

ADMIN = "admin"
INTERNET = "internet"


class Node(Struct, frozen=True):
    """Something that an intruder holds, or data. `id` is empty for what is not in the estate, `access` for what is held; of data
    it is `read` or `write`."""

    kind: str
    shown: str
    id: ResourceId | None = None
    access: str = ""


ADMINISTRATOR = Node(ADMIN, "administrator of the account")


class Rest(Struct, frozen=True):
    """A statement that an edge rests on: where it stands, and the action that it allows to a principal. One that is not about
    actions (whom a role trusts, say) names none."""

    place: Place
    action: str = ""
    principal: ResourceId | None = None


class Edge(Struct, frozen=True):
    """How one leads to another: what is done (`method` is its id in the catalogue, where it is one of these) and why that is
    so, or why it is not known. Without any of what it rests on there is no such edge for this reason."""

    source: Node
    target: Node
    how: str
    verdict: Verdict
    method: str = ""
    rests: tuple[Rest, ...] = ()

    @property
    def proof(self) -> tuple[Fact, ...]:
        """The facts of a sure edge."""
        return self.verdict.proof if isinstance(self.verdict, Yes) else ()
