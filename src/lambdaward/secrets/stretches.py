"""What is looked through at once: windows of the views of entries, small ones several together.

Asking the formats of many issuers costs as much for a small file as for many of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from msgspec import Struct

from lambdaward.packages import Entry, View, views
from lambdaward.secrets.manner import Manner, manner

BATCH = 1 << 20
"""How many bytes are gathered before they are looked through."""

_BETWEEN = b"\n\n"


class Stretch(Struct, frozen=True):
    """A window of a view: where it is from, how it is read, its bytes, and how many lines lie before it (-1 where the file
    has none)."""

    place: str
    view: str
    live: bool
    how: Manner
    data: bytes
    before: int

    def line(self, at: int) -> int:
        """The line of a byte, from 1; 0 where the file has none."""
        return 0 if self.before < 0 else self.before + self.data.count(b"\n", 0, at) + 1


class Batch(Struct, frozen=True):
    """Stretches that are looked through together."""

    stretches: tuple[Stretch, ...]

    def joined(self) -> bytes:
        """Their bytes, kept apart by empty lines."""
        return self.stretches[0].data if len(self.stretches) == 1 else _BETWEEN.join(one.data for one in self.stretches)

    def locate(self, offsets: Iterable[int]) -> Iterator[tuple[Stretch, int]]:
        """The stretch that each offset of the joined bytes lies in, and where in it."""
        starts = list(accumulate((len(one.data) + len(_BETWEEN) for one in self.stretches[:-1]), initial=0))
        for offset in offsets:
            index = bisect_right(starts, offset) - 1
            yield self.stretches[index], offset - starts[index]


def stretches(entry: Entry, installed: frozenset[str]) -> Iterator[Stretch]:
    """Every window of every view of an entry. `installed` are files that an installer has put there."""
    head = entry.content.head()
    how = manner(entry.path, entry.chain, head, installed)
    for view in views(entry):
        yield from _of_view(entry, view, how, lines=view.name == "raw" and b"\0" not in head)


def _of_view(entry: Entry, view: View, how: Manner, *, lines: bool) -> Iterator[Stretch]:
    before = 0
    for window in view.windows():
        before -= window.data.count(b"\n", 0, window.repeated)
        yield Stretch(entry.place, view.name, entry.live, how, window.data, before if lines else -1)
        before += window.data.count(b"\n")


def batches(found: Iterable[Stretch]) -> Iterator[Batch]:
    """Stretches put together."""
    waiting: list[Stretch] = []
    size = 0
    for stretch in found:
        waiting.append(stretch)
        size += len(stretch.data)
        if size >= BATCH:
            yield Batch(tuple(waiting))
            waiting, size = [], 0
    if waiting:
        yield Batch(tuple(waiting))
