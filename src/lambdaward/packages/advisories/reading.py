"""Reading advisories from folders, archives and dumps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from lambdaward.model import InputError
from lambdaward.packages.advisories.names import ECOSYSTEMS, key_of
from lambdaward.packages.advisories.record import Affected, Events, Record, Row, Specific
from lambdaward.packages.advisories.severity import score_of
from lambdaward.packages.advisories.yaml import read_yaml
from lambdaward.packages.components.component import Ecosystem
from lambdaward.packages.unpack import Entry, Fault, Kind, Limits, is_package, walk

_RECORD, _DUMP = 4 << 20, 1 << 30
_SUMMARY = 200
_LIMITS = Limits(entries=3_000_000, faults=100)
_EVENTS = ("introduced", "fixed", "last_affected", "limit")


class Read(Struct, frozen=True):
    """A row for one package, by its ecosystem and the key of its name."""

    ecosystem: Ecosystem
    key: str
    row: Row


class Passed(Struct, frozen=True):
    """A file, or a part of one, that was passed over, and why."""

    place: str
    reason: str


def read(path: Path) -> Iterator[Read | Passed]:
    """Every advisory in a folder or archive of records (JSON or YAML, one to a file), or in a dump: a file with one record, an
    array of them, or one on each line. Raises `InputError` when it cannot be read."""
    if path.is_dir() or is_package(path):
        for item in walk(path, _LIMITS):
            if isinstance(item, Fault):
                yield Passed(item.place, item.kind.text)
            elif item.kind is Kind.FILE and item.live:
                yield from _file(item)
        return
    try:
        with path.open("rb") as file:
            data = file.read(_DUMP + 1)
    except OSError as error:
        raise InputError(str(path), f"it cannot be read: {error.strerror}", "give a folder, zip or dump") from error
    if len(data) > _DUMP:
        raise InputError(str(path), "it is larger than a dump may be", "give the records as a zip")
    yield from _dump(path.name, data)


def _file(entry: Entry) -> Iterator[Read | Passed]:
    if not entry.path.endswith((".json", ".yaml", ".yml")):
        return
    data = entry.content.read(_RECORD + 1)
    if len(data) > _RECORD:
        yield Passed(entry.place, "it is larger than a record may be")
    elif entry.path.endswith(".json"):
        yield from _dump(entry.place, data)
    else:
        try:
            yield from _record(entry.place, read_yaml(data))
        except ValueError as error:
            yield Passed(entry.place, str(error))


def _dump(place: str, data: bytes) -> Iterator[Read | Passed]:
    """Records in JSON: one, an array, or one on each line."""
    try:
        document = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        yield from _lines(place, data)
        return
    for each in document if isinstance(document, list) else (document,):
        yield from _record(place, each)


def _lines(place: str, data: bytes) -> Iterator[Read | Passed]:
    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        try:
            document = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            yield Passed(f"{place}:{number}", "it is no JSON")
            return
        yield from _record(f"{place}:{number}", document)


def _record(place: str, document: Any) -> Iterator[Read | Passed]:  # noqa: ANN401 - what a file holds
    """The rows of one record; a file without an id is about something else."""
    if not isinstance(document, dict) or "affected" not in document or "id" not in document:
        return
    try:
        record = msgspec.convert({name: value for name, value in document.items() if value is not None}, Record)
    except (msgspec.ValidationError, RecursionError):
        yield Passed(place, "it is no record in OSV form")
        return
    found: dict[tuple[Ecosystem, str], Row] = {}
    for affected in record.affected:
        package = affected.package
        ecosystem = ECOSYSTEMS.get(package.ecosystem.partition(":")[0]) if package else None
        if package is None or ecosystem is None:
            continue
        if key := key_of(ecosystem, package.name):
            row = _row(record, affected)
            found[ecosystem, key] = _added(found[ecosystem, key], row) if (ecosystem, key) in found else row
    for (ecosystem, key), row in found.items():
        yield Read(ecosystem, key, row)


def _row(record: Record, affected: Affected) -> Row:
    try:
        specific = msgspec.convert(affected.ecosystem_specific or {}, Specific)
    except msgspec.ValidationError:
        specific = Specific()
    versioned = [each for each in affected.ranges if each.type in ("SEMVER", "ECOSYSTEM")]
    return Row(
        id=record.id,
        modified=record.modified,
        aliases=record.aliases,
        summary=_sentence(record.summary or record.details),
        score=score_of(record, affected),
        withdrawn=record.withdrawn is not None,
        ranges=tuple(events for each in versioned if (events := _events(each.events))),
        versions=affected.versions,
        imports=specific.imports,
        commits=len(versioned) < len(affected.ranges),
        foreign=bool(specific.custom_ranges),
    )


def _added(row: Row, more: Row) -> Row:
    """Two parts of one record about the same package as one."""
    return msgspec.structs.replace(
        row,
        ranges=(*row.ranges, *more.ranges),
        versions=(*row.versions, *more.versions),
        imports=(*row.imports, *more.imports),
        commits=row.commits or more.commits,
        foreign=row.foreign or more.foreign,
        score=max(row.score, more.score),
    )


def _events(events: tuple[Any, ...]) -> Events:
    return tuple((kind, event[kind]) for event in events for kind in _EVENTS if kind in event)


def _sentence(text: str) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text[: _SUMMARY * 4].split())
    return line if len(line) <= _SUMMARY else line[: _SUMMARY - 1].rstrip() + "…"
