"""The entries of a zip archive."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence

from lambdaward.packages.unpack.blob import Blob, Part, Reader, pieces
from lambdaward.packages.unpack.entry import Content, Entry, Kind, Scope, nothing
from lambdaward.packages.unpack.faults import FaultKind
from lambdaward.packages.unpack.names import decode
from lambdaward.packages.unpack.tree import Tree
from lambdaward.packages.unpack.zip import front
from lambdaward.packages.unpack.zip.content import content
from lambdaward.packages.unpack.zip.layout import Layout, measure
from lambdaward.packages.unpack.zip.records import UTF8, Header, central

_UNIX, _DOS_FOLDER = 3, 0x10
_DEVICES = dict.fromkeys((stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK), Kind.DEVICE)
_FORMAT = 0o170000
_KINDS = {stat.S_IFLNK: Kind.LINK, stat.S_IFDIR: Kind.FOLDER, **_DEVICES}


def read_zip(blob: Blob, scope: Scope) -> Iterator[Entry]:
    """Every entry of an archive, in the directory's order; then what the directory does not list, and bytes that nothing
    owns. Disagreements about the archive as a whole are noted before the first entry."""
    layout, tree = measure(blob, scope), Tree(scope)
    if layout is None:
        yield from _unlisted(blob, scope, tree, 0, blob.size)
        return
    yield from _listed(blob, scope, tree, layout)
    for start, end in layout.gaps:
        yield from _unlisted(blob, scope, tree, start, end)


def _listed(blob: Blob, scope: Scope, tree: Tree, layout: Layout) -> Iterator[Entry]:
    reader = Reader(blob)
    for index in _order(layout, scope.account.first):
        record, data = layout.records[index], layout.data[index]
        header = layout.headers[index] if index < len(layout.headers) else central(reader, record)
        if header is not None:
            yield _entry(scope, tree, header, Part(blob, data, header.packed) if data >= 0 else None)


def _order(layout: Layout, first: tuple[bytes, ...]) -> Sequence[int]:
    """The records by their number; those with the endings that come first in front, as far as records are kept."""
    every = range(len(layout.records))
    if not first:
        return every
    front = {index for index, header in enumerate(layout.headers) if header.name.endswith(first)}
    return [*sorted(front), *(index for index in every if index not in front)]


def _unlisted(blob: Blob, scope: Scope, tree: Tree, start: int, end: int) -> Iterator[Entry]:
    for at, behind, header in front.entries(blob, scope, start, end):
        if header is None:
            yield slack(blob, scope, at, behind)
            continue
        entry = _entry(scope, tree, header, Part(blob, header.end, header.packed), listed=False)
        scope.fault(FaultKind.ZIP_HIDDEN, entry.path)
        yield entry


def slack(blob: Blob, scope: Scope, start: int, end: int) -> Entry:
    """Bytes that no entry owns, as an entry."""
    path, part = f"(bytes {start} to {end})", Part(blob, start, end - start)
    return Entry(path, Kind.SLACK, Content(scope, path, lambda: pieces(part), part.size, part), scope, part.size)


def _entry(scope: Scope, tree: Tree, header: Header, data: Part | None, *, listed: bool = True) -> Entry:
    name, good = decode(header.name, says_utf8=bool(header.flags & UTF8))
    kind, mode = _kind(header)
    path = tree.enter(name, kind)
    if not good:
        scope.fault(FaultKind.NAME_ENCODING, path)
    body = nothing(scope, path) if data is None else content(scope, path, header, data)
    target = ""
    if kind is Kind.LINK:
        scope.account.link(scope.place(path))
        target = decode(body.read(scope.account.limits.name + 1))[0]
        tree.link(path, target)
    if kind is Kind.DEVICE:
        scope.fault(FaultKind.DEVICE, path)
    if mode is not None and kind is Kind.FILE:
        tree.mode(path, mode)
    if header.size and header.name.endswith(b"/"):
        scope.fault(FaultKind.FOLDER_WITH_DATA, path)
    return Entry(path, kind, body, scope, header.size, mode, target, header.name, listed)


def _kind(header: Header) -> tuple[Kind, int | None]:
    """What an entry is, and its mode when it was made on Unix. A folder with content is a file to whoever scans it."""
    mode = header.attributes >> 16 if header.system == _UNIX else None
    kind = _KINDS.get((mode or 0) & _FORMAT, Kind.FILE)
    if kind is Kind.FILE and (header.name.endswith(b"/") or (mode is None and header.attributes & _DOS_FOLDER)):
        kind = Kind.FOLDER
    if kind is Kind.FOLDER and header.size:
        kind = Kind.FILE
    return kind, mode
