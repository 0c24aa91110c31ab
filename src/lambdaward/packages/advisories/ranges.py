"""Whether a version is one that a record is about."""

from __future__ import annotations

from collections.abc import Iterable

from lambdaward.model import Fact, No, Unknown, Unsure, Verdict, Yes
from lambdaward.packages.advisories.order import Key, version_key
from lambdaward.packages.advisories.record import Events, Row
from lambdaward.packages.components.component import Ecosystem

_UNBOUNDED = (("introduced", "0"),)
_NEWER = "look at the advisory's page, or import newer advisories"


def affects(row: Row, ecosystem: Ecosystem, version: str) -> Verdict:
    """Whether a record is about a version of its package. Commits are never compared with versions; where a record says no
    more than that, nobody knows."""
    if not version:
        return _any_version(row)
    if version in row.versions or _listed(row, ecosystem, version):
        return Yes((Fact(f"{row.id} lists {version}"),))
    if row.foreign:
        return _unsure(f"{row.id} counts versions in another way than the package does")
    if row.commits and not row.ranges and not row.versions:
        return _unsure(f"{row.id} names commits and no versions")
    return _ranged(row, ecosystem, version)


def _ranged(row: Row, ecosystem: Ecosystem, version: str) -> Verdict:
    """Whether a version lies in a range of a record."""
    key = version_key(ecosystem, version)
    if key is None and row.ranges:
        return _unsure(f"{version} is no version as {ecosystem.value} orders them")
    answers = [_inside(events, ecosystem, key) for events in row.ranges]
    if True in answers:
        events = row.ranges[answers.index(True)]
        later = events == _UNBOUNDED and not row.malicious and _later(row, ecosystem, key)
        return _unsure(_unmended(row, version)) if later else _yes(row, events)
    if None in answers:
        return _unsure(f"{row.id} names a version that {ecosystem.value} does not order")
    return No((Fact(f"{version} lies in no range of {row.id}"),))


def fixes(rows: Iterable[Row], ecosystem: Ecosystem, version: str) -> tuple[str, ...]:
    """The versions that mend what some records are about and are newer than one, the lowest first."""
    here = version_key(ecosystem, version)
    values = {value for row in rows for events in row.ranges for kind, value in events if kind == "fixed"}
    found = [(version_key(ecosystem, value), value) for value in sorted(values)]
    newer = [(key, value) for key, value in found if key is not None and (here is None or key > here)]
    return tuple(value for _, value in sorted(newer, key=lambda pair: pair[0]))


def _any_version(row: Row) -> Verdict:
    if row.malicious and _UNBOUNDED in row.ranges:
        return Yes((Fact(f"{row.id} is about every version"),))
    return _unsure("its version is not known")


def _yes(row: Row, events: Events) -> Yes:
    return Yes((Fact(f"{row.id}: {', '.join(f'{kind} {value}' for kind, value in events)}"),))


def _unsure(reason: str) -> Unsure:
    return Unsure((Unknown(reason, _NEWER),))


def _later(row: Row, ecosystem: Ecosystem, key: Key) -> bool:
    """Whether a version came after all that a record lists: where its range has no end, that one may be mended."""
    known = [other for other in (version_key(ecosystem, each) for each in row.versions) if other is not None]
    return bool(known) and bool(key > max(known))


def _unmended(row: Row, version: str) -> str:
    return f"{row.id} names no version that mends it, and {version} is newer than those that it lists"


def _listed(row: Row, ecosystem: Ecosystem, version: str) -> bool:
    """Whether a version is listed, written in another way."""
    key = version_key(ecosystem, version)
    return key is not None and any(version_key(ecosystem, each) == key for each in row.versions)


def _inside(events: Events, ecosystem: Ecosystem, key: Key) -> bool | None:
    """Whether a version lies in a range, as OSV defines it: the last event at or below the version decides. `None` when an
    event's version is none."""
    ordered: list[tuple[Key, str]] = []
    inside = False
    for kind, value in events:
        if kind == "introduced" and value == "0":
            inside = True
        elif kind == "limit" and value == "*":
            continue
        elif (at := version_key(ecosystem, value)) is None:
            return None
        else:
            ordered.append((at, kind))
    for at, kind in sorted(ordered, key=lambda pair: pair[0]):
        if kind == "introduced" and key >= at:
            inside = True
        elif (kind in ("fixed", "limit") and key >= at) or (kind == "last_affected" and key > at):
            inside = False
    return inside
