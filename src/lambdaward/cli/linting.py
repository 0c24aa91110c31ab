"""`lambdaward policy lint`: what is wrong in a policy document, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from lambdaward.cli.policyfiles import place, plain, written
from lambdaward.cli.streams import stdout
from lambdaward.iam import parse
from lambdaward.iam.lint import Remark, lint
from lambdaward.model import InputError
from lambdaward.reports.text import visible

if TYPE_CHECKING:
    from lambdaward.model import Value

CLEAN, WRONG = 0, 1
REJECTED = "rejected"


def linted(file: str) -> int:
    """Print what AWS rejects in a file's policy, and what is legal and still wrong; a line each, with its place and rule."""
    root = written(file)
    document = plain(root)
    if not isinstance(document, Mapping):
        raise InputError(
            file, "it is no policy: a policy is an object with a Statement", "give a file with one policy document"
        )
    found = [(place(root, remark.path), remark) for remark in _remarks(document)]
    found.sort(key=lambda one: (one[0].line, one[0].column, one[1].rule))
    with stdout("terminal") as stream:
        for span, remark in found:
            stream.write(f"{visible(file)}:{span.line}:{span.column}: {remark.rule}: {visible(remark.reason)}\n")
    return WRONG if found else CLEAN


def _remarks(document: Mapping[str, Value]) -> Iterator[Remark]:
    policy = parse(document)
    yield from (Remark(REJECTED, fault.path, fault.reason) for fault in policy.faults)
    yield from lint(policy)
