"""Where a function's layer comes from."""

from __future__ import annotations

from msgspec import Struct

from lambdaward.analysis.arns import account, fields
from lambdaward.catalog import publisher, publishers
from lambdaward.model import Link, literal


class Origin(Struct, frozen=True):
    """A layer of another account: the account and Region as far as they are known, its name, the publisher of such layers from
    that account and Region, and another one whose layers' names begin like it, from other accounts; empty where there is none."""

    account: str
    region: str
    name: str
    publisher: str
    alike: str


# What a name has to begin with to look like a publisher's is only telling when it is as long as this.
_TELLING = 6


def origin(layer: Link) -> Origin:
    """The origin of a layer, as far as its ARN tells."""
    arn = fields(layer.value)
    name = (literal(arn[6]) or "") if len(arn) > 6 else ""
    region = (literal(arn[3]) or "") if arn else ""
    number = account(layer.value)
    known = publisher(number, name, region) if number else ""
    return Origin(number, region, name, known, "" if known else _alike(name))


def _alike(name: str) -> str:
    """The publisher whose layers' names begin like one, in any case."""
    lower = name.lower()
    return next(
        (row.owner for row in publishers() if len(row.layers) >= _TELLING and lower.startswith(row.layers.lower())), ""
    )
