"""What native code does, by the functions that it asks the dynamic linker for, and by the Go functions that are linked in."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.packages.behaviour.acts import Act, Capability, told
from lambdaward.packages.formats.elf import MAGIC, Elf, read_elf
from lambdaward.packages.formats.gofunctions import function_names
from lambdaward.packages.unpack import Entry

PROGRAMS = (MAGIC, b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe\x00\x00\x00\x02", b"\x00asm")
"""How programs and libraries begin: Linux, Windows, macOS (one and several machines), WebAssembly."""

_IMPORTS = {
    Capability.NETWORK: frozenset(
        ("connect", "getaddrinfo", "gethostbyname", "accept", "accept4", "bind", "curl_easy_perform")
    ),
    Capability.EXEC: frozenset(
        (
            "execve",
            "execv",
            "execvp",
            "execl",
            "execlp",
            "execle",
            "execvpe",
            "system",
            "popen",
            "posix_spawn",
            "posix_spawnp",
        )
    ),
}

_GO = {
    Capability.NETWORK: ("net.(*Dialer).DialContext", "net.(*sysDialer).dialSerial", "net.(*ListenConfig).Listen"),
    Capability.EXEC: ("os/exec.(*Cmd).Start", "syscall.Exec"),
}


def native_acts(entry: Entry) -> tuple[Act, ...]:
    """What a program or library does, beside being one; nothing for one that is not for Linux."""
    acts = [Act(Capability.NATIVE, "a program or library")]
    if entry.content.head().startswith(MAGIC):
        elf = read_elf(entry.content.blob())
        acts += _of(elf) if elf else ()
    return told(acts)


def _of(elf: Elf) -> Iterator[Act]:
    for name in elf.imports():
        for capability, names in _IMPORTS.items():
            if name in names:
                yield Act(capability, f"imports {name}")
    linked = function_names(elf) or b""
    for capability, functions in _GO.items():
        yield from (Act(capability, f"contains {name}") for name in functions if f"\0{name}\0".encode() in linked)
