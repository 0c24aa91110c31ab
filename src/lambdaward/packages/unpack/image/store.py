"""Where the parts of an image lie: files by their path, in a folder or in a tar."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from lambdaward.model import pattern
from lambdaward.packages.unpack.blob import Blob, opened, pieces
from lambdaward.packages.unpack.entry import Kind, Scope
from lambdaward.packages.unpack.faults import FaultKind
from lambdaward.packages.unpack.image.documents import Descriptor
from lambdaward.packages.unpack.tar import read_tar

_DIGEST = pattern(r"(sha256|sha512):([0-9a-f]{64}|[0-9a-f]{128})")
_SAFE = pattern(r"[\w.-]+(?:/[\w.-]+)*")


class Store(Protocol):
    """The files of an image."""

    def blob(self, path: str) -> Blob | None:
        """The bytes of a file; `None` when it is not there."""


class FolderStore:
    """The files of an image in a folder. They are open until `stack` is closed."""

    def __init__(self, root: Path, stack: ExitStack) -> None:
        self._root = root
        self._stack = stack

    def blob(self, path: str) -> Blob | None:
        """The bytes of a file; `None` when it is not there, or the path is no plain one."""
        if not _SAFE.fullmatch(path) or ".." in path.split("/"):
            return None
        try:
            return self._stack.enter_context(opened(self._root / path))
        except OSError:
            return None


class TarStore:
    """The files of an image in a tar. The tar's own faults are noted while it is read."""

    def __init__(self, blob: Blob, scope: Scope) -> None:
        self._parts: dict[str, Blob] = {}
        targets: dict[str, str] = {}
        for entry in read_tar(blob, scope, rooted=True):
            if not scope.account.entry(entry):
                break
            if entry.kind is Kind.FILE:
                self._parts[entry.path] = entry.content.blob()
            elif entry.kind in (Kind.LINK, Kind.HARD_LINK):
                targets[entry.path] = _resolved(entry.path, entry.target, entry.kind)
        for path, target in targets.items():
            if target in self._parts:
                self._parts.setdefault(path, self._parts[target])

    def blob(self, path: str) -> Blob | None:
        """The bytes of a file; `None` when it is not there."""
        return self._parts.get(path)


def _resolved(path: str, target: str, kind: Kind) -> str:
    """The path in the tar that a link leads to: `docker save` links layers that are there twice."""
    if kind is Kind.HARD_LINK:
        return target
    parts = path.split("/")[:-1]
    for part in target.split("/"):
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def path_of(wanted: Descriptor) -> str:
    """The path of the file with the content that a descriptor names; empty when the digest is none."""
    match = _DIGEST.fullmatch(wanted.digest)
    return f"blobs/{match[1]}/{match[2]}" if match else ""


def content_of(store: Store, wanted: Descriptor, scope: Scope) -> Blob | None:
    """The content that a descriptor names, held to its digest and size; `None` when it is not there."""
    path = path_of(wanted)
    blob = store.blob(path) if path else None
    if blob is None:
        scope.fault(FaultKind.IMAGE_FOREIGN if wanted.urls else FaultKind.IMAGE_BLOB, "", wanted.digest)
        return None
    if 0 <= wanted.size != blob.size:
        scope.fault(FaultKind.IMAGE_SIZE, path, f"{blob.size} and {wanted.size} bytes")
    algorithm, _, stated = wanted.digest.partition(":")
    digest = hashlib.new(algorithm)
    for piece in pieces(blob):
        if not scope.account.produce(len(piece), scope.place(path)):
            return blob
        digest.update(piece)
    if digest.hexdigest() != stated:
        scope.fault(FaultKind.IMAGE_DIGEST, path)
    return blob
