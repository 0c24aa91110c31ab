"""Reading records from properties, by the markers that the records declare beside their fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeVar

from lambdaward.model import (
    Block,
    BlockRecord,
    Blocks,
    Items,
    LinksTo,
    LinkTo,
    OpenApi,
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


@cache
def markers(kind: type) -> tuple[tuple[str, Marker], ...]:
    """The fields of a record that are read from properties, with how. Record modules evaluate their annotations eagerly."""
    found: dict[str, Marker] = {}
    for base in reversed(kind.__mro__):
        for field, annotation in vars(base).get("__annotations__", {}).items():
            metadata = getattr(annotation, "__metadata__", ())
            if metadata:
                found[field] = metadata[0]
    return tuple(found.items())


def read_record(kind: type[Record], resource: Resource, linker: Linker) -> Record:
    """The typed view of a resource."""
    place = Place(resource.id)
    values = {field: _read(marker, resource.properties, place, linker) for field, marker in markers(kind)}
    return kind(id=resource.id, shown=resource.shown, **values)


def read_block(kind: type[B], properties: Value, at: Place, linker: Linker) -> B:
    """The typed view of a block."""
    return kind(at=at, **{field: _read(marker, properties, at, linker) for field, marker in markers(kind)})


def _read(marker: Marker, properties: Value, place: Place, linker: Linker) -> object:
    value = _at(properties, marker.path)
    match marker:
        case Block() | Blocks():
            return _nested(marker, value, _below(place, marker.path), linker)
        case LinkTo() | LinksTo():
            return _linked(marker, value, linker)
        case OpenApi():
            return read_document(value, _below(place, marker.path), linker)
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
        return None if value is None else read_block(marker.record, value, at, linker)
    return tuple(read_block(marker.record, item, at / index, linker) for index, item in enumerate(items(value)))


def _at(properties: Value, path: str) -> Value:
    for choice in path.split("|"):
        value = dig(properties, *split(choice))
        if value is not None:
            return value
    return None


def _below(place: Place, path: str) -> Place:
    return Place(place.resource, (*place.path, *split(path)))


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
