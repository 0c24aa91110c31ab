"""Code in which there is plainly nothing to look for: then nothing that reads packages need be loaded."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

_SMALL, _FEW = 1 << 17, 100


def is_plain(path: Path, is_plain_text: Callable[[str, bytes], bool]) -> bool:
    """Whether code is a small folder of which every file is plain, by its name and content. What cannot be read, or is a link,
    is not: it is left to what reads packages, which says so."""
    try:
        return path.is_dir() and _holds_plain_text(path, is_plain_text)
    except OSError:
        return False


def _holds_plain_text(folder: Path, is_plain_text: Callable[[str, bytes], bool]) -> bool:
    """Whether every file of a folder is small and plain. Raises `OSError` where that cannot be told."""
    left = _SMALL
    for above, folders, names in os.walk(folder, onerror=_raise):
        if len(folders) + len(names) > _FEW or any(Path(above, name).is_symlink() for name in folders):
            return False
        for file in (Path(above, name) for name in names):
            left -= file.lstat().st_size
            if left < 0 or not file.is_file() or file.is_symlink() or not is_plain_text(file.name, file.read_bytes()):
                return False
    return True


def _raise(error: OSError) -> None:
    raise error
