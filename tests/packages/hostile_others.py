"""Hostile tars, streams and other archives, each by recipe, with the faults that have to be named."""

import bz2
import gzip
import lzma
import random
import struct

from archives import pax, tar_entry, tar_header, tar_of

NOISE = random.Random(4).randbytes(3000)
GZ, BZ, XZ = gzip.compress(NOISE, mtime=0), bz2.compress(NOISE), lzma.compress(NOISE)
ONE = tar_entry()


def long_name(name: bytes, kind: bytes = b"L") -> bytes:
    """GNU's header for a long name."""
    return tar_entry(b"././@LongLink", name + b"\0", kind)


def ar(name: bytes, data: bytes, size: bytes | None = None) -> bytes:
    """An ar archive of one entry."""
    stated = b"%d" % len(data) if size is None else size
    return (
        b"!<arch>\n"
        + name.ljust(16)
        + b"0".ljust(12)
        + b"0".ljust(6) * 2
        + b"644".ljust(8)
        + stated.ljust(10)
        + b"`\n"
        + data
    )


def zstd_with_huge_window() -> bytes:
    """A frame that asks for a window of many gigabytes."""
    return b"\x28\xb5\x2f\xfd" + bytes([0x00, 0xF8]) + b"\x01\x00\x00"


HOSTILE_OTHERS = {
    "tar: a damaged header": (tar_of(ONE, tar_entry(checksum=b"000001\0 ")), {"tar-header"}),
    "tar: a negative size": (tar_of(ONE, tar_header(b"b", b"\xff" * 12)), {"tar-number"}),
    "tar: letters for a size": (tar_of(ONE, tar_header(b"b", b"zzzzzzzzzzz\0")), {"tar-number"}),
    "tar: a size beyond the end": (tar_of(ONE, tar_header(b"b", 1 << 30), end=b""), {"truncated", "tar-no-end"}),
    "tar: a base-256 size beyond everything": (
        tar_of(ONE, tar_header(b"b", b"\x80" + b"\x7f" * 11), end=b""), {"truncated", "tar-no-end"},
    ),
    "tar: an extended header that is huge": (tar_of(ONE, tar_header(b"pax", 1 << 30, b"x")), {"limit-header", "tar-no-end"}),
    "tar: an extended header that is damaged": (tar_of(tar_entry(b"pax", b"9999 path=x\n", b"x"), ONE), {"tar-extension"}),
    "tar: an extended header about nothing": (tar_of(ONE, pax(path=b"x")), {"tar-extension"}),
    "tar: a global header that renames all": (tar_of(pax(b"g", path=b"x"), ONE), {"tar-extension"}),
    "tar: two sizes for one entry": (tar_of(pax(size=b"512"), tar_header(size=0) + b"x" * 512), {"tar-size-differs"}),
    "tar: a size in words": (tar_of(pax(size=b"many"), tar_header()), {"tar-extension"}),
    "tar: an unknown type": (tar_of(tar_entry(kind=b"Z")), {"tar-type"}),
    "tar: a sparse file": (tar_of(pax(GNU__sparse__major=b"1"), ONE), {"tar-sparse"}),
    "tar: no end": (tar_of(ONE, end=b""), {"tar-no-end"}),
    "tar: data behind the end": (tar_of(ONE) + ONE, {"tar-after-end", "tar-no-end"}),
    "tar: an absolute name": (tar_of(tar_entry(b"/etc/x")), {"name-absolute", "name-dots"}),
    "tar: a name that leaves the root": (tar_of(tar_entry(b"../x")), {"name-escapes", "name-dots"}),
    "tar: a long name that leaves the root": (tar_of(long_name(b"a/../../" + b"x" * 200), ONE), {"name-escapes", "name-dots"}),
    "tar: an extended name that leaves the root": (tar_of(pax(path=b"../../x"), ONE), {"name-escapes", "name-dots"}),
    "tar: a link that leaves the root": (tar_of(tar_header(b"l", 0, b"2", b"../x")), {"link-escapes"}),
    "tar: a hard link that leaves the root": (tar_of(tar_header(b"l", 0, b"1", b"../x")), {"link-escapes"}),
    "tar: a hard link to an absolute path": (tar_of(tar_header(b"l", 0, b"1", b"/etc/passwd")), {"link-escapes"}),
    "tar: a hard link to nothing": (tar_of(tar_header(b"l", 0, b"1", b"later")), {"link-dangling"}),
    "tar: an entry written through a link": (
        tar_of(tar_header(b"l", 0, b"2", b"/tmp"), tar_entry(b"l/x")), {"link-absolute", "link-writes-through"},
    ),
    "tar: a link with content": (tar_of(ONE, tar_header(b"l", 512, b"2", b"a.txt")), {"link-with-data"}),
    "tar: a folder with content": (tar_of(tar_header(b"d", 512, b"5")), {"folder-with-data"}),
    "tar: a device": (tar_of(tar_header(b"null", 0, b"3")), {"device"}),
    "tar: a pipe": (tar_of(tar_header(b"pipe", 0, b"6")), {"device"}),
    "tar: a program with its owner's rights": (tar_of(tar_entry(mode=0o4755)), {"set-id"}),
    "tar: a name twice": (tar_of(ONE, tar_entry(data=b"other")), {"name-twice"}),
    "gzip: cut": (GZ[:-100], {"truncated"}),
    "gzip: damaged": (GZ[:200] + b"\xff" * 300 + GZ[500:], {"bad-stream"}),
    "gzip: a wrong checksum": (GZ[:-8] + b"\0" * 4 + GZ[-4:], {"bad-stream"}),
    "gzip: a wrong length": (GZ[:-4] + b"\0" * 4, {"bad-stream"}),
    "gzip: data behind": (GZ + b"behind", {"after-stream"}),
    "gzip: a second stream that is cut": (GZ + GZ[:-9], {"truncated"}),
    "bzip2: cut": (BZ[:-100], {"truncated"}),
    "bzip2: damaged": (BZ[:40] + b"\xff" * 300 + BZ[340:], {"bad-stream"}),
    "bzip2: data behind": (BZ + b"behind", {"after-stream"}),
    "xz: cut": (XZ[:-100], {"truncated"}),
    "xz: damaged": (XZ[:200] + b"\xff" * 300 + XZ[500:], {"bad-stream"}),
    "xz: data behind": (XZ + b"behind", {"after-stream"}),
    "zstd: a window of gigabytes": (zstd_with_huge_window(), {"bad-stream"}),
    "gzip: 1,000 zeros for one byte": (gzip.compress(bytes(100 << 20)), {"limit-ratio"}),
    "bzip2: 20,000 zeros for one byte": (bz2.compress(bytes(100 << 20)), {"limit-ratio"}),
    "xz: 6,000 zeros for one byte": (lzma.compress(bytes(100 << 20)), {"limit-ratio"}),
    "ar: a damaged header": (ar(b"a/", b"x", b"lots"), {"ar-header"}),
    "ar: cut": (ar(b"a/", b"x", b"99"), {"truncated"}),
    "ar: a name that leaves the root": (ar(b"../../x/", b"xx"), {"name-escapes", "name-dots"}),
    "7z": (b"7z\xbc\xaf\x27\x1c" + struct.pack("<HL", 4, 0), {"format-unread"}),
    "rar": (b"Rar!\x1a\x07\x01\x00", {"format-unread"}),
    "cpio": (b"070701" + b"0" * 104 + b"TRAILER!!!", {"format-unread"}),
}  # fmt: skip
