"""Installed Python files against the list that their installer left: what changed, is missing, or was added."""

from __future__ import annotations

import csv
import hashlib
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from posixpath import normpath

from msgspec import Struct

from lambdaward.model import pattern
from lambdaward.packages.components.component import Component, Ecosystem, normal_python_name
from lambdaward.packages.unpack import NORMAL, Entry, Fault, Kind, Limits, walk

_RECORD = pattern(r"(?P<root>(?:.*/)?)(?P<name>[^/]+?)-(?P<version>[^/-]+)\.dist-info/RECORD")
_CODE = (".py", ".so", ".pth", ".pyd", ".js", ".sh")
_SIZE, _LINES = 16 << 20, 200_000


class Change(StrEnum):
    """How a file differs from its installer's list."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"


class Difference(Struct, frozen=True, order=True):
    """A file that differs: its place, how, and the package URL of the distribution that lists it, or in whose folder it lies."""

    place: str
    change: Change
    purl: str


class _Listed(Struct, gc=False):
    """A file of a list: its digest, its place, its distribution, and whether it was seen."""

    digest: bytes
    place: str
    purl: str
    seen: bool = False


_Key = tuple[tuple[str, ...], str]


def record_check(path: Path, limits: Limits = NORMAL) -> tuple[Difference, ...]:
    """Every difference in a package. The package is walked twice: for the lists, then for the files.

    Files that an installer does not list by digest (compiled ones, the list itself) are passed over. A missing or added file
    is told only when it is code.
    """
    check = _Check()
    for step in (check.read, check.compare):
        for item in walk(path, limits):
            if not isinstance(item, Fault) and item.kind is Kind.FILE and item.live:
                step(item)
        if not check.has_lists:
            break
    return tuple(sorted(check.differences()))


class _Check:
    """The lists of a package, and what was found to differ."""

    def __init__(self) -> None:
        self._listed: dict[_Key, _Listed] = {}
        self._folders: dict[_Key, str] = {}
        self._found: list[Difference] = []

    @property
    def has_lists(self) -> bool:
        """Whether there is any list to hold files to."""
        return bool(self._listed)

    def read(self, entry: Entry) -> None:
        """Take the list that an entry is, if it is one."""
        match = _RECORD.fullmatch(entry.path) if entry.path.endswith("/RECORD") else None
        if match is None:
            return
        purl = Component(Ecosystem.PYPI, normal_python_name(match["name"]), match["version"], ()).purl
        for name, digest in _lines(entry.content.read(_SIZE).decode("utf-8", "replace")):
            if len(self._listed) >= _LINES:
                return
            path = normpath(match["root"] + name)
            if path.startswith(("../", "/")):
                continue
            place = "!".join((*entry.chain, path))
            self._listed[entry.chain, path] = _Listed(digest, place, purl)
            top, slash, _ = name.partition("/")
            if slash and top != ".." and not top.endswith(".dist-info"):
                self._folders[entry.chain, match["root"] + top] = purl

    def compare(self, entry: Entry) -> None:
        """Hold a file to its list."""
        listed = self._listed.get((entry.chain, entry.path))
        if listed is None:
            owner = self._owner(entry)
            if owner and entry.path.endswith(_CODE):
                self._found.append(Difference(entry.place, Change.ADDED, owner))
            return
        listed.seen = True
        if listed.digest and bytes.fromhex(entry.content.sha256()) != listed.digest:
            self._found.append(Difference(entry.place, Change.CHANGED, listed.purl))

    def _owner(self, entry: Entry) -> str:
        """The distribution in whose folder a file lies, empty when in none's."""
        end = entry.path.find("/")
        while end > 0:
            if owner := self._folders.get((entry.chain, entry.path[:end])):
                return owner
            end = entry.path.find("/", end + 1)
        return ""

    def differences(self) -> Iterator[Difference]:
        """Everything that differs."""
        yield from self._found
        for listed in self._listed.values():
            if not listed.seen and listed.digest and listed.place.endswith(_CODE):
                yield Difference(listed.place, Change.MISSING, listed.purl)


def _lines(text: str) -> Iterator[tuple[str, bytes]]:
    """Path and SHA-256 of every file in a list; the digest is empty where none, or another one, is given."""
    try:
        for row in csv.reader(text.splitlines()):
            if row and row[0]:
                algorithm, _, value = row[1].partition("=") if len(row) > 1 else ("", "", "")
                yield row[0], _digest(value) if algorithm == "sha256" else b""
    except csv.Error:
        return


def _digest(value: str) -> bytes:
    try:
        digest = urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except ValueError:
        return b""
    return digest if len(digest) == hashlib.sha256().digest_size else b""
