"""Looking up what is known about packages and functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from lambdaward.cli.advisories import given_advisories
from lambdaward.cli.narration import narrate
from lambdaward.cli.settings import settings
from lambdaward.cli.subjects import Subjects, subjects
from lambdaward.model import Unknown, Yes

if TYPE_CHECKING:
    from lambdaward.analysis.advised import Known
    from lambdaward.packages.advisories import Held, Store


class Checked(Struct, frozen=True):
    """What is known about each subject by its name, what is not known and how to settle it, and by which advisories."""

    known: Mapping[str, tuple[Known, ...]]
    unknowns: tuple[tuple[str, str], ...]
    held: Mapping[str, Held]
    closing: str
    exit_code: int


def checked(words: Sequence[str], asked: Mapping[str, Any], *, online: bool = False) -> Checked:
    """Look up the packages and functions that some words name, as `subjects` takes them. `asked` are the command line's
    options; `online` allows to ask osv.dev. Raises `UsageError` and `InputError`."""
    found = subjects(words, asked)
    for error in found.lost:
        narrate("error", str(error))
    if online:
        from lambdaward.cli.online import answered  # noqa: PLC0415 - only where a network may be asked

        with answered(component for each in found.subjects for component in each.bill.components) as (store, address):
            return _looked_up(found, store, f"looked up at {address}")
    from lambdaward.packages.advisories import Store  # noqa: PLC0415 - only here

    paths = [word for word in words if Path(word).exists()]
    folder = given_advisories(settings(paths[0] if paths else ".", asked).config.advisories)
    return _looked_up(found, Store(folder) if folder else None)


def _looked_up(found: Subjects, store: Store | None, by: str = "") -> Checked:
    from lambdaward.analysis.advised import known_of  # noqa: PLC0415 - only here
    from lambdaward.packages.advisories import without_data  # noqa: PLC0415 - as above

    unknowns = dict.fromkeys(
        unknown
        for each in found.subjects
        for unknown in (*each.bill.unknowns, *without_data(each.bill.components, store))
    )
    known = (
        {each.bill.subject: known_of(each.bill, each.entries, store, each.imports) for each in found.subjects}
        if store
        else {}
    )
    return _answer(found, known, tuple(unknowns), store, by)


def _answer(
    found: Subjects, known: Mapping[str, tuple[Known, ...]], unknowns: Sequence[Unknown], store: Store | None, by: str
) -> Checked:
    """The whole answer; `by` says what it was looked up in, where that is not the store's own advisories."""
    if store is None:
        unknowns = (
            *unknowns,
            Unknown("there are no advisories here", "take some in: `lambdaward advisories import FILE`"),
        )
    every = [each for group in known.values() for each in group]
    there = [each for each in every if not each.absent]
    sure = sum(isinstance(each.match.verdict, Yes) for each in there)
    code = 3 if not found.subjects else 1 if sure else 4 if there or unknowns or found.lost else 0
    held = {ecosystem.value: each for ecosystem, each in store.held.items()} if store else {}
    left = f"{len(every) - len(there):,} whose code is not in the program"
    numbers = f"{sure:,} known vulnerabilities, {len(there) - sure:,} possible ones, {left}"
    parts = f"{sum(len(each.bill.components) for each in found.subjects):,} components"
    by = by or f"looked up in advisories of {', '.join(_dated(held))}"
    closing = f"{parts}: {numbers}; {by}" if held else f"{parts}, looked up in no advisories"
    return Checked(known, tuple((each.reason, each.settle) for each in unknowns), held, closing, code)


def _dated(held: Mapping[str, Held]) -> Iterator[str]:
    for name, each in sorted(held.items()):
        yield f"{name} (newest {each.newest or 'of an unknown date'})"
