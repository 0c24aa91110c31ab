"""Secrets in one file for deployment: settings, state, plans, build specifications.

Everything in it is a value that somebody gives to something, so what a document holds is judged like variables are.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from lambdaward.model import InputError, pattern
from lambdaward.packages import Fault, FaultKind, is_package, walk_text
from lambdaward.secrets.answer import Leak
from lambdaward.secrets.door import judge, may_hold
from lambdaward.secrets.files import search, searched
from lambdaward.secrets.manner import is_trial
from lambdaward.secrets.sighting import Sighting
from lambdaward.secrets.states import values

LARGEST = 1 << 26
"""How large such a file is at most, in bytes: states of a thousand resources are smaller."""

# What tells of secrets without a word for one.
_TOLD = pattern(r"\blogin\b|\bcurl\b|\bmysql|sensitive|SecureString")
_LINE = pattern(
    r"(?m)^[ \t]*(?:-[ \t]+|export[ \t]+|set[ \t]+)?(?P<name>[A-Za-z_][\w.-]{0,63})[ \t]*(?:=|:[ \t])[ \t]*"
    r"(?P<value>[^\s|>&*!{\[][^\n]{0,4096})"
)
_REMARK = pattern(r"[ \t]#")
_MOST_LINES = 100_000


def search_file(path: Path, name: str) -> Iterator[Sighting | Fault]:
    """The secrets in one file. A plan of Terraform is an archive. Raises `InputError` when it cannot be read."""
    if is_package(path):
        yield from search(path)
        return
    text = _read(path, name)
    if may_hold(text) or _TOLD.search(text):
        yield from search_document(text, name)


def search_document(text: str, name: str) -> Iterator[Sighting | Fault]:
    """The secrets in the text of such a file: in the document that it is, and in what stands in it anywhere."""
    told: set[str] = set()
    for item in chain(_in_document(text, name), _in_lines(text, name)):
        told.add(str(item.leak.value.reveal()))
        yield item
    for found in searched(walk_text(text, name)):
        if not isinstance(found, Sighting) or str(found.leak.value.reveal()) not in told:
            yield found
    if ".tfstate" in name and _document(text) is None:
        yield Fault(FaultKind.TRUNCATED, name, "a state is one JSON document")


def _in_lines(text: str, name: str) -> Iterator[Sighting]:
    """What whole values of settings are, one a line."""
    trial, at, line = is_trial(name), 0, 1
    for match in islice(_LINE.finditer(text), _MOST_LINES):
        answer = judge(match["name"], _REMARK.split(match["value"], maxsplit=1)[0].rstrip(" ,"))
        if isinstance(answer, Leak):
            line, at = line + text.count("\n", at, match.start("value")), match.start("value")
            yield Sighting(answer, name, line, "settings", trial=trial)


def _read(path: Path, name: str) -> str:
    try:
        with open(path, "rb", opener=_opened) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise InputError(name, "it is not a regular file", "leave it out with --exclude")
            data: bytes = stream.read(LARGEST + 1)
    except OSError as error:
        raise InputError(name, f"it cannot be read: {error.strerror}", "check its permissions") from None
    if len(data) > LARGEST:
        raise InputError(name, f"it is larger than {LARGEST >> 20} MB", "look through it with `lambdaward secrets`")
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data.decode("utf-16" if wide else "utf-8-sig", "replace")


def _opened(path: str, flags: int) -> int:
    """Opening a pipe must not wait for somebody to write into it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _document(text: str) -> object | None:
    """The JSON document that a text is, if it is one."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        document: object = json.loads(text, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return None
    return document


def _in_document(text: str, name: str) -> Iterator[Sighting]:
    """What the values of a JSON document are."""
    document = _document(text)
    if document is None:
        return
    trial, at, line = is_trial(name), 0, 1
    for called, value in values(document):
        answer = judge(called, value)
        if isinstance(answer, Leak):
            found = text.find(json.dumps(value), at)
            if found >= 0:
                line, at = line + text.count("\n", at, found), found
            yield Sighting(answer, name, line, "document", trial=trial)
