"""Recipes for what components are recognised by: small Linux programs, and the files that installers leave."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
import zlib


def elf(
    sections: dict[str, bytes], *, wide: bool = True, order: str = "<", kinds: dict[str, tuple[int, int]] | None = None
) -> bytes:
    """An ELF file with these sections. `kinds` gives type and flags where they are not those of constants; addresses are
    offsets."""
    kinds = {"": (0, 0), ".shstrtab": (3, 0), **(kinds or {})}
    names = ["", *sections, ".shstrtab"]
    table = b"\0" + b"".join(name.encode() + b"\0" for name in names[1:])
    bodies = [b"", *sections.values(), table]
    head = 64 if wide else 52
    offsets = [head + sum(map(len, bodies[:index])) for index in range(len(bodies))]
    form = order + ("IIQQQQIIQQ" if wide else "10I")
    headers = b""
    for index, (name, body) in enumerate(zip(names, bodies, strict=True)):
        kind, flags = kinds.get(name, (1, 2))
        at = table.index(b"\0" + name.encode() + b"\0") + 1 if name else 0
        link = names.index(".dynstr") if name in (".dynamic", ".dynsym") else 0
        headers += struct.pack(
            form, at, kind, flags, offsets[index] if flags & 2 else 0, offsets[index], len(body), link, 0, 1, 0
        )
    start = offsets[-1] + len(bodies[-1])
    ident = b"\x7fELF" + bytes([2 if wide else 1, 1 if order == "<" else 2, 1]) + bytes(9)
    word = "Q" if wide else "I"
    sizes = (head, 0, 0, 64 if wide else 40, len(names), len(names) - 1)
    rest = struct.pack(f"{order}HHI3{word}I6H", 2, 62, 1, 0, 0, start, 0, *sizes)
    return ident + rest + b"".join(bodies) + headers


def go_program(
    modules: str, version: str = "go1.24.1", *, order: str = "<", functions: tuple[str, ...] | None = None
) -> bytes:
    """A program as Go 1.18 and later link it; with `functions`, it has the table of their names."""
    text = b"\x30\x77\xaf\x0c\x92\x74\x08\x02\x41\xe1\xc1\x07\xe6\xd6\x18\xe6" + modules.encode() + bytes(16)
    info = b"\xff Go buildinf:\x08\x02".ljust(32, b"\0") + counted(version.encode()) + counted(text)
    table = {} if functions is None else {".gopclntab": go_functions(functions, order)}
    return elf({".text": b"code", ".go.buildinfo": info, **table}, order=order, kinds={".go.buildinfo": (1, 3)})


def go_functions(names: tuple[str, ...], order: str = "<") -> bytes:
    """The table that Go 1.20 and later find functions by, as far as their names."""
    text = b"".join(name.encode() + b"\0" for name in names)
    head = struct.pack(order + "IHBB", 0xFFFFFFF1, 0, 1, 8)
    return head + struct.pack(order + "8Q", len(names), 0, 0, 72, 72 + len(text), 0, 0, 0) + text + bytes(64)


def counted(data: bytes) -> bytes:
    """A text with its length in front, seven bits to a byte."""
    size, prefix = len(data), b""
    while size > 0x7F:
        prefix += bytes([size & 0x7F | 0x80])
        size >>= 7
    return prefix + bytes([size]) + data


def old_go_program(modules: str, version: str = "go1.16.5") -> bytes:
    """A program as Go before 1.18 links it: the record points at texts."""
    text = bytes(16) + modules.encode() + bytes(16)
    base = 64
    texts = version.encode() + text
    pointers = struct.pack("<4Q", base, len(version), base + len(version), len(text))
    at = base + len(texts)
    info = b"\xff Go buildinf:\x08\x00" + struct.pack("<2Q", at, at + 16)
    return elf({".rodata": texts + pointers, ".go.buildinfo": info}, kinds={".go.buildinfo": (1, 3)})


def rust_program(packages: list[dict]) -> bytes:
    """A program that cargo-auditable built."""
    return elf({".text": b"code", ".dep-v0": zlib.compress(json.dumps({"packages": packages}).encode())})


def shared_library(soname: str, needed: list[str], constants: bytes = b"") -> bytes:
    """A library with a name and needs."""
    strings = b"\0" + b"".join(name.encode() + b"\0" for name in [soname, *needed])
    entries = [(14, strings.index(soname.encode()))] + [(1, strings.index(name.encode())) for name in needed]
    dynamic = b"".join(struct.pack("<qQ", *entry) for entry in [*entries, (0, 0)])
    return elf(
        {".rodata": constants, ".dynstr": strings, ".dynamic": dynamic}, kinds={".dynamic": (6, 3), ".dynstr": (3, 2)}
    )


def distribution(name: str, version: str, files: dict[str, bytes], root: str = "") -> dict[str, bytes]:
    """A Python distribution as pip installs it."""
    folder = f"{root}{name.replace('-', '_')}-{version}.dist-info"
    lines = [f"{path},sha256={digest(data)},{len(data)}" for path, data in files.items()]
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n\nName: not-this\n".encode()
    record = "\n".join(
        [*lines, f"{folder.removeprefix(root)}/METADATA,,", f"{folder.removeprefix(root)}/RECORD,,"]
    ).encode()
    installed = {root + path: data for path, data in files.items()}
    return {**installed, f"{folder}/METADATA": metadata, f"{folder}/RECORD": record}


def digest(data: bytes) -> str:
    """A digest as RECORD writes it."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def npm(name: str, version: str, above: str = "") -> dict[str, bytes]:
    """An npm package as npm installs it."""
    folder = f"{above}node_modules/{name}"
    return {
        f"{folder}/package.json": json.dumps({"name": name, "version": version}).encode(),
        f"{folder}/index.js": b"1",
    }


def jar(poms: dict[str, tuple[str, str]], manifest: str = "Manifest-Version: 1.0\n") -> dict[str, bytes]:
    """What is in a jar: Maven's properties by artifact (group, version), and a manifest."""
    files = {"META-INF/MANIFEST.MF": manifest.encode()}
    for name, (group, version) in poms.items():
        text = f"#Generated\n#today\nversion={version}\ngroupId={group}\nartifactId={name}\n"
        files[f"META-INF/maven/{group}/{name}/pom.properties"] = text.encode()
    return files
