"""The request context: what is known of a request's keys.

A *closed* context is complete: a key that is not given is absent from the request. In an *open* one a key that is not given is
not known. Keys are compared without regard to case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Union

from lambdaward.model import OneOf, Text, Unknown, Value, literal


class Presence(Enum):
    """What is known of a key that has no known value."""

    ABSENT = "absent"
    PRESENT = "present"
    UNKNOWN = "unknown"


ABSENT, PRESENT, UNKNOWN = Presence.ABSENT, Presence.PRESENT, Presence.UNKNOWN
Known = tuple[Union[str, Text], ...]


class Several(tuple[Union[str, Text], ...]):
    """The values of a key that has a list, of one member too: only a set operator compares them."""

    __slots__ = ()


Given = Mapping[str, Union[Value, Sequence[Value]]]


class Context:
    """What is known of the keys of one request. A value that is `Unknown` means that the key is there with some value.

    `closed`: whether keys that are not given are absent rather than unknown. `absent` and `present` name keys of which just
    that is known. `assumed` gives values that may turn out differently: see `Predicate.holds`.
    """

    __slots__ = ("_assumed", "_holes", "_keys", "_otherwise")

    def __init__(
        self,
        given: Given | None = None,
        *,
        closed: bool = True,
        absent: Iterable[str] = (),
        present: Iterable[str] = (),
        assumed: Given | None = None,
    ) -> None:
        self._otherwise = ABSENT if closed else UNKNOWN
        self._keys: dict[str, Known | Presence] = {}
        for key, value in (given or {}).items():
            self._keys[key.lower()] = (value,) if isinstance(value, str) else _read(value)
        for key in absent:
            self._keys[key.lower()] = ABSENT
        for key in present:
            self._keys[key.lower()] = PRESENT
        self._assumed = None if assumed is None else Context(assumed)
        self._holes: dict[str, Unknown] = {}

    @property
    def assumed(self) -> Context | None:
        """The context to assume where this one does not say, complete; `None` when nothing is assumed."""
        return self._assumed

    def get(self, key: str) -> Known | Presence:
        """The values of a key in lower case, or what is known of it."""
        return self._keys.get(key, self._otherwise)

    def single(self, key: str) -> str | Text | Unknown | None:
        """The value that stands in the place of a policy variable; `None` when the key has none, or a list."""
        value = self.get(key)
        if isinstance(value, tuple):
            return None if isinstance(value, Several) else value[0]
        if value is ABSENT:
            return None
        if self._assumed is not None:
            return self._assumed.single(key)
        return self._holes.setdefault(key, Unknown(f"the request's {key} is not known", f"say what {key} is"))


def _read(value: Value | Sequence[Value]) -> Known | Presence:
    """What a given value says of its key."""
    if isinstance(value, list | tuple):
        members = [_read(member) for member in value]
        known = [inner for member in members if isinstance(member, tuple) for inner in member]
        return Several(known) if all(isinstance(member, tuple) for member in members) else PRESENT
    match value:
        case None:
            return ABSENT
        case OneOf():
            return UNKNOWN if None in value.options else PRESENT
        case Text():
            return (value,)
        case str() | bool() | int() | float():
            return (literal(value) or "",)
    return PRESENT
