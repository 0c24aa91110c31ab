"""Which resource types an ARN may be of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lambdaward.catalog.details import ResourceType
from lambdaward.catalog.universe import Universe, actions
from lambdaward.model import Unknown

_LONGEST = 2048
_HOLE = re.compile(r"(\$\{[^}]*\}|\*)")


def resource_types_of(arn: str) -> tuple[ResourceType, ...] | Unknown:
    """The resource types that an ARN may be of, the most exact first: `arn:aws:lambda:eu-west-1:1:function:f:live` is an alias,
    or a version, of a function. ARNs of other services than the type's own count too: `sts` acts on roles of `iam`."""
    parts = arn.split(":", 5)
    if len(parts) < 6 or parts[0] != "arn" or len(arn) > _LONGEST:
        return Unknown(f"`{arn[:80]}` is no ARN", "write `arn:partition:service:region:account:resource`")
    found = [kind for kind in _types(actions(), parts[2]) if _shape(kind.arn).fullmatch(arn)]
    if not found:
        return Unknown(f"`{arn[:80]}` is of no resource type that the catalogue lists", "update lambdaward")
    return tuple(sorted(found, key=lambda kind: (-len(_HOLE.sub("", kind.arn)), kind.service != parts[2])))


def _types(universe: Universe, segment: str) -> Iterator[ResourceType]:
    for service in universe.services_of(segment):
        types = universe.resource_types(service)
        if not isinstance(types, Unknown):
            yield from (kind for kind in types if kind.arn.split(":")[2] == segment)


@cache
def _shape(template: str) -> re.Pattern[str]:
    """A regular expression for the ARNs of a template. A part that varies ends where the template's next character stands for
    the first time; one at the end takes everything."""
    pieces = _HOLE.split(template)
    return re.compile("".join(_piece(pieces, number) for number in range(len(pieces))), re.DOTALL)


def _piece(pieces: list[str], number: int) -> str:
    if number % 2 == 0:
        return re.escape(pieces[number])
    stop = next((piece[0] for piece in pieces[number + 1 :: 2] if piece), "")
    return ".*" if pieces[number] == "*" or not stop else f"[^{re.escape(stop)}]*+"
