"""How much is read at most, and the account that a walk keeps of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from lambdaward.packages.unpack.faults import Fault, FaultKind

MB = 1 << 20


class Limits(Struct, frozen=True):
    """What a walk gives up at. Sizes are bytes, expanded unless said otherwise; `total` counts every byte that is produced,
    again when it is produced again. `ratio` is judged once an entry has produced `ratio_from` bytes. `spool` is disk space
    for nested archives at one time."""

    entries: int = 300_000
    size: int = 2048 * MB
    total: int = 16_384 * MB
    ratio: int = 400
    ratio_from: int = 32 * MB
    depth: int = 16
    links: int = 20_000
    name: int = 4096
    components: int = 64
    header: int = MB
    spool: int = 12_288 * MB
    faults: int = 1000


NORMAL = Limits()


def _never() -> bool:
    return False


class Placed(Protocol):
    """What has a place."""

    @property
    def place(self) -> str:
        """The place for people."""


class Account:
    """What one walk has used up, and the faults that wait to be handed out. `first` are the endings of names that are given out
    before others, where an archive has a directory. `expired` is asked now and then; once it says
    true the walk is over, as it is when a limit is reached that is about the walk as a whole."""

    def __init__(self, limits: Limits, expired: Callable[[], bool] = _never, first: tuple[bytes, ...] = ()) -> None:
        self.limits = limits
        self.first = first
        self.over = False
        self._expired = expired
        self._entries = self._links = self._produced = self._spooled = 0
        self._waiting: deque[Fault] = deque()
        self._named: set[tuple[FaultKind, str]] = set()

    def fault(self, kind: FaultKind, place: str, detail: str = "") -> None:
        """Note a fault, once for each kind and place."""
        if (kind, place) in self._named or len(self._named) > self.limits.faults:
            return
        self._named.add((kind, place))
        if len(self._named) > self.limits.faults:
            kind, detail = FaultKind.LIMIT_FAULTS, ""
        self._waiting.append(Fault(kind, place, detail))

    @property
    def waiting(self) -> bool:
        """Whether there are faults to take."""
        return bool(self._waiting)

    def take(self) -> list[Fault]:
        """The faults since the last call."""
        taken = list(self._waiting)
        self._waiting.clear()
        return taken

    def entry(self, entry: Placed) -> bool:
        """Count one entry; false when the walk is over."""
        self._entries += 1
        if self._entries > self.limits.entries:
            self._stop(FaultKind.LIMIT_ENTRIES, entry.place)
        elif self._entries % 256 == 0:
            self._look_at_clock(entry.place)
        return not self.over

    def link(self, place: str) -> bool:
        """Count one link; false when the walk is over."""
        self._links += 1
        if self._links > self.limits.links:
            self._stop(FaultKind.LIMIT_LINKS, place)
        return not self.over

    def produce(self, size: int, place: str) -> bool:
        """Count bytes of content; false when the walk is over."""
        self._produced += size
        if self._produced > self.limits.total:
            self._stop(FaultKind.LIMIT_TOTAL, place)
        else:
            self._look_at_clock(place)
        return not self.over

    def spool(self, size: int, place: str) -> bool:
        """Take (or, negative, give back) disk space; false when there is not so much left."""
        if self._spooled + size > self.limits.spool:
            self.fault(FaultKind.LIMIT_SPOOL, place)
            return False
        self._spooled += size
        return True

    def _look_at_clock(self, place: str) -> None:
        if not self.over and self._expired():
            self._stop(FaultKind.LIMIT_TIME, place)

    def _stop(self, kind: FaultKind, place: str) -> None:
        """End the walk. Its last fault is named however many there were."""
        if not self.over:
            self.over = True
            self._waiting.append(Fault(kind, place))
