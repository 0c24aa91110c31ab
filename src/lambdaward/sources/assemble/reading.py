"""Reading records from properties, by the markers that the records declare beside their fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from msgspec import Struct

from lambdaward.model import (
    Block,
    BlockRecord,
    Blocks,
    Items,
    LinksTo,
    LinkTo,
    OpenApi,
    Path,
    Place,
    Prop,
    Record,
    Redacted,
    Resource,
    Secret,
    Value,
    dig,
    each,
    items,
)
from lambdaward.model.record import split
from lambdaward.sources.assemble.links import Linker
from lambdaward.sources.assemble.openapi import read_document

B = TypeVar("B", bound=BlockRecord)
Marker = Prop | Secret | LinkTo | LinksTo | Items | Block | Blocks | OpenApi
FLAGS = {"true": True, "false": False}


class Field(Struct, frozen=True):
    """A field of a record that is read from properties: how, and the paths at which its value may stand."""

    name: str
    marker: Marker
    paths: tuple[Path, ...]


@cache
def fields(kind: type) -> tuple[Field, ...]:
    """The fields of a record that are read from properties. Record modules evaluate their annotations eagerly."""
    found: dict[str, Field] = {}
    for base in reversed(kind.__mro__):
        for name, annotation in vars(base).get("__annotations__", {}).items():
            for marker in getattr(annotation, "__metadata__", ()):
                found[name] = Field(name, marker, tuple(map(split, marker.path.split("|"))))
    return tuple(found.values())


def read_record(kind: type[Record], resource: Resource, linker: Linker) -> Record:
    """The typed view of a resource."""
    return kind(id=resource.id, shown=resource.shown, **_read(kind, resource.properties, Place(resource.id), linker))


def read_block(kind: type[B], properties: Value, at: Place, linker: Linker) -> B:
    """The typed view of a block."""
    return kind(at=at, **_read(kind, properties, at, linker))


def _read(kind: type, properties: Value, place: Place, linker: Linker) -> dict[str, Any]:
    """The fields that are written. The others keep their defaults, which mean that nothing is there."""
    found: dict[str, Any] = {}
    for field in fields(kind):
        value = _at(properties, field.paths)
        if value is not None:
            found[field.name] = _field(field, value, place, linker)
    return found


def _field(field: Field, value: Value, place: Place, linker: Linker) -> object:
    marker = field.marker
    match marker:
        case Block() | Blocks():
            return _nested(marker, value, _below(place, field.paths[0]), linker)
        case LinkTo() | LinksTo():
            return _linked(marker, value, linker)
        case OpenApi():
            return read_document(value, _below(place, field.paths[0]), linker)
        case Items():
            return items(value)
        case Secret():
            return each(value, _redact)
    return each(value, _CONVERT[marker.kind])


def _linked(marker: LinkTo | LinksTo, value: Value, linker: Linker) -> object:
    if isinstance(marker, LinkTo):
        return linker.link(value, marker.types)
    inner = [dig(item, *split(marker.member)) for item in items(value)]
    return tuple(link for item in inner if (link := linker.link(item, marker.types)))


def _nested(marker: Block | Blocks, value: Value, at: Place, linker: Linker) -> object:
    if isinstance(marker, Block):
        return read_block(marker.record, value, at, linker)
    return tuple(read_block(marker.record, item, at / index, linker) for index, item in enumerate(items(value)))


def _at(properties: Value, paths: tuple[Path, ...]) -> Value:
    """What stands at the first of some paths that holds something. Most hold nothing, which the first key tells."""
    for path in paths:
        if path and isinstance(properties, dict) and path[0] not in properties:
            continue
        value = dig(properties, *path)
        if value is not None:
            return value
    return None


def _below(place: Place, path: Path) -> Place:
    return Place(place.resource, (*place.path, *path))


def _redact(value: Value) -> Value:
    """A mapping's values each, or the value itself, redacted. Names of variables stay readable, those of a list of
    `Key` and `Value` pairs as well."""
    if isinstance(value, tuple) and all(isinstance(dig(pair, "Key"), str) for pair in value):
        value = {str(dig(pair, "Key")): dig(pair, "Value") for pair in value}
    if isinstance(value, Mapping):
        return {key: inner if isinstance(inner, Redacted) else Redacted(inner) for key, inner in value.items()}
    return value if value is None or isinstance(value, Redacted) else Redacted(value)


def _number(value: Value) -> Value:
    if isinstance(value, str):
        sign, digits = value[:1] == "-", value.removeprefix("-")
        if digits.isdigit() and len(digits) < 19:
            return -int(digits) if sign else int(digits)
    return value


def _flag(value: Value) -> Value:
    return FLAGS.get(value.lower(), value) if isinstance(value, str) else value


def _text(value: Value) -> Value:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


def _any(value: Value) -> Value:
    return value


_CONVERT: Mapping[str, Callable[[Value], Value]] = {"any": _any, "text": _text, "number": _number, "flag": _flag}
