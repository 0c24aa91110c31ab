"""Hostile zips, each by recipe, with the faults that have to be named. Every one is made at run time."""

import struct
import zlib

from archives import Member, central, deflated, descriptor, later, local, zip_of

A, B = Member("a.txt", b"one"), Member("b.txt", b"two")
HIDDEN = Member("hidden.txt", b"seen from the front only")
INNER = Member("evil.py", b"print('second view')")
SECRET = b"bytes that nobody lists"


def field(number: int, data: bytes) -> bytes:
    """An extra field."""
    return struct.pack("<2H", number, len(data)) + data


def quine_like(levels: int) -> bytes:
    """An archive in an archive, and so on."""
    data = zip_of(A)
    for _ in range(levels):
        data = zip_of(Member("inner.zip", data))
    return data


def shared_kernel(count: int) -> bytes:
    """Many records of the directory that all point at the same large content."""
    kernel = Member("0", bytes(1 << 20))
    front = local(kernel)
    members = [Member(str(n), bytes(1 << 20), no_content=True, offset=0) for n in range(count)]
    whole = zip_of(*members)
    directory = whole[whole.index(b"PK\1\2") : -22]
    return front + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), len(front), 0)


def zip64(entries: int, small_entries: int, *, record: bool = True) -> bytes:
    """An archive with a large-archive end record that states a number of entries."""
    body = zip_of(A)
    directory = body.index(b"PK\1\2")
    size = len(body) - 22 - directory
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, entries, entries, size, directory)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(body) - 22 if record else 1 << 40, 1)
    small = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, small_entries, small_entries, size, directory, 0)
    return body[:-22] + (end64 if record else b"") + locator + small


def cut(data: bytes, size: int) -> bytes:
    """All but the last bytes."""
    return data[:-size]


def changed(data: bytes, at: int, value: bytes) -> bytes:
    """Bytes with some of them replaced."""
    return data[:at] + value + data[at + len(value) :]


UNICODE_PATH = field(0x7075, b"\1" + struct.pack("<L", zlib.crc32(b"a.txt")) + b"other.py")
NOWHERE = Member("b.txt", b"one", offset=0, no_content=True)
SHARED = {"zip-overlap", "zip-name-differs", "zip-gap", "zip-hidden", "name-twice", "bad-stream"}
"""What is wrong when two records point at one content, and the second one's own is empty."""
ASTRAY = {"zip-no-local", "zip-gap", "zip-hidden", "name-twice"}
"""What is wrong when a record points past its content."""

