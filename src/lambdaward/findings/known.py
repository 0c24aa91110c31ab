"""What is remembered of a finding outside of a scan: in a baseline, and in a JSON report that is read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from lambdaward.findings.finding import Finding, Scan, Severity
from lambdaward.model import FileOrigin, InputError

VERSION = 1
LARGEST = 64 << 20

SEVERITIES: Mapping[str, Severity] = MappingProxyType({severity.name.lower(): severity for severity in Severity})


class Spot(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a finding stood."""

    file: str = ""
    line: int = 0
    arn: str = ""


class Known(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A finding as it was: the fingerprint that identifies it, and what it said at the time. `id` and `name` are the rule's."""

    fingerprint: Annotated[str, Meta(pattern=r"\A[0-9a-f]{8,64}\Z")]
    id: str = ""
    name: str = ""
    resource: str = ""
    message: str = ""
    severity: str = ""
    location: Spot | None = None


class KnownFile(Struct, frozen=True, kw_only=True):
    """A file of known findings. A baseline has no more than this, a JSON report much more."""

    version: int
    findings: tuple[Known, ...]


def remember(finding: Finding) -> Known:
    """What is remembered of a finding."""
    return Known(
        fingerprint=finding.fingerprint,
        id=finding.rule.id,
        name=finding.rule.name,
        resource=_plain(str(finding.resource)),
        message=_plain(finding.message),
        severity=finding.severity.name.lower(),
        location=_spot(finding),
    )


def known(scan: Scan) -> tuple[Known, ...]:
    """The findings of a scan, those suppressed left out."""
    return tuple(map(remember, scan.findings))


def read_known(path: str | Path) -> tuple[Known, ...]:
    """The findings that a baseline or JSON report holds. Raises `InputError` when it is neither."""
    data = _bytes(path)
    if len(data) > LARGEST:
        raise InputError(str(path), f"it is larger than {LARGEST >> 20} MiB", "write it anew")
    try:
        held = msgspec.json.decode(data, type=KnownFile)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(str(path), f"it is no baseline or JSON report ({error})", "write it anew") from None
    if held.version != VERSION:
        raise InputError(
            str(path), f"it has version {held.version}, not {VERSION}", "write it anew with this lambdaward"
        )
    return held.findings


def _bytes(path: str | Path) -> bytes:
    """A file's first bytes, one more than are allowed where there are so many."""
    try:
        with Path(path).open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise InputError(str(path), f"it cannot be read ({error.strerror})", "correct the path") from None
    except ValueError as error:  # a path that no file can have
        raise InputError(str(path), f"it cannot be read ({error})", "correct the path") from None


def rank(entry: Known) -> int:
    """The severity of a known finding as a number; -1 when it is not said."""
    return SEVERITIES.get(entry.severity, -1)


def distinct(entries: Iterable[Known]) -> dict[str, Known]:
    """Known findings by fingerprint."""
    return {entry.fingerprint: entry for entry in entries}


def _spot(finding: Finding) -> Spot | None:
    origin = finding.origin
    if origin is None:
        return None
    return Spot(file=_plain(origin.file), line=origin.line) if isinstance(origin, FileOrigin) else Spot(arn=origin.arn)


def _plain(text: str) -> str:
    """A text that every encoding can carry: lone surrogates become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
