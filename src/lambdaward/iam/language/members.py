"""Reading parts that may be scalar or list, and known or not."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from msgspec import Struct

from lambdaward.iam.language.policy import Fault, Part
from lambdaward.model import OneOf, Path, Redacted, Text, Unknown, Value, literal

HIDDEN = Unknown("the value is kept secret", "write it in the open")


class Member(Struct, frozen=True):
    """A member of any form: a text, a statement, or something that has no place here."""

    value: Value
    path: Path
    doubt: Unknown | None = None


def members(value: Value, path: Path, doubt: Unknown | None = None) -> list[Member]:
    """The members of a scalar or list, numbers and booleans as text. Members that only some alternatives have are doubtful."""
    if not isinstance(value, list | tuple):
        return _member(value, path, doubt)
    return [found for index, member in enumerate(value) for found in _member(member, (*path, index), doubt)]


def texts(value: Value, path: Path, faults: list[Fault], doubt: Unknown | None = None) -> tuple[Part, ...]:
    """The members that are texts or not known; any other is a fault."""
    if isinstance(value, str):
        return (Part(value, path, doubt),)
    if isinstance(value, list | tuple):
        known = [text for text in value if isinstance(text, str)]
        if len(known) == len(value):  # nearly every list of nearly every policy
            return tuple([Part(text, (*path, index), doubt) for index, text in enumerate(known)])
    found: list[Part] = []
    for member in members(value, path, doubt):
        if isinstance(member.value, str | Text | Unknown):
            found.append(Part(member.value, member.path, member.doubt))
        else:
            faults.append(Fault(member.path, "not a text"))
    return tuple(found)


def options(value: Value) -> list[tuple[Value, Unknown | None]]:
    """What a value may be, each with why it may be something else; an absent alternative is `None`."""
    if isinstance(value, OneOf):
        return [(option, Unknown(value.reason)) for option in value.options]
    return [(HIDDEN if isinstance(value, Redacted) else value, None)]


def _member(value: Value, path: Path, doubt: Unknown | None) -> list[Member]:
    match value:
        case None:
            return []
        case OneOf():
            return list(_of_alternatives(value, path, doubt))
        case Redacted():
            return [Member(HIDDEN, path, doubt)]
        case bool() | int() | float():
            return [Member(literal(value), path, doubt)]
    return [Member(value, path, doubt)]


def _of_alternatives(value: OneOf, path: Path, doubt: Unknown | None) -> Iterator[Member]:
    """The members of all alternatives, equal ones once; certain when every alternative has them."""
    found = [members(option, path) for option in value.options]
    keys = [{_key(member) for member in option if member.doubt is None} for option in found]
    everywhere = set.intersection(*keys)
    seen: set[Hashable] = set()
    for member in (member for option in found for member in option):
        if _key(member) not in seen:
            seen.add(_key(member))
            certain = _key(member) in everywhere
            yield Member(
                member.value, member.path, doubt or (None if certain else member.doubt or Unknown(value.reason))
            )


def _key(member: Member) -> Hashable:
    """Equal for equal texts; anything else (a statement, say) is only equal to itself."""
    return member.value if isinstance(member.value, str | Text | Unknown) else id(member.value)
