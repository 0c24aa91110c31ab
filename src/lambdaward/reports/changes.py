"""What a change adds, worsens, improves and removes: for a terminal, as JSON, and as a comment on a pull request."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TextIO

from lambdaward.findings import Comparison, Known, Severity, rank
from lambdaward.model import UsageError
from lambdaward.reports.places import line_label
from lambdaward.reports.render import Look
from lambdaward.reports.text import count, visible

MOST_ROWS = 50
TABLE_ROOM = 15_000
# The parts of a comparison that are told, what needs attention first.
PARTS = ("added", "worsened", "improved", "removed")
GOOD_NEWS = frozenset({"improved", "removed"})

Write = Callable[[Comparison, TextIO, Look], None]


def write_changes(form: str, comparison: Comparison, stream: TextIO, look: Look) -> None:
    """Write a comparison in a format. Raises `UsageError` for one that does not exist."""
    if form not in WRITERS:
        raise UsageError(f"no format of a comparison is called `{form}`; there are {', '.join(WRITERS)}")
    WRITERS[form](comparison, stream, look)


def headline(comparison: Comparison) -> str:
    """How many findings the change adds, worsens, improves and removes, in one line without a full stop."""
    told = [f"{len(entries):,} {part}" for part, entries in _parts(comparison) if entries]
    return f"{', '.join(told) or 'nothing changed'}, {len(comparison.unchanged):,} unchanged"


def _parts(comparison: Comparison) -> Iterator[tuple[str, Sequence[Known]]]:
    return ((part, getattr(comparison, part)) for part in PARTS)


def _terminal(comparison: Comparison, stream: TextIO, look: Look) -> None:
    from lambdaward.reports.terminal.style import BOLD, FRAME, GOOD, SEVERITY, WARNING, Style  # noqa: PLC0415 - as needed

    style = Style(look)
    for part, entries in _parts(comparison):
        for entry in entries:
            worse = WARNING if rank(entry) < 0 else SEVERITY[Severity(rank(entry))]
            colour = GOOD if part in GOOD_NEWS else worse
            head = visible(f"{part}: {entry.severity or 'finding'}[{entry.id}]")
            first, *rest = style.wrap(f"{head}: ", entry.message)
            stream.write(style.paint(head, colour) + first.removeprefix(head) + "\n")
            stream.writelines(f"{line}\n" for line in rest)
            stream.write(f"{style.paint(' -->', FRAME)} {visible(_where(entry))}\n\n")
    text = headline(comparison)
    stream.write(style.paint(text[0].upper() + text[1:] + ".", BOLD) + "\n")


def _json(comparison: Comparison, stream: TextIO, look: Look) -> None:  # noqa: ARG001 - data has no look
    import msgspec  # noqa: PLC0415 - as needed

    from lambdaward.reports.json import dumps  # noqa: PLC0415 - as above

    stream.write(dumps({"version": 1, **msgspec.to_builtins(comparison)}))


def _markdown(comparison: Comparison, stream: TextIO, look: Look) -> None:  # noqa: ARG001 - a comment has no look
    stream.write(f"### lambdaward: {headline(comparison)}\n\n")
    for part, entries in _parts(comparison):
        table = _table(entries)
        if part in GOOD_NEWS and entries:
            table = [f"<details><summary>{count(len(entries), 'finding')} {part}</summary>\n\n", *table, "</details>\n"]
        elif entries:
            table = [f"**{part}**\n\n", *table]
        stream.writelines(table)


def _table(entries: Sequence[Known]) -> list[str]:
    """The table of some findings, as many as have room in a comment beside those of the other parts."""
    from lambdaward.reports.markup import cell, fitting  # noqa: PLC0415 - as needed

    if not entries:
        return []
    rows = (
        f"| {cell(entry.severity)} | {cell(entry.id)} | {cell(entry.message)} | {cell(f'`{_where(entry)}`')} |\n"
        for entry in entries[:MOST_ROWS]
    )
    shown = list(fitting(rows, TABLE_ROOM))
    left = len(entries) - len(shown)
    more = [f"| | | {count(left, 'more finding')} | |\n"] if left else []
    return ["| severity | rule | finding | where |\n|---|---|---|---|\n", *shown, *more, "\n"]


def _where(entry: Known) -> str:
    spot = entry.location
    if spot is None:
        return entry.resource
    return line_label(spot.file, spot.line) if spot.file else spot.arn


WRITERS: Mapping[str, Write] = MappingProxyType({"terminal": _terminal, "json": _json, "markdown": _markdown})
