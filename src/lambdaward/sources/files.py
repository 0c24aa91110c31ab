"""Reading files of a scanned project: regular ones only, inside of it, and no more of them than is asked for."""

# ruff: noqa: PTH112, PTH113 - these forms take any path, where `pathlib` raises for loops and long names

from __future__ import annotations

import os
import stat
from pathlib import Path

from lambdaward.model import InputError, Problem

_FLAGS = getattr(os, "O_NONBLOCK", 0)


def read_bytes(path: str | Path, shown: str, limit: int) -> bytes:
    """The content of a file; of one that is larger than the limit one byte more than that, so that the caller sees it. Raises
    `InputError` for what cannot be read, and for pipes and devices, which might never end.
    """
    try:
        with open(path, "rb", opener=_open) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise InputError(shown, "it is not a regular file", "leave it out with --exclude")
            return stream.read(limit + 1)
    except OSError as error:
        raise unreadable(error, shown) from None


def within(path: str | Path, root: str | Path) -> Path | None:
    """Where a path leads, links followed, or `None` when that lies outside of a folder."""
    return below(path, os.path.realpath(root))


def below(path: str | Path, top: str) -> Path | None:
    """As `within`, for a folder whose own links are already followed."""
    try:
        real = os.path.realpath(path)
    except (OSError, ValueError):
        return None
    return Path(real) if real == top or real.startswith(top.rstrip(os.sep) + os.sep) else None


def is_file(path: Path) -> bool:
    """Whether there is a regular file, as far as the system lets us know."""
    return os.path.isfile(path)


def is_folder(path: Path) -> bool:
    """Whether there is a folder, as far as the system lets us know."""
    return os.path.isdir(path)


def unreadable(error: OSError, shown: str) -> InputError:
    """The error for a file or folder that the system does not let us read."""
    return InputError(
        shown, f"it cannot be read: {error.strerror}", "check its permissions, or leave it out with --exclude"
    )


def lost(error: InputError) -> Problem:
    """The problem that a lost input is."""
    return Problem(error.file, error.problem, error.remedy, error.line, error.column)


def _open(path: str, flags: int) -> int:
    """Opening a pipe must not wait for somebody to write into it."""
    return os.open(path, flags | _FLAGS)
