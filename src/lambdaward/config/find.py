"""Finding the configuration of a project: upwards from what is scanned, and never beyond the project."""

from __future__ import annotations

import tomllib
from pathlib import Path

from lambdaward.model import InputError

OWN, SHARED = "lambdaward.toml", "pyproject.toml"
TABLE = b"[tool.lambdaward"
LARGEST = 1 << 20


def nearest(start: Path) -> Path | None:
    """The configuration file that is nearest to a path, or `None`. Of two in one folder, `lambdaward.toml` counts.

    The search ends at the root of the git repository. Outside of one, it ends at the current folder, or at the path's own
    folder where that is somewhere else: what others put above it is none of the project's business.
    """
    folder = start.absolute() if start.is_dir() else start.absolute().parent
    for place in _upwards(folder):
        for name in (OWN, SHARED):
            if (place / name).is_file() and (name == OWN or speaks(place / name)):
                return place / name
    return None


def _upwards(folder: Path) -> list[Path]:
    chain = [folder, *folder.parents]
    ends = [at for at, place in enumerate(chain) if (place / ".git").exists()] or [
        at for at, place in enumerate(chain) if place == Path.cwd()
    ]
    return chain[: ends[0] + 1] if ends else chain[:1]


def speaks(file: Path) -> bool:
    """Whether a `pyproject.toml` has something to say here. One that is not valid counts when it looks like it."""
    try:
        data = content(file)
    except InputError:
        return False
    try:
        return "lambdaward" in tomllib.loads(data.decode()).get("tool", {})
    except (ValueError, AttributeError, TypeError, RecursionError):
        return TABLE in data


def content(file: Path) -> bytes:
    """The bytes of a configuration file. Raises `InputError` when it cannot be read or is too large."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise InputError(str(file), f"it cannot be read ({error.strerror})", "correct the path") from None
    if len(data) > LARGEST:
        raise InputError(str(file), f"it is larger than {LARGEST:,} bytes", "make it smaller")
    return data
