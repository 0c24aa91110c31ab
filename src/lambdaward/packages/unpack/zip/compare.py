"""What the directory says of an entry against what the entry says of itself."""

from __future__ import annotations

from lambdaward.packages.unpack.entry import Scope
from lambdaward.packages.unpack.faults import FaultKind
from lambdaward.packages.unpack.names import decode
from lambdaward.packages.unpack.zip.records import DESCRIBED, ENCRYPTED, MASKED, STRONG, UTF8, Header

_WEIGHTY = ENCRYPTED | STRONG | DESCRIBED | UTF8 | MASKED


def differs(header: Header, front: Header) -> bool:
    """Whether there is anything to compare beyond the first look."""
    if header.crc != front.crc or header.packed != front.packed or header.size != front.size:
        return True
    if header.flags != front.flags or header.method != front.method or header.name != front.name:
        return True
    return not (header.good_extra and front.good_extra) or bool(header.other_name or front.other_name)


def compare(header: Header, front: Header, scope: Scope, path: str) -> None:
    """Note every difference between the directory's record and the one in front of the content."""
    if header.name != front.name:
        scope.fault(FaultKind.ZIP_NAME_DIFFERS, path, decode(front.name)[0])
    if header.method != front.method:
        scope.fault(FaultKind.ZIP_METHOD_DIFFERS, path, f"{header.method} and {front.method}")
    if (header.flags ^ front.flags) & _WEIGHTY:
        scope.fault(FaultKind.ZIP_FLAGS_DIFFER, path, f"{header.flags:#x} and {front.flags:#x}")
    if not (header.good_extra and front.good_extra):
        scope.fault(FaultKind.ZIP_EXTRA, path)
    if header.other_name or front.other_name:
        scope.fault(FaultKind.ZIP_UNICODE_PATH, path, decode(header.other_name or front.other_name)[0])
    _compare_values(header, front, scope, path)


def _compare_values(header: Header, front: Header, scope: Scope, path: str) -> None:
    """Checksum and sizes. In front of content that a record follows, they may all be zero."""
    later = bool(front.flags & DESCRIBED)
    if header.crc != front.crc and not (later and front.crc == 0):
        scope.fault(FaultKind.ZIP_CRC_DIFFERS, path)
    for ours, theirs in ((header.packed, front.packed), (header.size, front.size)):
        if ours != theirs and not (later and theirs == 0):
            scope.fault(FaultKind.ZIP_SIZE_DIFFERS, path, f"{ours} and {theirs} bytes")
