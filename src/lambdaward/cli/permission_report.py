"""All permissions of one principal, for people and for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lambdaward.analysis.permissions import Report, Row, Where
from lambdaward.catalog import Level, actions
from lambdaward.model import Estate, Fact, FileOrigin, Place
from lambdaward.reports.places import label
from lambdaward.reports.terminal.style import BOLD, ERROR, FAINT, WARNING, Style
from lambdaward.reports.text import count, joined, visible

WORDS = {
    Level.LIST: "list",
    Level.READ: "read",
    Level.WRITE: "write",
    Level.TAGGING: "tagging",
    Level.PERMISSIONS: "permissions",
}
MOST_DANGERS, MOST_PLACES, MOST_NAMES = 12, 4, 6


def lines(report: Report, estate: Estate, style: Style, *, every: bool) -> Iterator[str]:
    """The report as text: what it may do in numbers, then by service, then what is dangerous and what is taken away. `every`:
    with each action and resource."""
    yield from _head(report, style)
    yield from _services(report, style, every=every)
    yield from _dangers(report, estate, style, every=every)
    yield from _taken(report, style, every=every)
    for unknown in dict.fromkeys(report.unknowns):
        yield from style.wrap("not seen: ", f"{unknown.reason}: what it allows or denies is not counted")
    yield from style.wrap("taken as given: ", "policies of the organization and of VPC endpoints are not read")


def _head(report: Report, style: Style) -> Iterator[str]:
    principal = report.asker.principal
    name = (principal.shown or principal.id.name) if principal else "a role that was not read"
    who = f"{report.asker.shown} runs as {name}" if report.asker.function else report.asker.shown
    yield style.paint(visible(who), BOLD)
    if principal is None:
        return
    yield from style.wrap("policies: ", ", ".join(report.policies) or "none")
    if report.boundary:
        yield from style.wrap("boundary: ", report.boundary)
    levels = [f"{number:,} {WORDS[level]}" for level, number in report.levels().items()]
    perhaps = f", and perhaps {report.perhaps.bit_count():,} more" if report.perhaps else ""
    told = f"{count(report.sure.bit_count(), 'action')}{': ' + joined(levels) if levels else ''}{perhaps}"
    yield from style.wrap("may do: ", told)


def _services(report: Report, style: Style, *, every: bool) -> Iterator[str]:
    rows = list(report.rows())
    if not every and len({row.service for row in rows}) > MOST_NAMES * 5:
        names = list(dict.fromkeys(row.service for row in rows))
        yield from style.wrap("services: ", f"{len(names)}, among them {', '.join(_best(names))} (--all lists them)")
        return
    for (service, level), group in _grouped(rows).items():
        lead = f"  {service} {WORDS[level]}: "
        if every:
            for row in group:
                yield from style.wrap(f"{lead}on {row.cell.shown}: ", ", ".join(_spelled(row)))
        else:
            yield from style.wrap(lead, _short(group))


def _best(names: Sequence[str]) -> list[str]:
    """Services to name first."""
    wanted = ("iam", "lambda", "s3", "dynamodb", "secretsmanager", "kms", "sts", "ec2")
    return [*(name for name in wanted if name in names), *(n for n in names if n not in wanted)][:MOST_NAMES]


def _grouped(rows: Iterable[Row]) -> dict[tuple[str, Level], list[Row]]:
    groups: dict[tuple[str, Level], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.service, row.level), []).append(row)
    return groups


def _spelled(row: Row) -> Iterator[str]:
    yield from (name.partition(":")[2] for name in row.sure)
    yield from (f"{name.partition(':')[2]} (perhaps)" for name in row.perhaps)


def _short(group: Sequence[Row]) -> str:
    """The rows of one service and level, on how many actions and where."""
    told = [f"{_few(row)} on {row.cell.shown}" for row in group[:MOST_PLACES]]
    more = [f"and on {count(len(group) - MOST_PLACES, 'more resource')}"] if len(group) > MOST_PLACES else []
    return "; ".join((*told, *more))


def _few(row: Row) -> str:
    names = list(_spelled(row))
    return ", ".join(names) if len(names) <= MOST_NAMES else f"{len(names)} actions ({', '.join(names[:2])}, ...)"


def _dangers(report: Report, estate: Estate, style: Style, *, every: bool) -> Iterator[str]:
    found = report.dangers
    for danger in found if every else found[:MOST_DANGERS]:
        first, *others = style.wrap(f"{danger.kind}: ", danger.text)
        yield style.paint(danger.kind, ERROR) + first.removeprefix(danger.kind)
        yield from others
        for fact in danger.proof if every else ():
            yield from style.wrap("    ", _located(fact, estate))
    if len(found) > MOST_DANGERS and not every:
        yield f"and {count(len(found) - MOST_DANGERS, 'more danger')} (--all lists them)"


def _located(fact: Fact, estate: Estate) -> str:
    where = label(estate.origin(fact.place)) if fact.place else ""
    return f"{fact.text} ({where})" if where else fact.text


def _taken(report: Report, style: Style, *, every: bool) -> Iterator[str]:
    """What is granted and not allowed."""
    for word, mask in (("out of bounds", report.bounded), ("denied", report.denied), ("to no effect", report.idle)):
        if mask:
            names = list(actions().names(mask))
            few = names if every else names[:MOST_NAMES]
            more = f" and {len(names) - len(few):,} more" if len(names) > len(few) else ""
            first, *others = style.wrap(f"granted but {word}: ", ", ".join(few) + more)
            yield style.paint(first, WARNING if word != "to no effect" else FAINT)
            yield from others
    for shown, names_ in report.without():
        few = list(names_ if every else names_[:MOST_NAMES])
        more = f" and {len(names_) - len(few):,} more" if len(names_) > len(few) else ""
        yield from style.wrap(f"but not on {visible(shown)}: ", ", ".join(few) + more)


def data(report: Report, estate: Estate) -> dict[str, Any]:
    """The report as JSON."""
    principal = report.asker.principal
    return {
        "function": report.asker.shown if report.asker.function else "",
        "principal": (principal.shown or principal.id.name) if principal else "",
        "policies": list(report.policies),
        "boundary": report.boundary,
        "levels": {WORDS[level]: number for level, number in report.levels().items()},
        "permissions": [_row(row) for row in report.rows()],
        "dangers": [
            {"kind": d.kind, "text": d.text, "proof": [{"text": f.text, **_place(f.place, estate)} for f in d.proof]}
            for d in report.dangers
        ],
        "out_of_bounds": list(actions().names(report.bounded)),
        "denied": list(actions().names(report.denied)),
        "to_no_effect": list(actions().names(report.idle)),
        "exceptions": [{"resource": shown, "actions": list(names)} for shown, names in report.without()],
        "unknowns": [{"reason": u.reason, "settle": u.settle} for u in dict.fromkeys(report.unknowns)],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "service": row.service,
        "level": WORDS[row.level],
        "scanned": row.cell.where is Where.HERE,
        "resource": row.cell.shown,
        "allowed": list(row.sure),
        "perhaps": list(row.perhaps),
    }


def _place(place: Place | None, estate: Estate) -> dict[str, Any]:
    origin = estate.origin(place) if place else None
    return {"file": origin.file, "line": origin.line} if isinstance(origin, FileOrigin) else {}
