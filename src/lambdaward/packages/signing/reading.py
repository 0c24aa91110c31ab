"""One pass over a package: the digest that AWS Signer signs, the signature file, and what makes the archive ambiguous.

The digest is the SHA-384 of the SHA-384 of every name and content, one directly behind the other, in the order of the archive's
directory; folders are in it with their name, the signature file alone is not. Compression, times and permissions are not in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from lambdaward.model import InputError
from lambdaward.packages.signing.envelope import LIMIT
from lambdaward.packages.signing.recut import Recut, Recuts
from lambdaward.packages.unpack import NORMAL, Fault, FaultKind, Group, Kind, Limits, walk
from lambdaward.packages.unpack.blob import opened
from lambdaward.packages.unpack.sniff import reader_of
from lambdaward.packages.unpack.zip import read_zip

SIGNATURE = b"META_INF/aws_signer_signature_v1.0.SF"
_LOST = (Group.LIMIT, Group.UNREAD, Group.DAMAGE)
# Lambda's file system tells upper case from lower case.
_HARMLESS = (FaultKind.NAME_CASE,)


class Reading(Struct, frozen=True):
    """What a pass gives. `signatures` are the signature files, each cut off behind the size it may have; `lost` are faults that
    kept something from being read, `ambiguous` those that let two programs see two packages."""

    digest: bytes
    entries: int
    size: int
    signatures: tuple[bytes, ...]
    lost: tuple[Fault, ...]
    ambiguous: tuple[Fault, ...]
    recuts: tuple[Recut, ...]


def read_package(path: Path, limits: Limits = NORMAL, expired: Callable[[], bool] = lambda: False) -> Reading:
    """Read a zip once. Raises `InputError` when it cannot be read, or is none."""
    _check_zip(path)
    digest, recuts = hashlib.sha384(), Recuts()
    signatures: list[bytes] = []
    lost: list[Fault] = []
    ambiguous: list[Fault] = []
    entries = size = 0
    for item in walk(path, limits, expired, nested=False):
        if isinstance(item, Fault):
            _sort(item, lost, ambiguous)
        elif item.kind is Kind.SLACK or not item.listed:
            continue
        elif item.name == SIGNATURE:
            signatures.append(item.content.read(LIMIT + 1))
        else:
            entries += 1
            digest.update(item.name)
            for chunk in recuts.watch(item.place, item.content.chunks()):
                size += len(chunk)
                digest.update(chunk)
    outer = hashlib.sha384(digest.digest()).digest()
    return Reading(outer, entries, size, tuple(signatures), tuple(lost), tuple(ambiguous), tuple(recuts.found))


def _sort(fault: Fault, lost: list[Fault], ambiguous: list[Fault]) -> None:
    if fault.kind.group in _LOST:
        lost.append(fault)
    elif fault.kind not in _HARMLESS:
        ambiguous.append(fault)


def _check_zip(path: Path) -> None:
    """Raise `InputError` unless a file is a zip, or has something in front of one."""
    remedy = "give a package as a zip"
    try:
        with opened(path.resolve(strict=True)) as blob:
            reader = reader_of(blob.read(0, 1024))
    except OSError as error:
        raise InputError(str(path), f"it cannot be read ({error.strerror})", remedy) from None
    if reader not in (None, read_zip):
        raise InputError(str(path), "it is an archive of another format", remedy)
