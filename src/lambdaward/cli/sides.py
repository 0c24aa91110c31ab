"""The two sides of a comparison: reports that are read back, paths that are scanned, or revisions that are checked out."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, structs

from lambdaward.cli.revisions import Tree, UnreadableError, checked_out, commit, revisions
from lambdaward.cli.scanning import Outcome, scanned
from lambdaward.cli.settings import Settings, settings
from lambdaward.findings import Known, known, read_known
from lambdaward.model import InputError

MOST_BYTES = 64 << 20


class Side(Struct, frozen=True, kw_only=True):
    """One side: its findings, and what was said about reading it. `settings` are those that it was scanned by."""

    entries: tuple[Known, ...]
    empty: bool = False
    lost: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    settings: Settings | None = None


class _Sniffed(Struct, rename={"resources": "Resources"}):
    """The keys of a JSON file that tell what it is."""

    findings: msgspec.Raw = msgspec.Raw(b"")
    resources: msgspec.Raw = msgspec.Raw(b"")


def sides(words: Sequence[str], asked: Mapping[str, Any]) -> tuple[Side, Side]:
    """Both sides of what a user compares. Raises `UsageError` and `InputError`."""
    paths = [Path(word) for word in words]
    if len(words) == 2 and all(map(os.path.exists, paths)):
        reports = [is_report(path) for path in paths]
        before, after = (
            _remembered(path) if report else _scanned(path, asked, portable=not any(reports))
            for path, report in zip(paths, reports, strict=True)
        )
        return before, after
    if len(words) == 1 and ".." not in words[0]:
        return _revision(commit(words[0]), asked), _scanned(Path(), asked, portable=False)
    first, second = revisions(words)
    return _revision(first, asked), _revision(second, asked)


def is_report(path: Path) -> bool:
    """Whether a file is a JSON report or a baseline, rather than a template."""
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            return False
        sniffed = msgspec.json.decode(path.read_bytes(), type=_Sniffed)
    except (OSError, ValueError):
        return False
    return bytes(sniffed.findings) != b"" and bytes(sniffed.resources) == b""


def _remembered(path: Path) -> Side:
    try:
        return Side(entries=read_known(path))
    except InputError as error:
        return Side(entries=(), lost=(str(error),))


def _scanned(path: Path, asked: Mapping[str, Any], *, portable: bool) -> Side:
    settled = settings(str(path), asked)
    return _side(scanned((str(path),), settled, portable=portable), settled)


def _side(outcome: Outcome, settled: Settings) -> Side:
    return Side(
        entries=known(outcome.scan),
        empty=outcome.empty,
        lost=tuple(f"{problem.file}: {problem.message}" for problem in outcome.fatal),
        settings=settled,
    )


def _revision(revision: str, asked: Mapping[str, Any]) -> Side:
    try:
        with checked_out(revision) as tree:
            return _of_tree(tree, revision[:12], asked)
    except UnreadableError as error:
        return Side(entries=(), lost=(str(error),))


def _of_tree(tree: Tree, name: str, asked: Mapping[str, Any]) -> Side:
    """A revision's side, with its files called as the repository calls them."""
    notes = (f"{tree.left_out:,} symbolic links and submodules of {name} are left out",) if tree.left_out else ()
    if not tree.folder.is_dir():
        return Side(entries=(), empty=True, notes=notes)
    side, root = _scanned(tree.folder, asked, portable=False), f"{tree.root}/"
    return structs.replace(
        side,
        entries=tuple(_relative(entry, root) for entry in side.entries),
        lost=tuple(f"{name}:{text.removeprefix(root)}" for text in side.lost),
        notes=notes,
    )


def _relative(entry: Known, root: str) -> Known:
    """A finding with its file as the repository knows it."""
    spot = entry.location
    if spot is None:
        return entry
    return structs.replace(entry, location=structs.replace(spot, file=spot.file.removeprefix(root)))
