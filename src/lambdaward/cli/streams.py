"""Where data goes: to stdout, whose reader may leave, or into a file that is written whole or not at all."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from pathlib import Path


@contextmanager
def stdout(form: str) -> Iterator[TextIO]:
    """The standard output, ready for a format: for machines in UTF-8, for people in what their terminal takes.

    When its reader has gone, the rest goes nowhere: other reports and the exit code do not depend on it. Raises `UsageError`
    when it cannot be written.
    """
    stream = sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=None if form == "terminal" else "utf-8", errors="backslashreplace")
    try:
        yield stream
        stream.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError):
            raise _unwritten("stdout", error) from None


@contextmanager
def replaced(path: Path) -> Iterator[TextIO]:
    """A file that appears under its name once it is complete. What is no regular file (a pipe, a device) is written to.
    Raises `UsageError` when that cannot be done."""
    from secrets import token_hex  # noqa: PLC0415 - only for files

    special = path.exists() and not path.is_file()
    target = path.resolve()
    part = path if special else target.with_name(f".{target.name}.{token_hex(6)}")
    try:
        with part.open("w" if special else "x", encoding="utf-8", newline="\n") as stream:
            yield stream
        if not special:
            part.replace(target)
    except OSError as error:
        raise _unwritten(str(path), error) from None
    finally:
        if not special:
            part.unlink(missing_ok=True)


def _unwritten(name: str, error: OSError) -> Exception:
    from lambdaward.model import UsageError  # noqa: PLC0415 - only when something is wrong

    return UsageError(f"{name} cannot be written ({error.strerror})")
