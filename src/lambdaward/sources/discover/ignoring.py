"""What a walk leaves out: `.gitignore` files at any depth, patterns of the user, and folders that hold other people's code."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

NEVER = frozenset(
    {
        ".git", ".hg", ".svn", ".idea", ".mypy_cache", ".nox", ".pytest_cache", ".ruff_cache", ".terraform", ".tox", ".venv",
        "__pycache__", "bower_components", "node_modules", "site-packages", "venv",
    }
)  # fmt: skip
MOST_BYTES = 1 << 20


class Ignore:
    """Decides for each entry of a walk. Of several `.gitignore` files the deepest that knows the entry counts, as for git.
    What the user names is read even when a file above it says otherwise.
    """

    def __init__(self, top: Path, root: Path, exclude: Iterable[str], *, use_gitignore: bool) -> None:
        self._use = use_gitignore
        self._specs: dict[Path, GitIgnoreSpec | None] = {}
        self._root = root
        self._exclude = compiled(exclude)
        if use_gitignore and top.is_relative_to(root):
            for folder in (top, *top.parents):
                self.enter(folder)
                if folder == root:
                    break
            if self.ignored(top, folder=True):
                self._specs.clear()

    def enter(self, folder: Path) -> None:
        """Read the `.gitignore` of a folder."""
        if not self._use or folder in self._specs:
            return
        file = folder / ".gitignore"
        try:
            data = file.read_bytes() if file.is_file() and file.stat().st_size <= MOST_BYTES else b""
        except OSError:
            data = b""
        self._specs[folder] = compiled(data.decode(errors="replace").splitlines())

    def excluded(self, shown: str) -> bool:
        """Whether the user leaves an entry out. Patterns are matched against the name as shown; a folder's ends in `/`."""
        name = os.path.normpath(shown).replace(os.sep, "/").lstrip("./") + ("/" if shown.endswith("/") else "")
        return self._exclude is not None and self._exclude.match_file(name)

    def ignored(self, path: Path, *, folder: bool) -> bool:
        """Whether git ignores an entry."""
        for parent in path.parents:
            spec = self._specs.get(parent)
            if spec is not None:
                name = path.relative_to(parent).as_posix() + ("/" if folder else "")
                included = spec.check_file(name).include
                if included is not None:
                    return included
            if parent == self._root:
                break
        return False


def compiled(lines: Iterable[str]) -> GitIgnoreSpec | None:
    """The patterns of some lines, matched in linear time; lines that are no pattern are left out. `None` when there are none."""
    wanted = [line for line in lines if line.strip() and not line.startswith("#")]
    if not wanted:
        return None
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - 45 ms, and many projects have no such file

    try:
        return GitIgnoreSpec.from_lines(wanted, backend="re2")
    except ValueError:
        return GitIgnoreSpec.from_lines(filter(_valid, wanted), backend="re2")


def _valid(line: str) -> bool:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - as above

    try:
        GitIgnoreSpec.from_lines([line], backend="re2")
    except ValueError:
        return False
    return True
