"""Resources that nobody has heard of: whoever may act on one of these may act on every resource of its kind.

The name is made of characters that no policy contains, so only a wildcard matches it. Partition, Region and account are those
that the policy itself names, so that a grant for one Region counts as one for everything in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from lambdaward.analysis.arns import fields
from lambdaward.catalog import Action, actions
from lambdaward.iam import Statement
from lambdaward.model import Text, literal, text

_PART = re.compile(r"\$\{(\w+)\}")
_NAME = "\ue0a1\ue0a2\ue0a3"
_SOMEWHERE = {"Partition": "aws", "Region": "us-east-1", "Account": "000000000000"}
Where = tuple[tuple[str, str | Text], ...]
Pieces = tuple[tuple[bool, str], ...]
Kinds = tuple[tuple[Pieces, ...], ...]
Place = Mapping[str, str | Text]


def strangers(kinds: Kinds, places: Iterable[Place]) -> Iterator[tuple[str | Text, ...]]:
    """For each resource type that an action cannot do without, an unheard-of resource in each place. Types of which any one
    will do come as one. None for an action that no resource can limit."""
    for types in kinds:
        yield tuple(_named(pieces, place) for pieces in types for place in places)


def places(statement: Statement) -> tuple[Place, ...]:
    """The places that a statement's resources name: partition, Region and account."""
    return tuple(dict(where) for where in dict.fromkeys(_places(statement)))


def _named(pieces: Pieces, place: Place) -> str | Text:
    return text(*(place.get(piece, _NAME) if is_part else piece for is_part, piece in pieces))


def _places(statement: Statement) -> Iterator[Where]:
    for part in statement.resources or ():
        arn = fields(part.value) if not statement.not_resource else ()
        named = {"Partition": arn[1], "Region": arn[3], "Account": arn[4]} if arn else {}
        yield tuple((key, _certain(named.get(key, ""), somewhere)) for key, somewhere in _SOMEWHERE.items())


def _certain(field: str | Text, somewhere: str) -> str | Text:
    """A field of an ARN, or some value where the policy leaves it open."""
    known = literal(field)
    return somewhere if known is not None and (not known or "*" in known or "?" in known) else field


@cache
def kinds(action: str) -> Kinds:
    """The ARNs of an action's types: each required type by itself, else all together."""
    known = actions().action(action)
    if not isinstance(known, Action) or known.targets is None:
        service = action.partition(":")[0]
        return ((_pieces(f"arn:${{Partition}}:{service}:${{Region}}:${{Account}}:${{Name}}"),),)
    required = dict.fromkeys(target.type.arn for target in known.targets if target.required)
    if required:
        return tuple((_pieces(arn),) for arn in required)
    return (tuple(_pieces(arn) for arn in dict.fromkeys(target.type.arn for target in known.targets)),)


def _pieces(arn: str) -> Pieces:
    """An ARN in pieces, each with whether it is the name of a part that varies."""
    return tuple(zip((False, True) * len(arn), _PART.split(arn), strict=False))
