"""What a change adds, removes, worsens and improves: two scans, or two JSON reports, compared by fingerprint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from lambdaward.findings.finding import Scan
from lambdaward.findings.known import Known, distinct, known, rank

Compared = Scan | Sequence[Known]


class Comparison(Struct, frozen=True, kw_only=True):
    """Two sets of findings beside each other. A finding is in exactly one part: `worsened` and `improved` are those whose
    severity rose or fell, `unchanged` the others that are on both sides, wherever they moved. Each is as it is after the
    change, `removed` ones as they were before."""

    added: tuple[Known, ...]
    removed: tuple[Known, ...]
    worsened: tuple[Known, ...]
    improved: tuple[Known, ...]
    unchanged: tuple[Known, ...]


def compare(before: Compared, after: Compared) -> Comparison:
    """Compare by fingerprint, so that moved lines and reworded messages make no difference."""
    old, new = distinct(_entries(before)), distinct(_entries(after))
    both = [(_rise(old[name], entry), entry) for name, entry in new.items() if name in old]
    return Comparison(
        added=_ordered(entry for name, entry in new.items() if name not in old),
        removed=_ordered(entry for name, entry in old.items() if name not in new),
        worsened=_ordered(entry for rise, entry in both if rise > 0),
        improved=_ordered(entry for rise, entry in both if rise < 0),
        unchanged=_ordered(entry for rise, entry in both if rise == 0),
    )


def _entries(side: Compared) -> Sequence[Known]:
    return known(side) if isinstance(side, Scan) else side


def _rise(before: Known, after: Known) -> int:
    """By how much the severity rose; 0 also when one of the two does not say."""
    known_both = min(rank(before), rank(after)) >= 0
    return rank(after) - rank(before) if known_both else 0


def _ordered(entries: Iterable[Known]) -> tuple[Known, ...]:
    return tuple(sorted(entries, key=lambda entry: (-rank(entry), entry.resource, entry.id, entry.fingerprint)))
