"""Files of packages that run as somebody else than who starts them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from lambdaward.analysis.layers import packed
from lambdaward.model import Code, LocalCode

_PRIVILEGED = 0o6000


def privileged(code: Code) -> tuple[str, ...]:
    """The files of a package with a setuid or setgid bit, by their path; none when it is not on this machine. Raises
    `InputError` when it cannot be read. The rights of a source folder are told without reading its files."""
    if not isinstance(code, LocalCode) or code.kind not in ("folder", "build", "zip"):
        return ()
    path = Path(code.root, code.built or code.path)
    if path.is_dir():
        return tuple(sorted(_in_folder(path)))
    return tuple(sorted(e.path for e in packed(code) if (e.mode or 0) & _PRIVILEGED)) if path.exists() else ()


def _in_folder(folder: Path) -> Iterator[str]:
    for above, _, names in os.walk(folder):
        for name in names:
            file = Path(above, name)
            if not file.is_symlink() and file.lstat().st_mode & _PRIVILEGED:
                yield file.relative_to(folder).as_posix()
