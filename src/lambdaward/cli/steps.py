"""Steps of attack paths for people and for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lambdaward.analysis.access import Access
from lambdaward.analysis.paths import ADMIN, INTERNET, WRITE, Edge, Graph, Node
from lambdaward.cli.answers import place
from lambdaward.model import Estate, Fact, FileOrigin, LiveOrigin, Unsure
from lambdaward.reports.text import visible


def starting(graph: Graph, word: str) -> Node:
    """The node that a word means: a function, a role or a user by its name or ARN, or `internet`. Raises `UsageError`."""
    from lambdaward.analysis.access import Words  # noqa: PLC0415 - only for a start by name
    from lambdaward.model import UsageError  # noqa: PLC0415 - as above

    if word == INTERNET:
        return graph.internet
    asker = Words(graph.access).asker(word)
    start = asker.function or asker.principal
    if start is None:
        raise UsageError(f"`{word}` is no function, role or user that was read")
    return graph.node(start)


def is_wanted(node: Node, target: str | None, access: Access) -> bool:
    """Whether a path's end is asked for. Without a target that is all but the roles of the estate on the way, and data that can
    only be changed."""
    if target is None:
        return node.access != WRITE and (node.kind != "role" or node.id is None)
    if target.startswith("arn:"):
        return node.id is not None and access.questions.targets.of(target).id == node.id
    return target in (node.kind, node.shown, node.id.name if node.id else "")


def meaningless(target: str | None, access: Access) -> str:
    """What to say of a target that is nothing that was read, so that a slip is not taken for safety; empty when it is."""
    if target is None or target == ADMIN:
        return ""
    if target.startswith("arn:"):
        known = access.questions.targets.of(target).id is not None
        return "" if known else f"`{target}` is nothing that was read"
    resources = access.estate.resources.values()
    if any(target in (resource.id.name, resource.shown) for resource in resources):
        return ""
    return f"nothing that was read is called `{target}`; it is taken for a kind (function, role, secret, ...)"


def lines(edge: Edge, estate: Estate) -> Iterator[str]:
    """The proof of a step, one line for each fact."""
    for fact in edge.proof:
        yield visible(f"{fact.text}{_where(fact, estate)}")


def reasons(edge: Edge) -> str:
    """Why a step is not settled."""
    unknowns = edge.verdict.unknowns if isinstance(edge.verdict, Unsure) else ()
    return "; ".join(dict.fromkeys(unknown.reason for unknown in unknowns))


def how(edge: Edge) -> str:
    """What is done in a step, with the id of the method."""
    return visible(f"{edge.how}{f' ({edge.method})' if edge.method else ''}")


def data(edge: Edge, estate: Estate) -> dict[str, Any]:
    """A step as JSON."""
    unknowns = edge.verdict.unknowns if isinstance(edge.verdict, Unsure) else ()
    return {
        "from": edge.source.shown,
        "to": edge.target.shown,
        "kind": edge.target.kind,
        "access": edge.target.access,
        "how": edge.how,
        "method": edge.method,
        "proof": [
            {"text": fact.text, **place(estate.origin(fact.place) if fact.place else None)} for fact in edge.proof
        ],
        "unknowns": [unknown.reason for unknown in unknowns],
    }


def _where(fact: Fact, estate: Estate) -> str:
    match estate.origin(fact.place) if fact.place else None:
        case FileOrigin() as origin:
            return f"  ({origin.file}:{origin.line})"
        case LiveOrigin() as origin:
            return f"  ({origin.arn})"
    return ""
