"""The deflate method and its checksum: by ISA-L where it is built for this machine, else by zlib, which is half as fast."""

from __future__ import annotations

import zlib
from typing import Protocol, cast

try:
    from isal.igzip_lib import DECOMP_DEFLATE, DECOMP_GZIP, IgzipDecompressor, IsalError
    from isal.isal_zlib import crc32

    INFLATE_ERRORS: tuple[type[Exception], ...] = (zlib.error, cast("type[Exception]", IsalError))
    _FAST = True
except ImportError:
    from zlib import crc32

    INFLATE_ERRORS = (zlib.error,)
    _FAST = False

__all__ = ["INFLATE_ERRORS", "Decoder", "Deflate", "crc32", "gzip", "raw_deflate"]

_RAW, _GZIP = -15, 31
_NAMED = 8


class Decoder(Protocol):
    """Takes compressed bytes and gives at most so many expanded ones at a time."""

    @property
    def eof(self) -> bool:
        """Whether the end of the compressed stream was seen."""

    @property
    def needs_input(self) -> bool:
        """Whether there is nothing more to give before more is taken."""

    @property
    def unused_data(self) -> bytes:
        """What was taken beyond the end of the stream."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Take bytes, give bytes."""


class Deflate:
    """zlib's decoder behind the interface of the others. `window` is zlib's: negative for raw, 31 for gzip."""

    def __init__(self, window: int) -> None:
        self._decoder = zlib.decompressobj(window)
        self._rest = b""

    @property
    def eof(self) -> bool:
        """Whether the end of the compressed stream was seen."""
        return self._decoder.eof

    @property
    def needs_input(self) -> bool:
        """Whether there is nothing more to give before more is taken."""
        return not self._rest

    @property
    def unused_data(self) -> bytes:
        """What was taken beyond the end of the stream."""
        return self._decoder.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Take bytes, give bytes."""
        expanded = self._decoder.decompress(self._rest + data if self._rest else data, max_length)
        self._rest = self._decoder.unconsumed_tail
        return expanded


class _Gzip:
    """ISA-L's decoder of one gzip member. ISA-L misreads some headers that come in pieces, so all but the plainest are left to
    zlib."""

    def __init__(self) -> None:
        self._decoder: Decoder | None = None

    @property
    def eof(self) -> bool:
        """Whether the end of the compressed stream was seen."""
        return self._decoder is not None and self._decoder.eof

    @property
    def needs_input(self) -> bool:
        """Whether there is nothing more to give before more is taken."""
        return self._decoder is None or self._decoder.needs_input

    @property
    def unused_data(self) -> bytes:
        """What was taken beyond the end of the stream."""
        return b"" if self._decoder is None else self._decoder.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Take bytes, give bytes."""
        if self._decoder is None:
            plain = len(data) > 10 and (data[3] == 0 or (data[3] == _NAMED and 0 in data[10:]))
            self._decoder = IgzipDecompressor(DECOMP_GZIP) if plain else Deflate(_GZIP)
        return self._decoder.decompress(data, max_length)


def raw_deflate() -> Decoder:
    """The decoder of zip's usual method."""
    return IgzipDecompressor(DECOMP_DEFLATE) if _FAST else Deflate(_RAW)


def gzip() -> Decoder:
    """The decoder of one gzip member; it checks the member's checksum and length."""
    return _Gzip() if _FAST else Deflate(_GZIP)
