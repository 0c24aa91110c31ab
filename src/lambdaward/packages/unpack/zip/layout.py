"""Where the parts of a zip archive lie, and where two programs would disagree about it."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from msgspec import Struct

from lambdaward.packages.unpack.blob import Blob, Reader
from lambdaward.packages.unpack.entry import Scope
from lambdaward.packages.unpack.faults import FaultKind
from lambdaward.packages.unpack.names import decode, shown
from lambdaward.packages.unpack.zip.compare import compare, differs
from lambdaward.packages.unpack.zip.content import STORED
from lambdaward.packages.unpack.zip.records import (
    CENTRAL,
    DESCRIBED,
    END,
    END_SIZE,
    FULL16,
    End,
    Header,
    central,
    data_of_same,
    descriptor_sizes,
    ends,
    local,
)

GAPS = 1000
KEPT = 50_000
FAR = 1 << 62
"""How many gaps are looked into, and how many records are kept rather than read again; an offset beyond any file."""


class Layout(Struct, frozen=True):
    """A zip archive measured: for each record of the directory where it is, and where the entry's data begin (-1 when there
    is no entry); the stretches that nothing owns; and the first records, read already."""

    records: array[int]
    data: array[int]
    gaps: tuple[tuple[int, int], ...]
    headers: list[Header]


def measure(blob: Blob, scope: Scope) -> Layout | None:
    """The layout of an archive, `None` when it has no directory. Notes every disagreement."""
    end = _choose(blob, scope)
    if end is None:
        scope.fault(FaultKind.ZIP_NO_END)
        return None
    _judge_end(end, scope)
    directory = _directory(blob, end, scope)
    survey = _Survey(blob, scope, directory - end.offset)
    directory_end = survey.walk(end, directory)
    if directory_end < end.directory_end:
        scope.fault(FaultKind.ZIP_DIRECTORY, "", f"{end.directory_end - directory_end} bytes of it are no record")
    comment = (end.start + END_SIZE, end.end)
    gaps = [*survey.gaps(directory), (directory_end, end.directory_end), comment, (end.end, blob.size)]
    if end.end < blob.size:
        scope.fault(FaultKind.ZIP_TRAILING, "", f"{blob.size - end.end} bytes")
    unowned = tuple((start, stop) for start, stop in gaps if start < stop)
    return Layout(survey.records, survey.data, unowned, survey.headers)


def _choose(blob: Blob, scope: Scope) -> End | None:
    """The end record that most programs take: the last one whose directory is there."""
    found = [end for end, _ in zip(ends(blob), range(64), strict=False)]
    chosen = next((end for end in found if _located(blob, end) is not None), found[0] if found else None)
    if chosen is None:
        return None
    span = min(blob.size, FULL16 + END_SIZE)
    last = blob.size - span + blob.read(blob.size - span, span).rfind(END)
    others = [end for end in found if end.start < chosen.start and end.end == blob.size]
    if last > chosen.start or any(_located(blob, end) is not None for end in others):
        scope.fault(FaultKind.ZIP_TWO_ENDS)
    return chosen


def _located(blob: Blob, end: End) -> int | None:
    """Where the directory of an end record is: in front of it, as large as it says; or where it says it is."""
    for at in (end.directory_end - end.size, end.offset):
        if at >= 0 and (blob.read(at, 4) == CENTRAL if end.size else end.entries == 0):
            return at
    return None


def _judge_end(end: End, scope: Scope) -> None:
    if end.disk:
        scope.fault(FaultKind.ZIP_DISKS)
    if end.differs:
        scope.fault(FaultKind.ZIP64_DIFFERS)
    if end.missing64:
        scope.fault(FaultKind.ZIP64_MISSING)


def _directory(blob: Blob, end: End, scope: Scope) -> int:
    """Where the directory begins; notes when it is not where the end record says, or could be in two places."""
    at, stated = _located(blob, end), end.offset
    if at is None:
        scope.fault(FaultKind.ZIP_DIRECTORY, "", "it is not where the end record says")
        return end.directory_end
    if at != stated and end.size and blob.read(stated, 4) == CENTRAL:
        scope.fault(FaultKind.ZIP_TWO_DIRECTORIES)
    if at + end.size != end.directory_end:
        scope.fault(FaultKind.ZIP_DIRECTORY, "", "it does not reach to the end record")
    return at


class _Survey:
    """A walk over the directory that measures what each record points at. `shift` is added to every stated offset."""

    def __init__(self, blob: Blob, scope: Scope, shift: int) -> None:
        self._directory = Reader(blob)
        self._fronts = Reader(blob)
        self._scope = scope
        self._shift = shift
        self._starts = array("q")
        self._ends = array("q")
        self.records = array("q")
        self.data = array("q")
        self.headers: list[Header] = []

    def walk(self, end: End, at: int) -> int:
        """Every record from an offset on; gives back where they end."""
        limit = self._scope.account.limits.entries + 1
        while at < end.directory_end and len(self.records) < limit:
            header = central(self._directory, at)
            if header is None:
                break
            self._record(header)
            at = header.end
        if len(self.records) != end.entries and len(self.records) < limit:
            self._scope.fault(FaultKind.ZIP_COUNT_DIFFERS, "", f"{len(self.records)} and {end.entries}")
        return at

    def _record(self, header: Header) -> None:
        self.records.append(header.start)
        if len(self.headers) < KEPT:
            self.headers.append(header)
        start = header.offset + self._shift
        data = -1 if header.flags & DESCRIBED else data_of_same(self._fronts, start, self._directory, header)
        if data < 0:
            self._compared(header)
            return
        self.data.append(data)
        self._starts.append(start)
        self._ends.append(min(FAR, data + header.packed))

    def _compared(self, header: Header) -> None:
        """Take a record that is not the same, or may not be, as the one in front of its content."""
        start, front = self._front(header.offset)
        self.data.append(-1 if front is None else front.end)
        if front is None:
            self._scope.fault(FaultKind.ZIP_NO_LOCAL, path_of(header))
            return
        if differs(header, front):
            compare(header, front, self._scope, path_of(header))
        self._starts.append(start)
        self._ends.append(min(FAR, front.end + header.packed) + self._described(header, front))

    def _front(self, offset: int) -> tuple[int, Header | None]:
        """The record in front of content: where the offset leads with the archive's shift, or without."""
        start = offset + self._shift
        front = local(self._fronts, start) if start >= 0 else None
        if front is None and self._shift:
            return offset, local(self._fronts, offset)
        return start, front

    def _described(self, header: Header, front: Header) -> int:
        """How long the record behind the content is; notes when one is announced and not there."""
        if not front.flags & DESCRIBED:
            return 0
        if header.method == STORED and header.packed:
            self._scope.fault(FaultKind.ZIP_OPEN_STORE, path_of(header))
        behind = self._fronts.read(front.end + header.packed, 24)
        size = descriptor_sizes(behind, header.crc, header.packed, header.size)
        if not size:
            self._scope.fault(FaultKind.ZIP_DESCRIPTOR, path_of(header))
        return size

    def gaps(self, directory: int) -> Iterator[tuple[int, int]]:
        """The stretches in front of the directory that no entry owns. Notes entries that share bytes."""
        cursor = found = 0
        for index in sorted(range(len(self._starts)), key=self._starts.__getitem__):
            start, end = self._starts[index], self._ends[index]
            if start > cursor and found < GAPS:
                self._gap(cursor, start)
                found += 1
                yield cursor, start
            if start < cursor or end > directory:
                self._scope.fault(FaultKind.ZIP_OVERLAP, "", f"the entry at byte {start}")
            cursor = max(cursor, end)
        if cursor < directory:
            self._gap(cursor, directory)
            yield cursor, directory

    def _gap(self, start: int, end: int) -> None:
        kind = FaultKind.ZIP_GAP if start else FaultKind.ZIP_PREPENDED
        self._scope.fault(kind, "", f"{end - start} bytes at {start}")


def path_of(header: Header) -> str:
    """An entry's name for people."""
    return shown(decode(header.name)[0])