HOSTILE_ZIPS = {
    "no end record": (cut(zip_of(A, B), 22), {"zip-no-end", "zip-hidden"}),
    "cut inside the directory": (cut(zip_of(A, B), 60), {"zip-no-end", "zip-hidden"}),
    "cut inside content": (zip_of(Member("a.txt", b"x" * 5000, method=0))[:2000], {"zip-no-end", "zip-hidden", "truncated"}),
    "two end records": (zip_of(INNER, comment=zip_of(A)), {"zip-two-ends", "zip-prepended", "zip-hidden"}),
    "an end record's mark in the comment": (zip_of(A, comment=b"--PK\5\6--"), {"zip-two-ends"}),
    "data behind the end": (zip_of(A, suffix=SECRET), {"zip-trailing"}),
    "data in front, offsets untouched": (zip_of(A, prefix=SECRET), {"zip-prepended"}),
    "data in front, offsets from behind it": (zip_of(A, prefix=SECRET, shift=-len(SECRET)), {"zip-prepended"}),
    "data between entries": (zip_of(Member("a.txt", behind=SECRET), B), {"zip-gap"}),
    "an entry that is not listed": (zip_of(A, HIDDEN, B, unlisted=(HIDDEN,)), {"zip-gap", "zip-hidden"}),
    "an unlisted entry whose sizes come later": (
        zip_of(A, later(b"later" * 9, name="hidden.txt"), B, unlisted=(later(b"later" * 9, name="hidden.txt"),)),
        {"zip-gap", "zip-hidden"},
    ),
    "content shared by two entries": (zip_of(A, NOWHERE), SHARED),
    "a directory that points at nothing": (zip_of(A, Member("b.txt", offset=3)), ASTRAY),
    "a directory that points outside": (zip_of(A, Member("b.txt", offset=1 << 31)), ASTRAY),
    "two names for one entry": (zip_of(Member("a.txt", front={"name": b"b.txt"})), {"zip-name-differs"}),
    "two methods for one entry": (zip_of(Member("a.txt", front={"method": 0})), {"zip-method-differs"}),
    "two sizes for one entry": (zip_of(Member("a.txt", front={"size": 3})), {"zip-size-differs"}),
    "two checksums for one entry": (zip_of(Member("a.txt", front={"crc": 3})), {"zip-crc-differs"}),
    "flags that differ": (zip_of(Member("a.txt", front={"flags": 0x800})), {"zip-flags-differ"}),
    "encrypted content": (zip_of(Member("a.txt", flags=1)), {"zip-encrypted"}),
    "encryption that only the entry mentions": (zip_of(Member("a.txt", front={"flags": 1})), {"zip-flags-differ"}),
    "a method nobody has": (zip_of(Member("a.txt", method=77)), {"zip-method"}),
    "deflate64": (zip_of(Member("a.txt", method=9)), {"zip-method"}),
    "a wrong checksum": (zip_of(Member("a.txt", crc=7)), {"bad-crc"}),
    "damaged deflate": (zip_of(Member("a.txt", packed=b"\xff" * 20)), {"bad-stream"}),
    "deflate that stops too early": (
        zip_of(Member("a.txt", b"x" * 99, packed=deflated(b"x" * 99)[:-3])),
        {"truncated"},
    ),
    "bytes behind the deflated ones": (zip_of(Member("a.txt", packed=deflated(b"hello") + SECRET)), {"after-stream"}),
    "content longer than stated": (zip_of(Member("a.txt", b"hello", size=2)), {"longer"}),
    "content shorter than stated": (zip_of(Member("a.txt", b"hello", size=9)), {"shorter"}),
    "stored content with two sizes": (zip_of(Member("a.txt", method=0, size=3)), {"zip-store-sizes", "longer"}),
    "LZMA with nonsense in front": (zip_of(Member("a.txt", method=14, packed=b"\0\0\5\0" + b"\xff" * 9)), {"bad-stream"}),
    "LZMA cut inside its properties": (zip_of(Member("a.txt", method=14, packed=b"\0\0")), {"bad-stream"}),
    "a record behind content that is missing": (zip_of(Member("a.txt", flags=8)), {"zip-descriptor"}),
    "a record behind content that lies": (
        zip_of(Member("a.txt", flags=8, descriptor=descriptor(b"hello", 1))),
        {"zip-descriptor", "zip-gap"},
    ),
    "stored content without a length in front": (zip_of(later(b"whose end is where", method=0)), {"zip-open-store"}),
    "small and large records that differ": (zip64(1, 2), {"zip64-differs"}),
    "a large record with another count": (zip64(5, 0xFFFF), {"zip-count-differs"}),
    "a large record that is not there": (zip64(1, 1, record=False), {"zip64-missing", "zip-directory"}),
    "a large-archive field that is too short": (
        zip_of(Member("a.txt", stated_packed=0xFFFFFFFF, extra=field(1, b"\1"), front={"packed": 7})),
        {"zip-extra", "zip-size-differs", "zip-overlap", "truncated", "after-stream"},
    ),
    "more entries than stated": (zip_of(A, B, entries=1), {"zip-count-differs"}),
    "fewer entries than stated": (zip_of(A, entries=3), {"zip-count-differs"}),
    "a directory that is shorter than stated": (zip_of(A, before_end=SECRET), {"zip-directory"}),
    "a directory that is damaged": (
        changed(zip_of(A, B), zip_of(A, B).rindex(b"PK\1\2"), b"XX"),
        {"zip-directory", "zip-count-differs", "zip-gap", "zip-hidden"},
    ),
    "two directories": (
        zip_of(A, before_end=central(Member("b.txt", b"one"), 0)),
        {"zip-two-directories", "zip-name-differs", "zip-gap"},
    ),
    "an archive of several files": (zip_of(A, disk=3), {"zip-disks"}),
    "an extra field that is too long": (zip_of(Member("a.txt", extra=b"\1\0\xff\0")), {"zip-extra"}),
    "another name in an extra field": (zip_of(Member("a.txt", extra=UNICODE_PATH)), {"zip-unicode-path"}),
    "a folder with content": (zip_of(Member("lib/", b"hello")), {"folder-with-data"}),
    "an absolute name": (zip_of(Member("/etc/cron.d/x")), {"name-absolute", "name-dots"}),
    "a name that leaves the root": (zip_of(Member("a/../../x")), {"name-escapes", "name-dots"}),
    "a name that leaves the root with backslashes": (zip_of(Member("a\\..\\..\\x")), {"name-escapes", "name-backslash"}),
    "a name with a drive": (zip_of(Member("C:/x.py")), {"name-drive"}),
    "a name on a share": (zip_of(Member("\\\\host\\x.py")), {"name-drive", "name-backslash"}),
    "a name with a zero byte": (zip_of(Member("a.py\0.txt")), {"name-control"}),
    "a name that turns direction": (zip_of(Member("a\u202eyp.txt")), {"name-control"}),
    "a name that is not UTF-8": (zip_of(Member(b"a\xff.txt", flags=0x800)), {"name-encoding"}),
    "a name in two readings": (zip_of(Member("ä.txt", flags=0)), {"name-encoding"}),
    "no name": (zip_of(Member("")), {"name-empty"}),
    "a name of 5,000 bytes": (zip_of(Member("x" * 5000)), {"name-long"}),
    "a name of 300 folders": (zip_of(Member("x/" * 300 + "y")), {"name-deep"}),
    "a name with dots": (zip_of(Member("a//./b")), {"name-dots"}),
    "a name twice": (zip_of(A, Member("a.txt", b"other")), {"name-twice"}),
    "a name in two cases": (zip_of(A, Member("A.txt", b"other")), {"name-case"}),
    "a name in two compositions": (zip_of(Member("é"), Member("e\u0301")), {"name-case"}),
    "a file that is a folder too": (zip_of(Member("a"), Member("a/b")), {"name-under-file"}),
    "a folder that is a file too": (zip_of(Member("a/b"), Member("a")), {"name-under-file"}),
    "a link to an absolute path": (zip_of(Member("l", b"/etc/passwd", mode=0o120777)), {"link-absolute"}),
    "a link that leaves the root": (zip_of(Member("x/l", b"../../etc", mode=0o120777)), {"link-escapes"}),
    "a link with a huge target": (zip_of(Member("l", b"x" * 9000, mode=0o120777)), {"link-long"}),
    "an entry written through a link": (
        zip_of(Member("l", b"/tmp", mode=0o120777), Member("l/x")),
        {"link-absolute", "link-writes-through"},
    ),
    "a device": (zip_of(Member("dev", b"", mode=0o020666)), {"device"}),
    "a pipe": (zip_of(Member("pipe", b"", mode=0o010666)), {"device"}),
    "a program with its owner's rights": (zip_of(Member("su", mode=0o104755)), {"set-id"}),
    "50 zeros for one byte": (zip_of(Member("bomb", bytes(200 << 20))), {"limit-ratio"}),
    "one content for many entries": (shared_kernel(300), {"zip-overlap", "zip-name-differs"}),
    "archives nested too deep": (quine_like(40), {"limit-depth"}),
}  # fmt: skip
