"""Values as templates leave them: literals, texts with typed holes, alternatives, and unknowns with their reason.

Positions are kept beside the values (`Positions`), never around them, so a literal is a plain Python object.
`None` means *absent*: not written, or `AWS::NoValue`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Union

from msgspec import Struct

from lambdaward.model.origin import ResourceId
from lambdaward.model.redacted import Redacted


class Ref(Struct, frozen=True, gc=False):
    """An attribute of a resource of the estate that only deployment gives. `Ref` is what CloudFormation's Ref returns."""

    resource: ResourceId
    attribute: str = "Ref"


class Pseudo(Struct, frozen=True, gc=False):
    """A pseudo parameter of one stack (`AWS::AccountId`, `AWS::Region`, ...): the same symbol wherever that stack uses it."""

    name: str
    stack: str


class Dynamic(Struct, frozen=True, gc=False):
    """A dynamic reference, resolved by CloudFormation at deployment: `ssm`, `ssm-secure` or `secretsmanager`, and its key."""

    service: str
    reference: Union[str, Text]


class Unknown(Struct, frozen=True, gc=False):
    """A value that cannot be known from what was read: why, and what would settle it."""

    reason: str
    settle: str = ""


MOST_OPTIONS = 64

Hole = Ref | Pseudo | Dynamic | Unknown


class Text(Struct, frozen=True, gc=False):
    """A text with holes. Build it with `text`, which keeps it normal: no empty or neighbouring strings, at least one hole."""

    parts: tuple[str | Hole, ...]


class OneOf(Struct, frozen=True, gc=False):
    """One of several values (two at least), depending on something that is not known. An option may be absent (`None`)."""

    options: tuple[Value, ...]
    reason: str


Value = Union[None, bool, int, float, str, Text, OneOf, Unknown, Redacted, "tuple[Value, ...]", "Mapping[str, Value]"]

# Narrower names for record fields. A reader of a record handles the uncertain forms or asks a function below that does.
TextValue = str | Text | OneOf | Unknown | None
NumberValue = int | float | OneOf | Unknown | None
FlagValue = bool | OneOf | Unknown | None


def text(*parts: str | Hole | Text) -> str | Text:
    """Join parts to a text: nested texts are flattened, neighbouring strings merged; a text without holes is a `str`."""
    flat: list[str | Hole] = []
    run: list[str] = []
    for part in parts:
        for piece in part.parts if isinstance(part, Text) else (part,):
            if isinstance(piece, str):
                run.append(piece)
                continue
            if literal := "".join(run):
                flat.append(literal)
            run = []
            flat.append(piece)
    literal = "".join(run)
    return Text((*flat, literal) if literal else tuple(flat)) if flat else literal


def one_of(options: Iterable[Value], reason: str) -> Value:
    """The alternative of several values: nested alternatives are flattened, equal options merged, a single one is itself,
    and very many are unknown."""
    flat = [value for option in options for value in alternatives(option)]
    if len(flat) > 1:
        flat = list({_key(value): value for value in flat}.values())
    if len(flat) > MOST_OPTIONS:
        return Unknown(f"one of more than {MOST_OPTIONS} values, as {reason}", "give the parameters that decide")
    return OneOf(tuple(flat), reason) if len(flat) > 1 else flat[0]


def _key(value: Value) -> Hashable:
    """What two values have in common exactly when they are the same."""
    match value:
        case str() | bool() | int():
            return type(value), value
        case tuple():
            return (tuple, *map(_key, value))
        case Mapping():
            return dict, frozenset((name, _key(member)) for name, member in value.items())
        case OneOf():
            return OneOf, value.reason, *map(_key, value.options)
        case Redacted():
            return Redacted, _key(value.reveal())
    return type(value), value


def same(left: Value, right: Value) -> bool:
    """Whether two values are equal and of the same type (`True` is not `1`)."""
    return type(left) is type(right) and left == right


def alternatives(value: Value) -> tuple[Value, ...]:
    """What a value may be: the options of an alternative, else the value alone."""
    return value.options if isinstance(value, OneOf) else (value,)


