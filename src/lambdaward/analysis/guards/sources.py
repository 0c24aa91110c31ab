"""ARNs of strangers' resources, as services send them: what a condition on `aws:SourceArn` must keep out."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.analysis.access.strange import STRANGE_ACCOUNT, STRANGER
from lambdaward.analysis.arns import fields
from lambdaward.catalog import service
from lambdaward.iam import Statement
from lambdaward.model import Text, literal, parts, text

SOURCE = "aws:sourcearn"


def strange_sources(principal: str, statement: Statement) -> Iterator[str | Text]:
    """A stranger's resource of a service: one of a strange name, and one that goes by each name that the statement's conditions
    give, in their Region. Whoever makes a resource chooses its name, but not its account; a bucket's name is taken."""
    known = service(principal)
    word = known.arns[0] if known and known.arns else principal.split(".", maxsplit=1)[0]
    owner = STRANGE_ACCOUNT if known is None or known.account_in_arn else ""
    yield f"arn:aws:{word}:{'us-east-1' if owner else ''}:{owner}:{STRANGER}"
    for condition in statement.conditions:
        for arn in (fields(part.value) for part in condition.values if condition.key.lower() == SOURCE):
            if arn and (owner or "*" in "".join(part for part in parts(arn[5]) if isinstance(part, str))):
                yield text(
                    "arn:aws:", _some(arn[2], word), ":", _some(arn[3], "us-east-1"), f":{owner}", _filled(arn[5:])
                )


def _some(field: str | Text, otherwise: str) -> str | Text:
    """A field of an ARN, or some value where a wildcard leaves it open."""
    known = literal(field)
    return otherwise if known is not None and ("*" in known or "?" in known) else field


def _filled(fields_: tuple[str | Text, ...]) -> str | Text:
    """The last fields of an ARN, colons before them, with something in the place of their wildcards."""
    pieces = [piece for field in fields_ for piece in (":", *parts(field))]
    return text(*(p.replace("*", STRANGER).replace("?", "x") if isinstance(p, str) else p for p in pieces))
