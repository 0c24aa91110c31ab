"""The names of one archive so far: which collide, lie below a file, or would be written through a link."""

from __future__ import annotations

import stat

from lambdaward.packages.unpack.entry import Kind, Scope
from lambdaward.packages.unpack.faults import FaultKind
from lambdaward.packages.unpack.names import folded, judge, link_faults

_SET_ID = stat.S_ISUID | stat.S_ISGID


class Tree:
    """The names that were given out. Only their hashes are kept, so that many names take little memory.

    `rooted` is for file systems of images: there links are absolute, and programs with other rights are usual.
    """

    def __init__(self, scope: Scope, *, rooted: bool = False) -> None:
        self._scope = scope
        self._rooted = rooted
        self._files: set[int] = set()
        self._folders: set[int] = set()
        self._folded: set[int] = set()
        self._links: set[str] = set()

    def enter(self, name: str, kind: Kind) -> str:
        """Take a name as the archive gives it; its path below the root. Notes what is wrong with it."""
        if kind is Kind.FOLDER and name in (".", "./"):
            return "(root)"
        trimmed = name.removeprefix("./").removesuffix("/") if len(name) > 1 else name
        path, faults = judge(trimmed, self._scope.account.limits)
        for fault in faults:
            self._scope.fault(fault, path)
        self._ancestors(path)
        if kind is Kind.FOLDER:
            self._folders.add(hash(path))
            return path
        self._file(path)
        if kind is Kind.LINK:
            self._links.add(path)
        return path

    def link(self, path: str, target: str) -> None:
        """Judge where a symbolic link points to."""
        if self._rooted:
            return
        for fault in link_faults(path, target, self._scope.account.limits):
            self._scope.fault(fault, path, target)

    def mode(self, path: str, mode: int) -> None:
        """Judge the mode of a file."""
        if mode & _SET_ID and not self._rooted:
            self._scope.fault(FaultKind.SET_ID, path, f"mode {mode & 0o7777:o}")

    def has_file(self, path: str) -> bool:
        """Whether a file or link of this path was given out."""
        return hash(path) in self._files

    def _file(self, path: str) -> None:
        key, key_folded = hash(path), hash(folded(path))
        if key in self._files:
            self._scope.fault(FaultKind.NAME_TWICE, path)
        elif key in self._folders:
            self._scope.fault(FaultKind.NAME_UNDER_FILE, path, "a folder of this name has content")
        elif key_folded in self._folded:
            self._scope.fault(FaultKind.NAME_CASE, path)
        self._files.add(key)
        self._folded.add(key_folded)

    def _ancestors(self, path: str) -> None:
        end = path.rfind("/")
        while end > 0:
            parent = path[:end]
            key = hash(parent)
            if key in self._files:
                through = parent in self._links
                self._scope.fault(FaultKind.LINK_WRITES_THROUGH if through else FaultKind.NAME_UNDER_FILE, path)
            if key in self._folders:
                return
            self._folders.add(key)
            end = path.rfind("/", 0, end)
