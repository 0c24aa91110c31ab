"""What a change adds, removes and worsens: two scans, or two JSON reports, compared by fingerprint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from lambdaward.findings.finding import Scan
from lambdaward.findings.known import Known, distinct, known, rank

Compared = Scan | Sequence[Known]


class Comparison(Struct, frozen=True, kw_only=True):
    """Two sets of findings beside each other. A finding is in exactly one part: `worsened` are those whose severity rose,
    as they are after; `removed` are as they were before."""

    added: tuple[Known, ...]
    removed: tuple[Known, ...]
    worsened: tuple[Known, ...]
    unchanged: tuple[Known, ...]


def compare(before: Compared, after: Compared) -> Comparison:
    """Compare by fingerprint, so that moved lines and reworded messages make no difference."""
    old, new = distinct(_entries(before)), distinct(_entries(after))
    both = [entry for name, entry in new.items() if name in old]
    return Comparison(
        added=_ordered(entry for name, entry in new.items() if name not in old),
        removed=_ordered(entry for name, entry in old.items() if name not in new),
        worsened=_ordered(entry for entry in both if _rose(old[entry.fingerprint], entry)),
        unchanged=_ordered(entry for entry in both if not _rose(old[entry.fingerprint], entry)),
    )


def _entries(side: Compared) -> Sequence[Known]:
    return known(side) if isinstance(side, Scan) else side


def _rose(before: Known, after: Known) -> bool:
    return 0 <= rank(before) < rank(after)


def _ordered(entries: Iterable[Known]) -> tuple[Known, ...]:
    return tuple(sorted(entries, key=lambda entry: (-rank(entry), entry.resource, entry.id, entry.fingerprint)))
