"""Resources that are not in the estate, by their ARNs: one that nobody has heard of, which stands for each of its kind, and
those that policies name.

Partition, Region and account are those that a policy itself names, else those of the principal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from lambdaward.analysis.access.strange import STRANGER
from lambdaward.analysis.arns import fields
from lambdaward.iam import Statement
from lambdaward.model import Text, literal, parts, text

_PART = re.compile(r"\$\{(\w+)\}")
_NAMES = ("Partition", "Region", "Account")
Piece = str | Text
Home = Mapping[str, Piece]


def strangers(template: str, statements: Iterable[Statement], home: Home) -> tuple[Piece, ...]:
    """A resource of a strange name in each place that the statements' resources name: only wildcards match it."""
    places = (where for statement in statements for where in _places(statement, home))
    return tuple(dict.fromkeys(_filled(template, where) for where in places))


def named(template: str, statements: Iterable[Statement], home: Home) -> tuple[Piece, ...]:
    """A resource for each pattern of the statements that begins like the kind's ARNs and says more of the name than that."""
    found: dict[Piece, None] = {}
    for statement in statements:
        for part in statement.resources or () if not statement.not_resource else ():
            arn = fields(part.value)
            if arn and _like(template, arn):
                where = _where(arn, home)
                place = [where[name] if field else "" for name, field in zip(_NAMES, _place(arn), strict=True)]
                found[text("arn:", place[0], ":", arn[2], ":", place[1], ":", place[2], *_concrete(arn[5:]))] = None
    return tuple(found)


def own(template: str) -> Piece:
    """A resource of a strange name in a strange account."""
    return _filled(template, {"Partition": "aws", "Region": "us-east-1", "Account": STRANGER})


def _like(template: str, arn: tuple[Piece, ...]) -> bool:
    """Whether an ARN pattern is about a kind: same service, same beginning of the resource, and a name that is not left open."""
    *_, service, _, _, resource = template.split(":", 5)
    head = _PART.split(resource)[0]
    written = text(*(piece for field in arn[5:] for piece in (":", *parts(field))))
    first = parts(written)[0]
    begins = isinstance(first, str) and first[1:].startswith(head)
    return literal(arn[2]) == service and begins and literal(written) not in (f":{head}*", ":*")


def _places(statement: Statement, home: Home) -> Iterator[Home]:
    for part in statement.resources or ():
        arn = fields(part.value) if not statement.not_resource else ()
        yield _where(arn, home) if arn else home


def _where(arn: tuple[Piece, ...], home: Home) -> Home:
    return {name: _or(written, home[name]) for name, written in zip(_NAMES, _place(arn), strict=True)}


def _place(arn: tuple[Piece, ...]) -> tuple[Piece, Piece, Piece]:
    """The fields of an ARN that say where a resource is: partition, Region, account."""
    return arn[1], arn[3], arn[4]


def _or(field: Piece, otherwise: Piece) -> Piece:
    """A field of an ARN, or another value where it leaves that open."""
    known = literal(field)
    return otherwise if known is not None and (not known or "*" in known or "?" in known) else field


def _filled(template: str, where: Home) -> Piece:
    pieces = _PART.split(template)
    return text(*(where.get(piece, STRANGER) if at % 2 else piece for at, piece in enumerate(pieces)))


def _concrete(rest: tuple[Piece, ...]) -> Iterator[Piece]:
    """The last fields of an ARN, colons before them, with something in the place of their wildcards."""
    for field in rest:
        yield ":"
        for piece in parts(field):
            yield piece.replace("*", STRANGER).replace("?", "x") if isinstance(piece, str) else text(piece)
