"""The entries of an ar archive: Debian packages and static libraries."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.packages.unpack.blob import Blob, Part, Reader, pieces
from lambdaward.packages.unpack.entry import Content, Entry, Kind, Scope
from lambdaward.packages.unpack.faults import FaultKind
from lambdaward.packages.unpack.names import decode
from lambdaward.packages.unpack.tree import Tree

_HEADER = 60
_NAMES = b"//"


def read_ar(blob: Blob, scope: Scope) -> Iterator[Entry]:
    """Every entry of an archive. GNU's long names are read from the table in front; the symbol table is an entry too."""
    reader, tree, at, table = Reader(blob), Tree(scope), 8, b""
    while at < blob.size and not scope.account.over:
        raw = reader.read(at, _HEADER)
        size = raw[48:58].strip()
        if raw[58:] != b"`\n" or not size.isdigit():
            scope.fault(FaultKind.AR_HEADER, "", f"at byte {at}")
            return
        data = Part(blob, at + _HEADER, int(size))
        name = raw[:16].rstrip()
        if name == _NAMES:
            table = data.read(0, scope.account.limits.header)
        yield _entry(scope, tree, _long(name, table), data, int(size))
        at += _HEADER + int(size) + int(size) % 2


def _long(name: bytes, table: bytes) -> bytes:
    if name[:1] == b"/" and name[1:].isdigit():
        return table[int(name[1:]) :].partition(b"\n")[0].rstrip(b"/")
    return name if name in (b"/", _NAMES) else name.rstrip(b"/")


def _entry(scope: Scope, tree: Tree, name: bytes, data: Part, size: int) -> Entry:
    text = {b"/": "(symbols)", _NAMES: "(names)"}.get(name) or decode(name)[0]
    path = tree.enter(text, Kind.FILE)
    if data.size < size:
        scope.fault(FaultKind.TRUNCATED, path)
    return Entry(path, Kind.FILE, Content(scope, path, lambda: pieces(data), data.size, data), scope, size, name=name)
