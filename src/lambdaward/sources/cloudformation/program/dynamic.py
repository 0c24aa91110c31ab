"""Dynamic references: `{{resolve:service:key}}`, which CloudFormation replaces at deployment."""

from __future__ import annotations

import re

from lambdaward.model import Dynamic, Hole, Text, Value, text

_REFERENCE = re.compile(r"\{\{resolve:(ssm|ssm-secure|secretsmanager):([^{}]{1,2048})\}\}")


def dynamic(value: str | Text) -> Value:
    """A text with its dynamic references as holes. A reference may itself have holes: `{{resolve:ssm:${Name}}}`."""
    flat, inner = _flatten(value)
    found: list[str | Hole | Text] = []
    position = 0
    for match in _REFERENCE.finditer(flat):
        found += [_restore(flat[position : match.start()], inner), Dynamic(match[1], _restore(match[2], inner))]
        position = match.end()
    return text(*found, _restore(flat[position:], inner))


def _flatten(value: str | Text) -> tuple[str, list[Hole]]:
    """The text with each hole as one private character, and the holes in order."""
    if isinstance(value, str):
        return value, []
    inner = [part for part in value.parts if not isinstance(part, str)]
    numbers = iter(range(len(inner)))
    return "".join(p if isinstance(p, str) else chr(0xF0000 + next(numbers)) for p in value.parts), inner


def _restore(flat: str, inner: list[Hole]) -> str | Text:
    if not inner:
        return flat
    return text(*(inner[ord(c) - 0xF0000] if 0 <= ord(c) - 0xF0000 < len(inner) else c for c in flat))
