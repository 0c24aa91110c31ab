"""Bytes with random access: in memory, a file, a part of other bytes, or a private spool file without a name."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

CHUNK = 1 << 18
HEAD = 1 << 12
IN_MEMORY = 1 << 22


class Blob(Protocol):
    """Bytes that can be read anywhere."""

    @property
    def size(self) -> int:
        """How many bytes there are."""

    def read(self, offset: int, size: int) -> bytes:
        """Bytes from an offset on; fewer when there are not so many."""


class Memory:
    """Bytes in memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = len(data)

    def read(self, offset: int, size: int) -> bytes:
        """Bytes from an offset on; fewer when there are not so many."""
        return self._data[offset : offset + size]


class File:
    """An open file of a known size. Whoever opened it closes it."""

    def __init__(self, descriptor: int, size: int) -> None:
        self._descriptor = descriptor
        self.size = size

    def read(self, offset: int, size: int) -> bytes:
        """Bytes from an offset on; fewer when there are not so many."""
        wanted = min(size, self.size - offset)
        return os.pread(self._descriptor, wanted, offset) if wanted > 0 else b""


class Part:
    """A stretch of other bytes."""

    def __init__(self, whole: Blob, offset: int, size: int) -> None:
        self._whole = whole
        self._offset = offset
        self.size = max(0, min(size, whole.size - offset))

    def read(self, offset: int, size: int) -> bytes:
        """Bytes from an offset on; fewer when there are not so many."""
        return self._whole.read(self._offset + offset, max(0, min(size, self.size - offset)))


class Reader:
    """Small reads at rising offsets, served from a buffer."""

    def __init__(self, blob: Blob) -> None:
        self._blob = blob
        self._start = 0
        self._buffer = b""

    def span(self, offset: int, size: int) -> tuple[bytes, int]:
        """A buffer, and where in it the bytes from an offset on are: as many as are asked for, when there are."""
        at = offset - self._start
        if at < 0 or at + size > len(self._buffer):
            self._start, at = offset, 0
            self._buffer = self._blob.read(offset, max(size, CHUNK))
        return self._buffer, at

    def read(self, offset: int, size: int) -> bytes:
        """Bytes from an offset on; fewer when there are not so many."""
        buffer, at = self.span(offset, size)
        return buffer[at : at + size]


def pieces(blob: Blob) -> Iterator[bytes]:
    """All bytes, a piece at a time; the first piece is small, for those who only want the beginning."""
    offset, size = 0, HEAD
    while piece := blob.read(offset, size):
        yield piece
        offset += len(piece)
        size = CHUNK


class Counted:
    """Pieces, and how many bytes of them were taken."""

    def __init__(self, source: Iterator[bytes]) -> None:
        self._source = source
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._source:
            self.size += len(piece)
            yield piece


@contextmanager
def opened(path: Path) -> Iterator[File]:
    """A regular file as bytes; a link is not followed. Raises `OSError`, also for what is no regular file."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "not a regular file", str(path))
        yield File(descriptor, status.st_size)
    finally:
        os.close(descriptor)


def _spool() -> IO[bytes]:
    """A private file without a name, which is gone as soon as it is closed."""
    import tempfile  # noqa: PLC0415 - most content fits into memory

    return tempfile.TemporaryFile(buffering=0)


class Spool:
    """Bytes put aside: in memory while they are few, else in a private temporary file that no name leads to."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._file: IO[bytes] | None = None
        self._data = b""
        self._size = 0
        waiting: list[bytes] = []
        for chunk in chunks:
            self._size += len(chunk)
            waiting.append(chunk)
            if self._size > IN_MEMORY:
                self._file = self._file or _spool()
                self._file.writelines(waiting)
                waiting.clear()
        if self._file is None:
            self._data = b"".join(waiting)

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self._size

    def read(self, offset: int, size: int) -> bytes:
        """Bytes from an offset on; fewer when there are not so many."""
        wanted = min(size, self._size - offset)
        if wanted <= 0:
            return b""
        return (
            self._data[offset : offset + wanted]
            if self._file is None
            else os.pread(self._file.fileno(), wanted, offset)
        )

    def close(self) -> None:
        """Give the space back."""
        self._data, self._size = b"", 0
        if self._file is not None:
            self._file.close()
