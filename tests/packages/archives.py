"""Recipes for archives, honest and hostile: every field of every record can be set to anything."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from lambdaward.packages.unpack import Entry, Fault, Kind, Limits, walk

NORMAL = Limits()


def deflated(data: bytes) -> bytes:
    """Raw deflate."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush()


@dataclass
class Member:
    """One entry of a zip. What is left `None` is what an honest program writes; `front` overrides the record in front."""

    name: str | bytes = "a.txt"
    data: bytes = b"hello"
    method: int = 8
    flags: int | None = None
    crc: int | None = None
    packed: bytes | None = None
    stated_packed: int | None = None
    size: int | None = None
    extra: bytes = b""
    system: int = 3
    mode: int = 0o100644
    front: dict = field(default_factory=dict)
    descriptor: bytes = b""
    behind: bytes = b""
    offset: int | None = None
    no_content: bool = False

    def fields(self) -> dict:
        name = self.name.encode() if isinstance(self.name, str) else self.name
        packed = self.packed if self.packed is not None else (deflated(self.data) if self.method == 8 else self.data)
        return {
            "name": name,
            "flags": (0 if name.isascii() else 0x800) if self.flags is None else self.flags,
            "method": self.method,
            "crc": zlib.crc32(self.data) if self.crc is None else self.crc,
            "packed": len(packed) if self.stated_packed is None else self.stated_packed,
            "size": len(self.data) if self.size is None else self.size,
            "extra": self.extra,
            "bytes": b"" if self.no_content else packed,
        }


def local(member: Member) -> bytes:
    """A record in front of content, and the content."""
    f = {"mark": b"PK\3\4", **member.fields(), **member.front}
    sizes = (f["packed"], f["size"], len(f["name"]), len(f["extra"]))
    head = struct.pack("<4s5H3L2H", f["mark"], 20, f["flags"], f["method"], 0, 33, f["crc"], *sizes)
    return head + f["name"] + f["extra"] + f["bytes"] + member.descriptor


def central(member: Member, offset: int) -> bytes:
    """A record of the directory."""
    f = member.fields()
    at = offset if member.offset is None else member.offset
    sizes = (f["packed"], f["size"], len(f["name"]), len(f["extra"]), 0, 0, 0, member.mode << 16, at)
    versions = (member.system << 8 | 20, 20)
    head = struct.pack("<4s6H3L5H2L", b"PK\1\2", *versions, f["flags"], f["method"], 0, 33, f["crc"], *sizes)
    return head + f["name"] + f["extra"]


def zip_of(
    *members: Member, prefix: bytes = b"", comment: bytes = b"", suffix: bytes = b"", before_end: bytes = b"", **end
) -> bytes:
    """A zip. `end` overrides fields of the end record: `entries`, `size`, `offset`, `disk`, `comment_size`; `shift` is added
    to every offset; `unlisted` are members that the directory leaves out."""
    body, directory = bytearray(prefix), bytearray()
    shift, unlisted = end.pop("shift", 0), end.pop("unlisted", ())
    for member in members:
        directory += b"" if member in unlisted else central(member, len(body) + shift)
        body += local(member) + member.behind
    count = len(members) - len(unlisted)
    values = {
        "entries": count,
        "size": len(directory),
        "offset": len(body) + shift,
        "disk": 0,
        "comment_size": len(comment),
        **end,
    }
    here = values.get("here", values["entries"])
    sizes = (values["size"], values["offset"], values["comment_size"])
    record = struct.pack("<4s4H2LH", b"PK\5\6", values["disk"], 0, here, values["entries"], *sizes)
    return bytes(body + directory) + before_end + record + comment + suffix


def descriptor(data: bytes, packed: int, *, marked: bool = True, **other) -> bytes:
    """The record behind content."""
    values = {"crc": zlib.crc32(data), "packed": packed, "size": len(data), **other}
    return (b"PK\7\x08" if marked else b"") + struct.pack("<3L", values["crc"], values["packed"], values["size"])


def later(data: bytes, method: int = 8, **other) -> Member:
    """A member whose sizes stand behind its content."""
    packed = len(deflated(data)) if method == 8 else len(data)
    empty = {"crc": 0, "packed": 0, "size": 0}
    return Member(data=data, method=method, flags=8, front=empty, descriptor=descriptor(data, packed), **other)


def tar_header(
    name: bytes = b"a.txt", size: int | bytes = 0, kind: bytes = b"0", target: bytes = b"", **other
) -> bytes:
    """A ustar header with its checksum, unless `checksum` says another."""
    stated = b"%011o\0" % size if isinstance(size, int) else size
    block = bytearray(512)
    fields = {
        0: name,
        100: b"%07o\0" % other.get("mode", 0o644),
        124: stated,
        136: b"00000000000\0",
        148: b" " * 8,
        156: kind,
    }
    late = {157: target, 257: other.get("magic", b"ustar\x0000"), 345: other.get("prefix", b"")}
    for at, value in {**fields, **late}.items():
        block[at : at + len(value)] = value
    block[148:156] = other.get("checksum", b"%06o\0 " % sum(block))
    return bytes(block)


def tar_entry(name: bytes = b"a.txt", data: bytes = b"hello", kind: bytes = b"0", **other) -> bytes:
    """A header and its padded content."""
    return tar_header(name, other.pop("size", len(data)), kind, **other) + data + b"\0" * (-len(data) % 512)


def pax(kind: bytes = b"x", **records) -> bytes:
    """An extended header."""
    data = b""
    for keyword, value in records.items():
        line = b" %s=%s\n" % (keyword.replace("__", ".").encode(), value)
        size = len(line) + 1
        while len(b"%d" % size) + len(line) != size:
            size += 1
        data += b"%d" % size + line
    return tar_entry(b"pax", data, kind)


def tar_of(*parts: bytes, end: bytes = b"\0" * 1024) -> bytes:
    """A tar."""
    return b"".join(parts) + end


def put(folder: Path, data: bytes, name: str = "package.zip") -> Path:
    """Bytes as a file."""
    path = folder / name
    path.write_bytes(data)
    return path


def unpacked(path: Path, limits: Limits = NORMAL, **options) -> tuple[list[tuple[str, Kind, bytes]], list[Fault]]:
    """Every entry with its content, and every fault."""
    entries, faults = [], []
    for item in walk(path, limits, **options):
        if isinstance(item, Fault):
            faults.append(item)
        else:
            entries.append((item.place, item.kind, b"".join(item.content.chunks())))
    return entries, faults


def codes(faults: list[Fault]) -> set[str]:
    """The names of faults."""
    return {fault.kind.code for fault in faults}


def entries_of(path: Path, limits: Limits = NORMAL) -> list[Entry]:
    """Every entry, its content not to be read any more."""
    return [item for item in walk(path, limits) if isinstance(item, Entry)]


def in_memory(build) -> bytes:
    """What a function writes into a file that it is given."""
    buffer = io.BytesIO()
    build(buffer)
    return buffer.getvalue()
