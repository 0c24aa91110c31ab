"""What a walk leaves out: `.gitignore` files at any depth, patterns of the user, and folders that hold other people's code."""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterable

from lambdaward.model import InputError
from lambdaward.sources.discover.patterns import Patterns
from lambdaward.sources.files import read_bytes

NEVER = frozenset(
    {
        ".git", ".hg", ".svn", ".idea", ".mypy_cache", ".nox", ".pytest_cache", ".ruff_cache", ".terraform", ".tox", ".venv",
        "__pycache__", "bower_components", "node_modules", "site-packages", "venv",
    }
)  # fmt: skip
MOST_BYTES = 1 << 20
_NAME = ".gitignore"
_ABOVE = re.compile(r"^(?:/|(?:\.\./)+)")
Rules = list[tuple[str, Patterns]]


class Ignore:
    """Decides for each entry of a walk. Of several `.gitignore` files the deepest that knows the entry counts, as for git.
    What the user names is read even when a file above it says otherwise. Paths are texts: walks are long. `above` are the
    rules of the folders above the first one.
    """

    def __init__(self, top: str, root: str, exclude: Iterable[str], *, use_gitignore: bool) -> None:
        self._use = use_gitignore
        self.above: Rules = []
        self._exclude = Patterns(exclude)
        folder = os.path.dirname(top)  # noqa: PTH120 - texts, see above
        while use_gitignore and len(folder) >= len(root):
            self.above = [*_own(folder), *self.above]
            folder = os.path.dirname(folder) if folder != root else ""  # noqa: PTH120 - as above
        if self.ignored(self.above, top, folder=True):
            self.above = []

    def enter(self, folder: str, above: Rules, files: Container[str]) -> Rules:
        """The rules of a folder that has some files: those of the folder above it (`above`, for the first one), and its own."""
        return [*above, *_own(folder)] if self._use and _NAME in files else above

    def excluded(self, shown: str) -> bool:
        """Whether the user leaves an entry out. Patterns are matched against the name as shown; a folder's ends in `/`."""
        if not self._exclude:
            return False
        name = _ABOVE.sub("", os.path.normpath(shown).replace(os.sep, "/")) + ("/" if shown.endswith("/") else "")
        return bool(self._exclude.includes(name))

    @staticmethod
    def ignored(rules: Rules, path: str, *, folder: bool) -> bool:
        """Whether git ignores an entry."""
        for start, patterns in reversed(rules):
            included = patterns.includes(path[len(start) :] + ("/" if folder else ""))
            if included is not None:
                return included
        return False


def _own(folder: str) -> Rules:
    """The rules that a folder's own `.gitignore` gives, with the prefix of the paths they are about."""
    try:
        data = read_bytes(os.path.join(folder, _NAME), _NAME, MOST_BYTES)  # noqa: PTH118 - as above
    except InputError:
        return []
    patterns = Patterns(data.decode(errors="replace").splitlines())
    return [(folder.rstrip(os.sep) + os.sep, patterns)] if patterns else []
