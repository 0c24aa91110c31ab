"""A policy document that is JSON text, decoded with what plain decoding hides: repeated keys."""

from __future__ import annotations

import json

from lambdaward.iam.language.policy import Fault
from lambdaward.model import Value

_MOST_DEPTH = 64


def decode(text: str) -> tuple[Value, list[Fault]]:
    """The document and what is wrong with the text; a text that is no JSON gives `None` and a fault."""
    faults: list[Fault] = []

    def unique(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
        found = dict(pairs)
        if len(found) < len(pairs):
            faults.append(Fault((), "an object has the same key twice"))
        return found

    if _depth(text) > _MOST_DEPTH:
        return None, [Fault((), "nested too deeply to be a policy")]
    try:
        return json.loads(text, object_pairs_hook=unique), faults
    except ValueError as error:
        return None, [Fault((), f"not JSON: {error}")]


def _depth(text: str) -> int:
    """An upper bound of the nesting of a JSON text."""
    deepest = depth = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest
