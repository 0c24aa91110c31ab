"""What code can do, and one place where it does."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Capability(StrEnum):
    """What code can do: run programs, use the network, read credentials, run text or data as code, change files outside the
    temporary folder; that it is native code; that it hides what it is; that it runs before the function's own code."""

    EXEC = "exec"
    NETWORK = "network"
    CREDENTIALS = "credentials"
    DYNAMIC = "dynamic-code"
    FILES = "file-writes"
    NATIVE = "native"
    OBFUSCATED = "obfuscated"
    STARTUP = "start-up"


class Act(Struct, frozen=True, order=True):
    """One thing that a file does: which capability it shows, what it does it with (`subprocess.run`), and the line; 0 where there
    are no lines."""

    capability: Capability
    what: str
    line: int = 0


MOST = 40
"""How many acts are told of one file."""


def told(acts: list[Act]) -> tuple[Act, ...]:
    """The acts of a file, each thing once, at its first line."""
    first: dict[tuple[Capability, str], Act] = {}
    for act in acts:
        key = (act.capability, act.what)
        if key not in first or act.line < first[key].line:
            first[key] = act
    return tuple(sorted(first.values()))[:MOST]
