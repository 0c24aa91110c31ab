"""Resources that nobody has heard of: whoever may act on one of these may act on every resource of its kind.

The name is made of characters that no policy contains, so only a wildcard matches it. Partition, Region and account are those
that the policy itself names, so that a grant for one Region counts as one for everything in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lambdaward.analysis.arns import fields
from lambdaward.catalog import Action, actions
from lambdaward.iam import Statement
from lambdaward.model import Text, literal, text

_PART = re.compile(r"\$\{(\w+)\}")
_NAME = "\ue0a1\ue0a2\ue0a3"
_SOMEWHERE = {"Partition": "aws", "Region": "us-east-1", "Account": "000000000000"}
Where = tuple[tuple[str, str | Text], ...]


def strangers(action: str, statement: Statement) -> Iterator[str | Text]:
    """An unheard-of resource of each type that an action works on, in each place that a statement's resources name; none for
    an action that no resource can limit."""
    for where in dict.fromkeys(_places(statement)):
        named = dict(where)
        for pieces in _types(action):
            yield text(*(named.get(piece, _NAME) if is_part else piece for is_part, piece in pieces))


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
def _types(action: str) -> tuple[tuple[tuple[bool, str], ...], ...]:
    """The ARN of each type in pieces, each with whether it is the name of a part that varies."""
    known = actions().action(action)
    service = action.partition(":")[0]
    arns: tuple[str, ...] = (f"arn:${{Partition}}:{service}:${{Region}}:${{Account}}:${{Name}}",)
    if isinstance(known, Action) and known.targets is not None:
        arns = tuple(dict.fromkeys(target.type.arn for target in known.targets))
    return tuple(tuple(zip((False, True) * len(arn), _PART.split(arn), strict=False)) for arn in arns)
