"""A lock as text: TOML, one field a line, always the same bytes for the same lock."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec.structs import replace

from lambdaward.model import InputError
from lambdaward.packages.lock.locked import Lock, Locked

_HEAD = "# Written by `lambdaward lock`, checked by `lambdaward lock --verify`. Commit it; do not edit it."
_LIMIT = 64 << 20
_REMEDY = "take the committed file, or write it anew with `lambdaward lock`"
TABLES = ("function", "layer", "package")


def written(lock: Lock) -> str:
    """The text of a lock."""
    lines = [_HEAD, f"version = {lock.version}"]
    for kind in TABLES:
        for locked in getattr(lock, kind):
            lines += ["", *table(kind, locked)]
    return "\n".join(lines) + "\n"


def table(kind: str, locked: Locked) -> Iterator[str]:
    """The lines of one function, layer or package."""
    yield f"[[{kind}]]"
    for key, value in msgspec.to_builtins(locked).items():
        if isinstance(value, (tuple, list)):
            yield f"{key} = ["
            yield from (f"  {_quoted(member)}," for member in value)
            yield "]"
        else:
            yield f"{key} = {value if isinstance(value, int) else _quoted(value)}"


def sealed(kind: str, locked: Locked) -> Locked:
    """The same with its seal."""
    return replace(locked, seal=seal(kind, locked))


def seal(kind: str, locked: Locked) -> str:
    """The digest over all fields but the seal, in hexadecimal. It shows a damaged line; who rewrites both is seen in review."""
    return hashlib.sha256("\n".join(table(kind, replace(locked, seal=""))).encode()).hexdigest()


def _quoted(text: str) -> str:
    """A basic string of TOML."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    if letter.isprintable():
        return letter
    return "\ufffd" if "\ud800" <= letter <= "\udfff" else f"\\U{ord(letter):08X}"


def read_lock(path: Path) -> Lock:
    """The lock in a file. Raises `InputError` for what is none, and for one with a line that does not fit its seal."""
    import tomllib  # noqa: PLC0415 - only where a lock is read

    try:
        with path.open("rb") as file:
            data = file.read(_LIMIT + 1)
        if len(data) > _LIMIT:
            raise InputError(str(path), f"it is larger than {_LIMIT >> 20} MB", _REMEDY)
        lock = msgspec.convert(tomllib.loads(data.decode()), Lock)
    except OSError as error:
        raise InputError(str(path), f"it cannot be read ({error.strerror})", _REMEDY) from None
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(str(path), f"it is no lock: {_reason(error)}", _REMEDY) from None
    if lock.version != 1:
        raise InputError(str(path), f"it is of version {lock.version}, which is not known here", "update lambdaward")
    return lock


def _reason(error: Exception) -> str:
    return str(error).splitlines()[0] if not isinstance(error, RecursionError) else "it is nested too deep"


def broken_seals(lock: Lock) -> tuple[tuple[str, str], ...]:
    """Kind and name of what was edited in a lock: its fields do not fit its seal."""
    return tuple(
        (kind, locked.name) for kind in TABLES for locked in getattr(lock, kind) if locked.seal != seal(kind, locked)
    )
