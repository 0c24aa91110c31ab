"""Patterns of `.gitignore`, matched in linear time whatever they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

MOST = 1_000
LONGEST = 1_024
_TOGETHER = 250


class Patterns:
    """Some lines of patterns. Of several that match the last one counts, as for git. Lines that are no pattern are left out,
    and so are long ones and those beyond the first thousand: compiling costs more than any project has.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        wanted = [line for line in lines if line.strip() and not line.startswith("#") and len(line) <= LONGEST][:MOST]
        self._specs = [
            spec for start in range(0, len(wanted), _TOGETHER) for spec in _specs(wanted[start : start + _TOGETHER])
        ]

    def __bool__(self) -> bool:
        return bool(self._specs)

    def includes(self, path: str) -> bool | None:
        """Whether the patterns take a path in or except it (`!`); `None` when none knows it. A folder's ends in `/`."""
        for spec in reversed(self._specs):
            found = spec.check_file(path).include
            if found is not None:
                return found
        return None


def _specs(lines: list[str]) -> list[GitIgnoreSpec]:
    """The patterns, compiled together as far as that is possible."""
    import re2  # noqa: PLC0415 - many projects have no patterns
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - 45 ms, as above

    try:
        return [GitIgnoreSpec.from_lines(lines, backend="re2")]
    except (ValueError, re2.error):
        middle = len(lines) // 2
        return [*_specs(lines[:middle]), *_specs(lines[middle:])] if middle else []
