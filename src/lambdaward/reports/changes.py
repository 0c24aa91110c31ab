"""What a change adds, worsens and removes: for a terminal, as JSON, and as a comment on a pull request."""

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

Write = Callable[[Comparison, TextIO, Look], None]


def write_changes(form: str, comparison: Comparison, stream: TextIO, look: Look) -> None:
    """Write a comparison in a format. Raises `UsageError` for one that does not exist."""
    if form not in WRITERS:
        raise UsageError(f"no format of a comparison is called `{form}`; there are {', '.join(WRITERS)}")
    WRITERS[form](comparison, stream, look)


def headline(comparison: Comparison) -> str:
    """How many findings the change adds, worsens and removes, in one line without a full stop."""
    parts = (("added", comparison.added), ("worsened", comparison.worsened), ("removed", comparison.removed))
    told = [f"{len(entries):,} {word}" for word, entries in parts if entries]
    return f"{', '.join(told) or 'nothing changed'}, {len(comparison.unchanged):,} unchanged"


def _terminal(comparison: Comparison, stream: TextIO, look: Look) -> None:
    from lambdaward.reports.terminal.style import BOLD, FRAME, GOOD, SEVERITY, WARNING, Style  # noqa: PLC0415 - as needed

    style = Style(look)
    for title, entries in (
        ("added", comparison.added),
        ("worsened", comparison.worsened),
        ("removed", comparison.removed),
    ):
        for entry in entries:
            worse = WARNING if rank(entry) < 0 else SEVERITY[Severity(rank(entry))]
            colour = GOOD if title == "removed" else worse
            head = f"{title}: {entry.severity or 'finding'}[{entry.id}]"
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
    stream.writelines(_table((*comparison.added, *comparison.worsened)))
    if comparison.removed:
        stream.write(f"<details><summary>{count(len(comparison.removed), 'finding')} removed</summary>\n\n")
        stream.writelines(_table(comparison.removed))
        stream.write("</details>\n")


def _table(entries: Sequence[Known]) -> Iterator[str]:
    from lambdaward.reports.markup import cell  # noqa: PLC0415 - as needed

    if not entries:
        return
    yield "| severity | rule | finding | where |\n|---|---|---|---|\n"
    for entry in entries[:MOST_ROWS]:
        yield f"| {cell(entry.severity)} | {cell(entry.id)} | {cell(entry.message)} | {cell(f'`{_where(entry)}`')} |\n"
    if len(entries) > MOST_ROWS:
        yield f"| | | {count(len(entries) - MOST_ROWS, 'more finding')} | |\n"
    yield "\n"


def _where(entry: Known) -> str:
    spot = entry.location
    if spot is None:
        return entry.resource
    return line_label(spot.file, spot.line) if spot.file else spot.arn


WRITERS: Mapping[str, Write] = MappingProxyType({"terminal": _terminal, "json": _json, "markdown": _markdown})
