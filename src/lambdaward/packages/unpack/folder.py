"""The entries of a folder on this machine. Links are not followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from lambdaward.packages.unpack.blob import opened, pieces
from lambdaward.packages.unpack.entry import Content, Entry, Kind, Scope, nothing
from lambdaward.packages.unpack.faults import FaultKind
from lambdaward.packages.unpack.names import decode, link_faults
from lambdaward.packages.unpack.tree import Tree


def read_folder(root: Path, scope: Scope) -> Iterator[Entry]:
    """Everything below a folder, in the order of names; a folder comes before what it holds."""
    return _Folder(root, scope).below(root)


class _Folder:
    """A walk over a folder."""

    def __init__(self, root: Path, scope: Scope) -> None:
        self._root = root
        self._scope = scope
        self._tree = Tree(scope)

    def below(self, folder: Path) -> Iterator[Entry]:
        """Everything below one folder."""
        pending = [iter(self._listed(folder))]
        while pending:
            found = next(pending[-1], None)
            if found is None:
                pending.pop()
                continue
            entry = self._entry(found)
            yield entry
            if entry.kind is Kind.FOLDER:
                pending.append(iter(self._listed(Path(found.path))))

    def _listed(self, folder: Path) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as found:
                return sorted(found, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            self._scope.fault(FaultKind.FILE_UNREADABLE, str(folder.relative_to(self._root)), error.strerror or "")
            return []

    def _entry(self, found: os.DirEntry[str]) -> Entry:
        file = Path(found.path)
        name = os.fsencode(file.relative_to(self._root))
        status = found.stat(follow_symlinks=False)
        kind = _kind(status.st_mode)
        text, good = decode(name)
        path = self._tree.enter(text, kind)
        if not good:
            self._scope.fault(FaultKind.NAME_ENCODING, path)
        if kind is Kind.FILE:
            content = _content(file, self._scope, path, status.st_size)
            return Entry(path, kind, content, self._scope, status.st_size, status.st_mode, name=name)
        target = self._target(file, path) if kind is Kind.LINK else ""
        if kind is Kind.DEVICE:
            self._scope.fault(FaultKind.DEVICE, path)
        return Entry(path, kind, nothing(self._scope, path), self._scope, 0, status.st_mode, target, name)

    def _target(self, file: Path, path: str) -> str:
        """Where a link points to, as it stands there. An absolute target is judged by where it leads."""
        self._scope.account.link(self._scope.place(path))
        target = decode(os.fsencode(file.readlink()))[0]
        if not target.startswith("/"):
            self._tree.link(path, target)
        elif not Path(target).is_relative_to(self._root.resolve()):
            for fault in link_faults(path, target, self._scope.account.limits):
                self._scope.fault(fault, path, target)
        return target


def _kind(mode: int) -> Kind:
    if stat.S_ISLNK(mode):
        return Kind.LINK
    if stat.S_ISDIR(mode):
        return Kind.FOLDER
    return Kind.FILE if stat.S_ISREG(mode) else Kind.DEVICE


def _content(file: Path, scope: Scope, path: str, size: int) -> Content:
    """The content of a file, which is opened each time it is read."""

    def stream() -> Iterator[bytes]:
        read = 0
        try:
            with opened(file) as blob:
                for piece in pieces(blob):
                    read += len(piece)
                    yield piece
        except OSError as error:
            scope.fault(FaultKind.FILE_UNREADABLE, path, error.strerror or "")
            return
        if read != size:
            scope.fault(FaultKind.FILE_CHANGED, path)

    return Content(scope, path, stream, size)
