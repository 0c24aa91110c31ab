"""Decompression with bounded output: one interface over the decoders that are installed."""

from __future__ import annotations

import bz2
import lzma
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from types import ModuleType

from lambdaward.packages.unpack.blob import HEAD
from lambdaward.packages.unpack.faults import FaultKind
from lambdaward.packages.unpack.inflate import INFLATE_ERRORS, Decoder

OUTPUT = 1 << 17
LZMA_MEMORY = 80 << 20
ZSTANDARD_WINDOW = 26
"""A power of two: 64 MB."""

_DAMAGED: tuple[type[Exception], ...] = (*INFLATE_ERRORS, OSError, lzma.LZMAError, EOFError, ValueError)


class DamageError(Exception):
    """Compressed data are damaged, or end too early."""

    def __init__(self, kind: FaultKind) -> None:
        super().__init__(kind.code)
        self.kind = kind


def bzip2() -> Decoder:
    """The decoder of one bzip2 stream."""
    return bz2.BZ2Decompressor()


def xz() -> Decoder:
    """The decoder of one xz stream, with bounded memory."""
    return lzma.LZMADecompressor(lzma.FORMAT_AUTO, memlimit=LZMA_MEMORY)


def raw_lzma(properties: bytes) -> Decoder:
    """The decoder of zip's LZMA method, whose content begins with five bytes of properties. Raises `DamageError` when they
    are nonsense or ask for too much memory."""
    packed, dictionary = properties[:1], int.from_bytes(properties[1:5], "little")
    if len(properties) < 5 or packed[0] >= 225 or dictionary > LZMA_MEMORY:
        raise DamageError(FaultKind.BAD_STREAM)
    lc, lp, pb = packed[0] % 9, packed[0] // 9 % 5, packed[0] // 45
    chain = [{"id": lzma.FILTER_LZMA1, "lc": lc, "lp": lp, "pb": pb, "dict_size": max(dictionary, 4096)}]
    try:
        return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=chain)
    except lzma.LZMAError as error:
        raise DamageError(FaultKind.BAD_STREAM) from error


class _Zstandard:
    """Zstandard's decoder, its own error made one that the others raise too."""

    def __init__(self, module: ModuleType) -> None:
        self._error: type[Exception] = module.ZstdError
        window = {module.DecompressionParameter.window_log_max: ZSTANDARD_WINDOW}
        self._decoder: Decoder = module.ZstdDecompressor(options=window)

    @property
    def eof(self) -> bool:
        """Whether the end of the compressed stream was seen."""
        return self._decoder.eof

    @property
    def needs_input(self) -> bool:
        """Whether there is nothing more to give before more is taken."""
        return self._decoder.needs_input

    @property
    def unused_data(self) -> bytes:
        """What was taken beyond the end of the stream."""
        return self._decoder.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Take bytes, give bytes."""
        try:
            return self._decoder.decompress(data, max_length)
        except self._error as error:
            raise ValueError(str(error)) from error


def zstandard() -> Decoder | None:
    """The decoder of one Zstandard frame; `None` where none is installed."""
    try:
        module = import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
    except ImportError:
        return None
    return _Zstandard(module)


def expand(decoder: Decoder, packed: Iterable[bytes]) -> Iterator[bytes]:
    """The expanded bytes of one stream, a chunk at a time, the first one small. Raises `DamageError`."""
    size = HEAD
    for piece in packed:
        for chunk in _expand(decoder, piece, size):
            yield chunk
            size = OUTPUT
        if decoder.eof:
            return
    raise DamageError(FaultKind.TRUNCATED)


def _expand(decoder: Decoder, piece: bytes, size: int) -> Iterator[bytes]:
    """What one piece expands to."""
    while True:
        try:
            chunk = decoder.decompress(piece, size)
        except _DAMAGED as error:
            raise DamageError(FaultKind.BAD_STREAM) from error
        if chunk:
            yield chunk
        if decoder.eof or not chunk or (decoder.needs_input and len(chunk) < size):
            return
        piece, size = b"", OUTPUT
