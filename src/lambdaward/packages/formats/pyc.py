"""The constants and names in compiled Python, read as bytes: nothing is unmarshalled or run."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from enum import Enum, auto

_STEPS = 2_000_000
_LONG_TEXT, _SHORT_TEXT = b"stuaA", b"zZ"
_BEHIND = {**dict.fromkeys(b"NFTS.0", 0), **dict.fromkeys(b"ir", 4), **dict.fromkeys(b"Ig", 8), ord("y"): 16}
"""How many bytes follow the type of an object, by the type."""
_COUNTED = {**dict.fromkeys(b"([<>", 4), ord(")"): 1}
"""How many bytes state how many objects are inside, by the type."""


class _Step(Enum):
    """What comes next: objects, pairs of objects until an empty one, or numbers of four bytes."""

    OBJECT = auto()
    PAIRS = auto()
    WORDS = auto()


_Steps = list[tuple[_Step, int]]


def is_pyc(head: bytes) -> bool:
    """Whether a file begins as compiled Python does."""
    return (
        len(head) > 16
        and head[2:4] == b"\r\n"
        and (head[12:13] == b"\xe3" or head[16:17] == b"\xe3" or head[8:9] == b"c")
    )


def texts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every text among constants and names, with its offset, in the file's order. Ends at what it does not understand."""
    magic = struct.unpack_from("<H", data)[0] if len(data) >= 16 else 0
    at = next((start for start in (16, 12, 8) if data[start : start + 1] in (b"\xe3", b"c")), len(data))
    todo: _Steps = [(_Step.OBJECT, 1)]
    for _ in range(_STEPS):
        if not todo or not 0 <= at < len(data):
            return
        step, count = todo.pop()
        if step is not _Step.OBJECT:
            at = _other(step, count, data, at, todo)
            continue
        if count > 1:
            todo.append((_Step.OBJECT, count - 1))
        kind, at = data[at] & 0x7F, at + 1
        if kind in _SHORT_TEXT or kind in _LONG_TEXT:
            start, at = _text(data, at, kind)
            if _readable(kind, data[start:at]):
                yield start, data[start:at]
        else:
            at = _inside(data, at, kind, magic, todo)


def _other(step: _Step, count: int, data: bytes, at: int, todo: _Steps) -> int:
    """Go over numbers, or one pair of objects; where what follows begins."""
    if step is _Step.WORDS:
        return at + 4 * count
    if data[at : at + 1] == b"0":
        return at + 1
    todo += [(_Step.PAIRS, 1), (_Step.OBJECT, 2)]
    return at


def _text(data: bytes, at: int, kind: int) -> tuple[int, int]:
    """Where a text begins and ends."""
    width = 1 if kind in _SHORT_TEXT else 4
    start = at + width
    return start, start + int.from_bytes(data[at:start], "little")


def _readable(kind: int, text: bytes) -> bool:
    """Whether a text is for people: bytes are when they hold no control characters."""
    return len(text) > 1 and (kind != ord("s") or not any(byte < 32 and byte not in b"\t\r\n" for byte in text))


def _inside(data: bytes, at: int, kind: int, magic: int, todo: _Steps) -> int:
    """Go over what an object has behind its type; where what follows begins, -1 when the type is not known."""
    if kind in _BEHIND:
        return at + _BEHIND[kind]
    if kind in _COUNTED:
        count = int.from_bytes(data[at : at + _COUNTED[kind]], "little")
        todo += [(_Step.OBJECT, count)] if count else []
        return at + _COUNTED[kind]
    if kind == ord("l"):
        return at + 4 + 2 * abs(int.from_bytes(data[at : at + 4], "little", signed=True))
    if kind == ord("f"):
        return at + 1 + int.from_bytes(data[at : at + 1])
    holds = {ord("{"): [(_Step.PAIRS, 1)], ord(":"): [(_Step.OBJECT, 3)], ord("c"): _code(magic)}.get(kind)
    todo += holds or []
    return at if holds else -1


def _code(magic: int) -> _Steps:
    """What a code object holds, last first: numbers, objects, the first line's number, tables of lines and exceptions."""
    if 3495 <= magic < 20_000:
        return [(_Step.OBJECT, 2), (_Step.WORDS, 1), (_Step.OBJECT, 8), (_Step.WORDS, 5)]
    numbers = 6 if 3413 <= magic < 20_000 else 5 if 3000 <= magic < 20_000 else 4
    return [(_Step.OBJECT, 1), (_Step.WORDS, 1), (_Step.OBJECT, 8), (_Step.WORDS, numbers)]
