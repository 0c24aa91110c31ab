"""An entry of an archive or folder, and its content."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from enum import StrEnum

from msgspec import Struct

from lambdaward.packages.unpack.blob import Blob, Memory, Spool, pieces
from lambdaward.packages.unpack.faults import FaultKind
from lambdaward.packages.unpack.limits import Account
from lambdaward.packages.unpack.names import shown


class Kind(StrEnum):
    """What an entry is. `SLACK` are bytes of an archive that belong to no entry: in front, between, behind."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    HARD_LINK = "hard-link"
    DEVICE = "device"
    SLACK = "slack"


class Scope(Struct, frozen=True):
    """Where a reader is: the account of the walk, and the archives from outside to inside."""

    account: Account
    chain: tuple[str, ...] = ()

    def place(self, path: str) -> str:
        """An entry for people: archives and path joined by `!`."""
        return "!".join((*self.chain, path) if path else self.chain)

    def fault(self, kind: FaultKind, path: str = "", detail: str = "") -> None:
        """Note a fault of an entry; with no path, of the archive itself. The detail may be an archive's own words."""
        self.account.fault(kind, self.place(path), shown(detail[:200]))

    def inside(self, path: str) -> Scope:
        """The scope of an archive that is an entry here."""
        return Scope(self.account, (*self.chain, path))


class Content:
    """The bytes of an entry. They can be had any number of times, while the walk stands at the entry.

    Reading never raises for what is wrong with the archive: the fault is noted in the account, and the bytes end where they
    end. `direct` are the bytes themselves, where they lie somewhere as they are; `stream` produces them and checks them on
    the way; `packed` is how many bytes they were made from.
    """

    def __init__(
        self, scope: Scope, path: str, stream: Callable[[], Iterator[bytes]], packed: int, direct: Blob | None = None
    ) -> None:
        self._account = scope.account
        self._scope = scope
        self._path = path
        self._stream = stream
        self._packed = packed
        self._direct = direct
        self._spool: Spool | None = None
        self._head = b""

    @property
    def _place(self) -> str:
        return self._scope.place(self._path)

    def chunks(self) -> Iterator[bytes]:
        """All bytes, a chunk at a time, within the limits."""
        limits, produced, place = self._account.limits, 0, self._place
        for chunk in self._stream() if self._spool is None else pieces(self._spool):
            produced += len(chunk)
            if produced > limits.size:
                self._account.fault(FaultKind.LIMIT_SIZE, place)
                return
            if produced > limits.ratio_from and produced > limits.ratio * self._packed:
                self._account.fault(FaultKind.LIMIT_RATIO, place)
                return
            if not self._account.produce(len(chunk), place):
                return
            yield chunk

    def head(self) -> bytes:
        """The first bytes: 1,024, or all when there are fewer."""
        if not self._head:
            self._head = self.read(1024)
        return self._head

    def read(self, limit: int) -> bytes:
        """The first bytes, at most so many."""
        data = bytearray()
        for chunk in self.chunks():
            data += chunk
            if len(data) >= limit:
                break
        return bytes(data[:limit])

    def sha256(self) -> str:
        """The digest of all bytes, in hexadecimal."""
        digest = hashlib.sha256()
        for chunk in self.chunks():
            digest.update(chunk)
        return digest.hexdigest()

    def blob(self) -> Blob:
        """The bytes with random access; put aside in a private file when they do not lie somewhere as they are."""
        if self._direct is not None:
            return self._direct
        if self._spool is None:
            self._spool = Spool(self._within_disk())
        return self._spool

    def release(self) -> None:
        """Give back what was put aside."""
        if self._spool is not None:
            self._account.spool(-self._spool.size, self._place)
            self._spool.close()
            self._spool = None

    def _within_disk(self) -> Iterator[bytes]:
        for chunk in self.chunks():
            if not self._account.spool(len(chunk), self._place):
                return
            yield chunk


def nothing(scope: Scope, path: str) -> Content:
    """The content of an entry that has none."""
    return Content(scope, path, lambda: iter(()), 0, Memory(b""))


class Entry(Struct, frozen=True):
    """One entry. `path` is relative, with slashes, and never leaves its root, whatever the archive said; `name` are the bytes
    it said. `size` is what the archive states, -1 when it does not. `chain` names the archives it lies in, from outside to
    inside. `listed` is false for an entry that only programs see which read an archive from its front; `live` is false for
    one that a later image layer removes or replaces."""

    path: str
    kind: Kind
    content: Content
    scope: Scope
    size: int = 0
    mode: int | None = None
    target: str = ""
    name: bytes = b""
    listed: bool = True
    live: bool = True

    @property
    def chain(self) -> tuple[str, ...]:
        """The archives that the entry lies in, from outside to inside."""
        return self.scope.chain

    @property
    def place(self) -> str:
        """The entry for people: archives and path joined by `!`."""
        return self.scope.place(self.path)
