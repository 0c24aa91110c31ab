"""Finding the configuration of a project: upwards from what is scanned, and never beyond the project."""

# ruff: noqa: PTH100, PTH110, PTH112, PTH113, PTH120 - these functions never raise, and follow no link

from __future__ import annotations

import os
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
    place = os.path.abspath(start)
    folder = Path(place if os.path.isdir(place) else os.path.dirname(place))
    for file in (place / name for place in _upwards(folder) for name in (OWN, SHARED)):
        if os.path.isfile(file) and (file.name == OWN or speaks(file)):
            return file
    return None


def _upwards(folder: Path) -> list[Path]:
    chain = [folder, *folder.parents]
    repository = next((place for place in chain if os.path.exists(place / ".git")), None)
    end = repository or (Path.cwd() if Path.cwd() in chain else folder)
    return chain[: chain.index(end) + 1]


def speaks(file: Path) -> bool:
    """Whether a `pyproject.toml` has something to say here. One that is not valid counts when it looks like it. Raises
    `InputError` when it cannot be read."""
    import tomllib  # noqa: PLC0415 - many projects have no such file

    data = content(file)
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
        raise InputError(os.path.relpath(file), f"it cannot be read ({error.strerror})", "correct the path") from None
    if len(data) > LARGEST:
        raise InputError(os.path.relpath(file), f"it is larger than {LARGEST:,} bytes", "make it smaller")
    return data
