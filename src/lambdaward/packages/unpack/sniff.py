"""What a file is, by its first bytes; for archives with something in front, by its last."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lambdaward.model import pattern
from lambdaward.packages.unpack.ar import read_ar
from lambdaward.packages.unpack.blob import Blob
from lambdaward.packages.unpack.entry import Content, Entry, Scope
from lambdaward.packages.unpack.faults import FaultKind
from lambdaward.packages.unpack.squeezed import decoder_of, read_squeezed
from lambdaward.packages.unpack.tar import read_tar
from lambdaward.packages.unpack.tar_headers import is_header
from lambdaward.packages.unpack.zip import read_zip
from lambdaward.packages.unpack.zip.records import END, END_SIZE, FULL16, LOCAL

ReaderOf = Callable[[Blob, Scope], Iterator[Entry]]


def _unread(name: str) -> ReaderOf:
    def read(blob: Blob, scope: Scope) -> Iterator[Entry]:  # noqa: ARG001 - a reader that says so
        scope.fault(FaultKind.FORMAT_UNREAD, "", name)
        return iter(())

    return read


_MAGIC: tuple[tuple[bytes, ReaderOf], ...] = (
    (LOCAL, read_zip),
    (END, read_zip),
    (b"PK\x07\x08PK", read_zip),
    (b"!<arch>\n", read_ar),
    (b"7z\xbc\xaf\x27\x1c", _unread("7z")),
    (b"Rar!\x1a\x07", _unread("rar")),
    (b"MSCF\0\0\0\0", _unread("cab")),
    (b"07070", _unread("cpio")),
    (b"\xed\xab\xee\xdb", _unread("rpm")),
    (b"hsqs", _unread("squashfs")),
)
_CPIO = pattern(rb"07070(7[0-7]{70}|[12][0-9A-Fa-f]{104})")
_FIRST = frozenset(magic[:1] for magic, _ in _MAGIC)
_MAY_CARRY = (b"#!", b"MZ", b"\x7fELF")
_ZIP_NAMES = (".zip", ".jar", ".war", ".ear", ".whl", ".egg", ".pyz", ".pex", ".nupkg")


def reader_of(head: bytes) -> ReaderOf | None:
    """The reader of the archive that begins with these bytes (512 at least, where there are so many)."""
    if head[:1] in _FIRST:
        for magic, reader in _MAGIC:
            if head.startswith(magic) and (magic != b"07070" or _CPIO.match(head)):
                return reader
    if (make := decoder_of(head)) is not None:
        return lambda blob, scope: read_squeezed(blob, scope, make)
    if len(head) >= 512 and (head[257:262] == b"ustar" or head[:1] not in (b"", b"\0")) and is_header(head[:512]):
        return read_tar
    return None


def archive_reader(path: str, content: Content) -> ReaderOf | None:
    """The reader for an entry that is an archive, one that has a program in front of it included."""
    head = content.head()
    reader = reader_of(head)
    if reader is None and (head.startswith(_MAY_CARRY) or path.lower().endswith(_ZIP_NAMES)):
        return read_zip if _has_zip_end(content.blob()) else None
    return reader


def _has_zip_end(blob: Blob) -> bool:
    span = min(blob.size, END_SIZE + FULL16)
    tail = blob.read(blob.size - span, span)
    at = tail.rfind(END)
    # What an end record of one file, not a split one, has behind its signature: numbers of disks, all zero.
    return at >= 0 and tail[at + 4 : at + 8] == bytes(4) and len(tail) - at >= END_SIZE
