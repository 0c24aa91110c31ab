"""Bounds on what is read: an input beyond them is refused with a clear error, not read at any cost."""

from __future__ import annotations

from msgspec import Struct

from lambdaward.model import InputError


class Limits(Struct, frozen=True):
    """The largest template that is read. CloudFormation itself takes 1 MB; build tools write somewhat more.

    `nodes` counts aliases by what they stand for, which is what stops a "billion laughs".
    """

    size: int = 16 * 1024 * 1024
    depth: int = 100
    nodes: int = 1_000_000
    key: int = 4_096


LIMITS = Limits()


def too_large(file: str, what: str, line: int = 0, column: int = 0) -> InputError:
    """The error for an input that is over a limit."""
    return InputError(file, f"the file {what}", "split it, or leave it out with --exclude", line=line, column=column)
