"""The baseline: a committed file of findings that were there before, so that only new ones count."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
from msgspec import structs

from lambdaward.findings.finding import Scan, Severity
from lambdaward.findings.known import SEVERITIES, VERSION, KnownFile, distinct, read_known, remember
from lambdaward.model import UsageError


def read_baseline(path: str | Path) -> dict[str, Severity | None]:
    """The fingerprints of a baseline, each with how severe the finding was when it was accepted, where that is said. A JSON
    report serves as well. Raises `InputError` for anything else."""
    return {entry.fingerprint: SEVERITIES.get(entry.severity) for entry in read_known(path)}


def baseline_text(scan: Scan) -> str:
    """The baseline of a scan as text: its findings, and those that its baseline accepted before. What is suppressed
    otherwise needs no baseline.

    Entries say what they are about for reviewers, but not on which line: the text changes only when findings do.
    """
    accepted = [entry.finding for entry in scan.suppressed if entry.by.source == "baseline"]
    entries = distinct(structs.replace(remember(finding), location=None) for finding in (*scan.findings, *accepted))
    ordered = sorted(entries.values(), key=lambda entry: (entry.resource, entry.id, entry.fingerprint))
    file = KnownFile(version=VERSION, findings=tuple(ordered))
    return json.dumps(msgspec.to_builtins(file), indent=2) + "\n"


def write_baseline(path: str | Path, scan: Scan) -> None:
    """Write the baseline of a scan. Raises `UsageError` where it cannot be written."""
    try:
        Path(path).write_text(baseline_text(scan), encoding="ascii", newline="\n")
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror})") from None
