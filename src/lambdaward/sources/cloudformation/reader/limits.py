"""Bounds on what is read: an input beyond them is refused with a clear error, not read at any cost."""

from __future__ import annotations

from msgspec import Struct

from lambdaward.model import InputError, Problem
from lambdaward.sources.cloudformation.node import Span


class Limits(Struct, frozen=True):
    """The largest template that is read: CloudFormation itself takes 1 MB, before comments and indentation count.

    `nodes` counts aliases by what they stand for, which is what stops a "billion laughs"; a long scalar weighs as much as one
    node for every `LONG` characters. `duplicates` is how many duplicate keys are reported one by one.
    """

    size: int = 4 * 1024 * 1024
    depth: int = 100
    nodes: int = 300_000
    key: int = 4_096
    duplicates: int = 50


LIMITS = Limits()
LONG = 256


def too_large(file: str, what: str, line: int = 0, column: int = 0) -> InputError:
    """The error for an input that is over a limit."""
    return InputError(file, f"the file {what}", "split it, or leave it out with --exclude", line=line, column=column)


def note_duplicate(problems: list[Problem], key: str, span: Span) -> None:
    """Note a key that is there twice: the last one counts, as for the AWS command-line tools."""
    if len(problems) < LIMITS.duplicates:
        problem, remedy = f"the key `{key[:80]}` is there twice and the last one counts", "remove one of the two"
        problems.append(Problem(span.file, problem, remedy, span.line, span.column, fatal=False))
