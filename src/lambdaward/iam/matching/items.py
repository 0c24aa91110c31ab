"""The items of a pattern: literal texts, wildcards, policy variables and holes.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Union

from msgspec import Struct

from lambdaward.iam.language import Textual
from lambdaward.model import Hole, Text, pattern

_BRACES = pattern(r"\$\{([^{}']*(?:'[^']*'[^{}']*)*)\}")
_FIELDS = 5  # an ARN's variables stand behind its fifth colon


class Wild(Enum):
    """A wildcard."""

    ANY = "*"
    ONE = "?"


class Variable(Struct, frozen=True):
    """The value of a context key; `default` stands in when the request has no such key."""

    key: str
    default: str | None = None


Symbol = Union[str, Wild, Hole]
Item = Union[Symbol, Variable]


def symbols(value: Textual, *, wildcards: bool) -> tuple[Symbol, ...]:
    """Split a value that has no variables."""
    found: list[Symbol] = []
    for piece in value.parts if isinstance(value, Text) else (value,):
        if isinstance(piece, str):
            found += _wild(piece, wildcards=wildcards)
        else:
            found.append(piece)
    return tuple(found)


def items(value: Textual, *, wildcards: bool, resource: bool = False) -> tuple[Item, ...]:
    """Split a value of a policy whose version has variables. In a resource ARN they are variables only behind the fifth colon."""
    pieces = value.parts if isinstance(value, Text) else (value,)
    behind = _FIELDS if resource and isinstance(pieces[0], str) and pieces[0].startswith("arn:") else 0
    found: list[Item] = []
    for piece in pieces:
        if not isinstance(piece, str):
            found.append(piece)
        else:
            found += _split(piece, behind, wildcards=wildcards)
            behind -= piece.count(":")
    return tuple(found)


def _split(piece: str, behind: int, *, wildcards: bool) -> Iterator[Item]:
    """The items of a literal piece; a variable counts with at least `behind` colons before it."""
    position = colons = 0
    for match in _BRACES.finditer(piece):
        read = _variable(match[1])
        colons += piece.count(":", position, match.start())
        if read is None or colons < behind:
            continue
        yield from _wild(piece[position : match.start()], wildcards=wildcards)
        yield read
        position = match.end()
    yield from _wild(piece[position:], wildcards=wildcards)


def _variable(inside: str) -> str | Variable | None:
    """What the inside of braces means: an escaped character, a variable, or nothing."""
    if inside in ("*", "?", "$"):
        return inside
    key, comma, default = (part.strip() for part in inside.partition(","))
    if not key or (comma and not (len(default) > 1 and default[0] == default[-1] == "'")):
        return None
    return Variable(key.lower(), default[1:-1].replace("''", "'") if comma else None)


def _wild(piece: str, *, wildcards: bool) -> Iterator[str | Wild]:
    if not wildcards:
        yield from (piece,) if piece else ()
        return
    for part in re.split(r"([*?])", piece):
        if part:
            yield Wild(part) if part in ("*", "?") else part
