"""What is dangerous among permissions: ways to more of them, data that can be read, and grants without limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from lambdaward.analysis.access import Access, Asker
from lambdaward.analysis.paths import USES, Paths
from lambdaward.analysis.permissions.cells import Cell, Where
from lambdaward.catalog import Level, What, actions
from lambdaward.model import Fact, Yes

_GAINS = (What.CREDENTIALS, What.CODE, What.PERMISSIONS)
# Whoever may do all of this on any resource owns the account.
_POWERS = ("iam:PutRolePolicy", "iam:CreateAccessKey", "s3:GetObject", "lambda:UpdateFunctionCode")
# What every function does: write logs and traces.
_ORDINARY = (
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
)
_MOST_SERVICES, _MOST_NAMES = 12, 3
_CHANGING = (Level.PERMISSIONS, Level.WRITE)


class Danger(Struct, frozen=True):
    """Something dangerous: its kind (`administrator`, `escalation`, `data` or `without limit`), what it is, and its proof."""

    kind: str
    text: str
    proof: tuple[Fact, ...] = ()


def dangers(access: Access, paths: Paths, asker: Asker, cells: Iterable[Cell]) -> Iterator[Danger]:
    """The dangers of what a principal may do."""
    listed = tuple(cells)
    every = next((cell.sets.sure for cell in listed if cell.where is Where.EVERY), 0)
    powers = actions().expand_many(_POWERS).mask
    if every & powers == powers:
        proof = access.can(asker, _POWERS[0], "*").verdict
        yield Danger("administrator", "may do everything that matters in the account", getattr(proof, "proof", ()))
        return
    yield from _escalations(paths, asker)
    yield from _data(listed)
    yield from _wide(every)


def _escalations(paths: Paths, asker: Asker) -> Iterator[Danger]:
    """The methods that are surely open, each with the first resource that it reaches."""
    if asker.principal is None:
        return
    for ways in paths.open(asker.principal):
        way = ways.best(_GAINS)
        if way is not None and isinstance(way.verdict, Yes):
            yield Danger("escalation", f"{way.method.name}: {way.target.shown} ({way.method.id})", way.verdict.proof)


def _data(cells: Iterable[Cell]) -> Iterator[Danger]:
    reading = actions().expand_many(use.action for use in USES if use.access == "read").mask
    for cell in cells:
        found = tuple(actions().names(cell.sets.sure & reading))
        if found:
            yield Danger("data", f"reads {cell.shown}: {', '.join(found)}")


def _wide(every: int) -> Iterator[Danger]:
    """Services of which something may be changed on every resource."""
    changing = 0
    for level in _CHANGING:
        changing |= actions().levels[level]
    wide = changing & every & ~actions().expand_many(_ORDINARY).mask
    masks = {service: actions().service_mask(service) for service in actions().services}
    found = {service: mask & wide for service, mask in masks.items() if isinstance(mask, int) and mask & wide}
    if len(found) > _MOST_SERVICES:
        text = f"{wide.bit_count():,} changing actions of {len(found)} services on every resource"
        yield Danger("without limit", text)
        return
    for service, some in found.items():
        names = [name.partition(":")[2] for name in actions().names(some)]
        few = ", ".join(names[:_MOST_NAMES]) + (", ..." if len(names) > _MOST_NAMES else "")
        count = f"{len(names)} changing action{'' if len(names) == 1 else 's'}"
        yield Danger("without limit", f"{service}: {count} on every resource ({few})")
