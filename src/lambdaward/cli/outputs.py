"""Where reports go: one on stdout, any number into files, each written whole or not at all."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import TextIO

from msgspec import Struct

from lambdaward.cli.scanning import Outcome
from lambdaward.cli.terminal import look_for
from lambdaward.model import UsageError
from lambdaward.reports import FORMATS, render


class Output(Struct, frozen=True):
    """One report: its format, and the file that it goes to (empty for stdout)."""

    format: str
    path: str = ""


def outputs(words: Sequence[str]) -> tuple[Output, ...]:
    """Reports from `NAME` or `NAME=PATH`; the terminal's, when nobody asks for one. Raises `UsageError`."""
    asked = [word.partition("=") for word in words or ("terminal",)]
    for (name, equals, path), word in zip(asked, words or ("terminal",), strict=True):
        if name not in FORMATS:
            raise UsageError(f"no format is called `{name}`; there are {', '.join(FORMATS)}")
        if equals and not path:
            raise UsageError(f"`--format {word}` names no file")
    found = tuple(Output(name, path) for name, _, path in asked)
    _distinct(found)
    return found


def _distinct(found: Iterable[Output]) -> None:
    places: set[str] = set()
    for output in found:
        place = os.path.realpath(output.path) if output.path else ""
        if place in places:
            where = f"the file `{output.path}`" if output.path else "stdout"
            raise UsageError(f"two reports would go to {where}; write `--format NAME=PATH`")
        places.add(place)


def write(found: Iterable[Output], outcome: Outcome, color: str, *, verbose: bool) -> None:
    """Write all reports, that on stdout last. Raises `UsageError` for a file that cannot be written."""
    for output in sorted(found, key=lambda output: not output.path):
        with _opened(output) as stream:
            look = look_for(stream, color, verbose=verbose)
            render(output.format, outcome.scan, outcome.estate, stream, look)


@contextmanager
def _opened(output: Output) -> Iterator[TextIO]:
    if output.path:
        with replaced(Path(output.path)) as stream:
            yield stream
    else:
        yield stdout(output.format)


def stdout(form: str) -> TextIO:
    """The standard output, ready for a format: for machines in UTF-8, for people in what their terminal takes."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=None if form == "terminal" else "utf-8", errors="backslashreplace")
    return sys.stdout


@contextmanager
def replaced(path: Path) -> Iterator[TextIO]:
    """A file that appears under its name once it is complete. What is no regular file (a pipe, a device) is written to."""
    special = path.exists() and not path.is_file()
    target = path.resolve()
    part = path if special else target.with_name(f".{target.name}.{token_hex(6)}")
    try:
        with part.open("w" if special else "x", encoding="utf-8", newline="\n") as stream:
            yield stream
        if not special:
            part.replace(target)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror})") from None
    finally:
        if not special:
            part.unlink(missing_ok=True)
