"""A policy document that is JSON text, decoded with what plain decoding hides: repeated keys."""

from __future__ import annotations

import json
import re

from lambdaward.iam.language.policy import Fault
from lambdaward.model import Value, pattern

_MOST_DEPTH = 64
_STRINGS = pattern(r'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)  # one that does not end takes the rest
_BRACKETS = pattern(r"[][{}]")


def decode(text: str) -> tuple[Value, list[Fault]]:
    """The document and what is wrong with the text; a text that is no JSON gives `None` and a fault."""
    faults: list[Fault] = []

    def unique(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
        found = dict(pairs)
        if len(found) < len(pairs):
            faults.append(Fault((), "an object has the same key twice"))
        return found

    try:
        if _is_deep(text):
            return None, [Fault((), "nested too deeply to be a policy")]
        return json.loads(text, object_pairs_hook=unique), faults
    except ValueError as error:
        return None, [Fault((), f"not JSON: {error}")]


def _is_deep(text: str) -> bool:
    """Whether the nesting of a JSON text is too deep. Most have too few brackets for that, so that counting them is enough."""
    if text.count("[") + text.count("{") <= _MOST_DEPTH:
        return False
    depth = 0
    for bracket in _BRACKETS.findall(_STRINGS.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > _MOST_DEPTH:
            return True
    return False
