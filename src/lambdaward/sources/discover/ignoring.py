"""What a walk leaves out: `.gitignore` files at any depth, patterns of the user, and folders that hold other people's code."""

from __future__ import annotations

import os
from collections.abc import Iterable
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
Rules = list[tuple[str, "GitIgnoreSpec"]]


class Ignore:
    """Decides for each entry of a walk. Of several `.gitignore` files the deepest that knows the entry counts, as for git.
    What the user names is read even when a file above it says otherwise. Paths are texts: walks are long.
    """

    def __init__(self, top: str, root: str, exclude: Iterable[str], *, use_gitignore: bool) -> None:
        self._use = use_gitignore
        self._above: list[tuple[str, GitIgnoreSpec]] = []
        self._exclude = compiled(exclude)
        folder = os.path.dirname(top)  # noqa: PTH120 - texts, see above
        while use_gitignore and len(folder) >= len(root):
            self._above = [*_own(folder), *self._above]
            folder = os.path.dirname(folder) if folder != root else ""  # noqa: PTH120 - as above
        if self.ignored(self._above, top, folder=True):
            self._above = []

    def enter(self, folder: str, above: Rules | None = None) -> Rules:
        """The rules of a folder: those of the folder above it (of the project, by default), and its own."""
        rules = self._above if above is None else above
        return [*rules, *_own(folder)] if self._use else []

    def excluded(self, shown: str) -> bool:
        """Whether the user leaves an entry out. Patterns are matched against the name as shown; a folder's ends in `/`."""
        if self._exclude is None:
            return False
        name = os.path.normpath(shown).replace(os.sep, "/").lstrip("./") + ("/" if shown.endswith("/") else "")
        return self._exclude.match_file(name)

    @staticmethod
    def ignored(rules: Rules, path: str, *, folder: bool) -> bool:
        """Whether git ignores an entry."""
        for start, spec in reversed(rules):
            included = spec.check_file(path[len(start) :] + ("/" if folder else "")).include
            if included is not None:
                return included
        return False


def _own(folder: str) -> Rules:
    """The rules that a folder's own `.gitignore` gives, with the prefix of the paths they are about."""
    file = os.path.join(folder, ".gitignore")  # noqa: PTH118 - as above
    try:
        with open(file, "rb") as stream:  # noqa: PTH123 - as above
            data = stream.read(MOST_BYTES)
    except OSError:
        return []
    spec = compiled(data.decode(errors="replace").splitlines())
    return [] if spec is None else [(folder.rstrip(os.sep) + os.sep, spec)]


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
