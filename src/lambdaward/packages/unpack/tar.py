"""The entries of a tar archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lambdaward.packages.unpack.blob import Blob, Part, Reader, pieces
from lambdaward.packages.unpack.entry import Content, Entry, Kind, Scope, nothing
from lambdaward.packages.unpack.faults import FaultKind
from lambdaward.packages.unpack.names import decode, judge, leaves
from lambdaward.packages.unpack.tar_headers import (
    ANNOUNCING,
    BLOCK,
    GLOBAL,
    LONG_LINK,
    LONG_NAME,
    Header,
    extended,
    header,
    is_header,
)
from lambdaward.packages.unpack.tree import Tree

_KINDS = {
    b"0": Kind.FILE, b"\0": Kind.FILE, b"7": Kind.FILE, b"S": Kind.FILE, b"1": Kind.HARD_LINK, b"2": Kind.LINK,
    b"3": Kind.DEVICE, b"4": Kind.DEVICE, b"6": Kind.DEVICE, b"5": Kind.FOLDER, b"D": Kind.FOLDER,
}  # fmt: skip
_SPEAKING = ("path", "linkpath", "size")


def read_tar(blob: Blob, scope: Scope, *, rooted: bool = False) -> Iterator[Entry]:
    """Every entry of an archive, in its order. `rooted` is for the file system of an image."""
    return _Tar(blob, scope, rooted=rooted).entries()


class _Tar:
    """A walk over the blocks of an archive: `_at` is the next header, `_said` what headers said about it."""

    def __init__(self, blob: Blob, scope: Scope, *, rooted: bool) -> None:
        self._blob = blob
        self._reader = Reader(blob)
        self._scope = scope
        self._tree = Tree(scope, rooted=rooted)
        self._at = 0
        self._said: dict[str, bytes] = {}

    def entries(self) -> Iterator[Entry]:
        """Every entry; at the end, bytes behind the archive."""
        while (block := self._reader.read(self._at, BLOCK)) and any(block):
            if not is_header(block):
                self._scope.fault(FaultKind.TAR_HEADER, "", f"at byte {self._at}")
                yield self._slack(self._at)
                return
            self._at += BLOCK
            here = header(block)
            if here.type in ANNOUNCING:
                self._announcement(here)
            else:
                yield self._entry(here)
            if not self._scope.account.produce(BLOCK, self._scope.place("")):
                return
        yield from self._end()

    def _end(self) -> Iterator[Entry]:
        if self._said:
            self._scope.fault(FaultKind.TAR_EXTENSION, "", "it speaks of an entry that does not follow")
        if self._at >= self._blob.size:
            self._scope.fault(FaultKind.TAR_NO_END)
            return
        behind = self._at
        for piece in pieces(Part(self._blob, self._at, self._blob.size)):
            if rest := piece.lstrip(b"\0"):
                behind += len(piece) - len(rest)
                self._scope.fault(FaultKind.TAR_AFTER_END, "", f"at byte {behind}")
                yield self._slack(behind)
                return
            behind += len(piece)

    def _slack(self, start: int) -> Entry:
        path, part = f"(bytes {start} to {self._blob.size})", Part(self._blob, start, self._blob.size)
        stuff = Content(self._scope, path, lambda: pieces(part), part.size, part)
        return Entry(path, Kind.SLACK, stuff, self._scope, part.size)

    def _announcement(self, here: Header) -> None:
        """Read a header that speaks about the next one."""
        if not 0 <= here.size <= self._scope.account.limits.header:
            self._scope.fault(FaultKind.LIMIT_HEADER, "", f"{here.size} bytes")
            self._skip(here.size)
            return
        data = self._blob.read(self._at, here.size)
        self._skip(here.size)
        if here.type in (LONG_NAME, LONG_LINK):
            self._said["path" if here.type == LONG_NAME else "linkpath"] = data.rstrip(b"\0")
            return
        records = extended(data)
        if records is None or (here.type == GLOBAL and any(keyword in records for keyword in _SPEAKING)):
            self._scope.fault(FaultKind.TAR_EXTENSION, "", f"at byte {self._at}")
        elif here.type != GLOBAL:
            self._said.update(records)

    def _skip(self, size: int) -> None:
        self._at += -(-max(size, 0) // BLOCK) * BLOCK

    def _entry(self, here: Header) -> Entry:
        said, self._said = self._said, {}
        name, target = said.get("path", here.name), said.get("linkpath", here.target)
        kind = _KINDS.get(here.type, Kind.FILE)
        if kind is Kind.FILE and name.endswith(b"/"):
            kind = Kind.FOLDER
        text, good = decode(name)
        path = self._tree.enter(text, kind)
        if not good:
            self._scope.fault(FaultKind.NAME_ENCODING, path)
        size = self._size(here, said, path)
        self._judge(here, kind, path, said)
        if kind is not Kind.FILE:
            return self._without_content(here, kind, path, size, target)
        data = Part(self._blob, self._at, size)
        if data.size < size:
            self._scope.fault(FaultKind.TRUNCATED, path, f"{data.size} of {size} bytes")
        self._skip(size)
        content = Content(self._scope, path, lambda: pieces(data), data.size, data)
        return Entry(path, kind, content, self._scope, size, here.mode, name=name)

    def _size(self, here: Header, said: Mapping[str, bytes], path: str) -> int:
        if here.size < 0:
            self._scope.fault(FaultKind.TAR_NUMBER, path, "size")
        if "size" not in said:
            return max(here.size, 0)
        stated = int(said["size"]) if said["size"].isdigit() and len(said["size"]) < 20 else -1
        if stated < 0:
            self._scope.fault(FaultKind.TAR_EXTENSION, path, "size")
        elif stated != here.size:
            self._scope.fault(FaultKind.TAR_SIZE_DIFFERS, path, f"{here.size} and {stated} bytes")
        return max(stated, 0)

    def _judge(self, here: Header, kind: Kind, path: str, said: Mapping[str, bytes]) -> None:
        if here.type not in _KINDS:
            self._scope.fault(FaultKind.TAR_TYPE, path, repr(here.type)[1:])
        if here.type == b"S" or any(keyword.startswith("GNU.sparse.") for keyword in said):
            self._scope.fault(FaultKind.TAR_SPARSE, path)
        if kind is Kind.DEVICE:
            self._scope.fault(FaultKind.DEVICE, path)
        if kind is Kind.FILE:
            self._tree.mode(path, here.mode)

    def _without_content(self, here: Header, kind: Kind, path: str, size: int, target: bytes) -> Entry:
        """A link, folder or device. Whatever size it states, no content follows it: as GNU tar and Python read it."""
        if size:
            self._scope.fault(FaultKind.FOLDER_WITH_DATA if kind is Kind.FOLDER else FaultKind.LINK_WITH_DATA, path)
        text = decode(target)[0] if kind in (Kind.LINK, Kind.HARD_LINK) else ""
        if text:
            self._scope.account.link(self._scope.place(path))
        if kind is Kind.LINK:
            self._tree.link(path, text)
        elif kind is Kind.HARD_LINK:
            self._hard_link(path, text)
        return Entry(path, kind, nothing(self._scope, path), self._scope, 0, here.mode, text, here.name)

    def _hard_link(self, path: str, target: str) -> None:
        relative = target.removeprefix("./")
        if target.startswith("/") or leaves(target):
            self._scope.fault(FaultKind.LINK_ESCAPES, path, target)
        elif not self._tree.has_file(judge(relative, self._scope.account.limits)[0]):
            self._scope.fault(FaultKind.LINK_DANGLING, path, target)
