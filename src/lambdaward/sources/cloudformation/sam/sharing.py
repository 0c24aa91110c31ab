"""What several resources share: the condition under which it is there, and how well it is kept."""

from __future__ import annotations

from collections.abc import Sequence

from lambdaward.sources.cloudformation.node import Node
from lambdaward.sources.cloudformation.sam.building import build
from lambdaward.sources.cloudformation.sam.reading import text
from lambdaward.sources.cloudformation.sam.stack import Stack

MOST = 10
STRICTEST = ("Retain", "Snapshot", "Delete")


def any_of(stack: Stack, name: str, conditions: Sequence[Node | None]) -> Node | None:
    """The condition that one of several holds; `None` when one of the resources does not depend on any. `Fn::Or` takes ten
    conditions, so that more make a chain, whose last one has the plain name.
    """
    named = {text(condition): condition for condition in conditions}
    if "" in named or not named:
        return None
    if len(named) == 1:
        return next(iter(named.values()))
    at = next(condition.span for condition in named.values() if condition is not None)
    left = sorted(named)
    count = (len(left) - 2) // (MOST - 1)
    while len(left) > 1:
        step = f"{name}{count}" if count else name
        stack.condition(step, {"Fn::Or": [{"Condition": part} for part in left[:MOST]]}, at)
        left, count = [*left[MOST:], step], count - 1
    return build(name, at)


def strictest(policies: Sequence[Node | None]) -> Node | None:
    """Of several deletion policies the one that keeps most; `None` when there is none."""
    found = {text(policy): policy for policy in policies}
    return next((found[name] for name in STRICTEST if name in found), None)
