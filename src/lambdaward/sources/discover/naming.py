"""Names of files: for people, for identities, and the folder of the project that nothing is read outside of."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT_MARKS = (".git", "lambdaward.toml")


def absolute(path: Path) -> Path:
    """The absolute path without `..`. Symbolic links stay, so that names are those the user knows."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - `resolve` would follow links


def display(path: Path, given: Path) -> str:
    """The name to show: relative to the current folder when below it, else as the user gave the folder it was found in.

    `path` is absolute; `given` is what the user named, of which `path` is a part or the same.
    """
    text = os.fspath(path)
    below = _below(text, os.getcwd())  # noqa: PTH109 - texts: a walk asks for thousands of names
    if below is None and (inner := _below(text, os.path.abspath(given))) is not None:  # noqa: PTH100 - as above
        below = os.path.join(given, inner) if inner != "." else os.fspath(given)  # noqa: PTH118 - as above
    return (text if below is None else below).replace(os.sep, "/")


def _below(path: str, folder: str) -> str | None:
    """A path relative to a folder that it is in or the same as, else `None`. Both are absolute."""
    if path == folder:
        return "."
    start = folder if folder.endswith(os.sep) else folder + os.sep
    return path[len(start) :] if path.startswith(start) else None


def project_root(path: Path) -> Path:
    """The nearest folder, from the path upwards, that is the root of a project; else the folder itself (of a file, its own)."""
    folder = path if path.is_dir() else path.parent
    for candidate in (folder, *folder.parents):
        if any(os.path.exists(candidate / mark) for mark in PROJECT_MARKS):  # noqa: PTH110 - it never raises
            return candidate
    return folder