def each(value: Value, step: Callable[[Value], Value]) -> Value:
    """Apply a function to every alternative of a value, and join the answers to one value again."""
    return one_of(map(step, value.options), value.reason) if isinstance(value, OneOf) else step(value)


def dig(value: Value, *path: str | int) -> Value:
    """Follow a path of keys and indexes into a value. Alternatives are followed each; an unknown stays that unknown;
    what is not there is `None`."""
    for key in path:
        value = each(value, lambda inner, key=key: _child(inner, key))  # type: ignore[misc]
    return value


def _child(value: Value, key: str | int) -> Value:
    match value:
        case Unknown():
            return value
        case Mapping() if isinstance(key, str):
            return value.get(key)
        case tuple() if isinstance(key, int) and -len(value) <= key < len(value):
            return value[key]
    return None


def items(value: Value) -> tuple[Value, ...]:
    """The elements of a list value. A lone value counts as a list of one; absent is empty; an unknown list is one unknown
    element; elements that only some alternatives have come as `OneOf` with an absent option."""
    if value is None:
        return ()
    if isinstance(value, tuple):
        return value
    if not isinstance(value, OneOf):
        return (value,)
    lists = [{_key(member): member for member in items(option)} for option in value.options]
    found = {key: member for members in lists for key, member in members.items()}
    return tuple(
        member if all(key in members for members in lists) else one_of((member, None), value.reason)
        for key, member in found.items()
    )


def literal(value: Value) -> str | None:
    """The value as a `str` when it is wholly known text (numbers and booleans as CloudFormation writes them), else `None`."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case int() | float():
            return str(value)
    return None


def parts(value: Value) -> tuple[str | Hole, ...]:
    """The parts of a text-like value; a literal is one part, an unknown one hole; anything else has none."""
    match value:
        case Text():
            return value.parts
        case Unknown():
            return (value,)
    known = literal(value)
    return () if known is None else (known,)


def unknowns(value: Value) -> Iterator[Unknown]:
    """Every unknown inside a value, an alternative counting as one for its reason."""
    match value:
        case Unknown():
            yield value
        case OneOf():
            yield Unknown(value.reason)
            for option in value.options:
                yield from unknowns(option)
        case Text():
            yield from (part for part in value.parts if isinstance(part, Unknown))
        case tuple():
            for member in value:
                yield from unknowns(member)
        case Mapping():
            for member in value.values():
                yield from unknowns(member)


def holes(value: Value) -> Iterator[Hole]:
    """Every hole inside a value, at any depth, those of redacted values included: a reference is not a secret."""
    match value:
        case Redacted():
            yield from holes(value.reveal())
        case Unknown():
            yield value
        case Text():
            yield from (part for part in value.parts if not isinstance(part, str))
        case OneOf():
            for option in value.options:
                yield from holes(option)
        case tuple():
            for member in value:
                yield from holes(member)
        case Mapping():
            for member in value.values():
                yield from holes(member)


def show(value: Value) -> str:  # noqa: PLR0911 - one line per form of a value
    """A value for people, on one line: holes as `${Name}`, unknowns as `${?}`, alternatives joined by `|`, secrets masked."""
    match value:
        case None:
            return "(absent)"
        case Text():
            return "".join(part if isinstance(part, str) else _show_hole(part) for part in value.parts)
        case Unknown():
            return "${?}"
        case OneOf():
            return " | ".join(map(show, value.options))
        case tuple():
            return "[" + ", ".join(map(show, value)) + "]"
        case Mapping():
            return "{" + ", ".join(f"{key}: {show(member)}" for key, member in value.items()) + "}"
        case Redacted():
            return repr(value)
    return literal(value) or ""


def _show_hole(hole: Hole) -> str:
    match hole:
        case Ref():
            return "${" + hole.resource.name + ("" if hole.attribute == "Ref" else f".{hole.attribute}") + "}"
        case Pseudo():
            return "${" + hole.name + "}"
        case Dynamic():
            return "{{resolve:" + hole.service + ":" + show(hole.reference) + "}}"
    return "${?}"
