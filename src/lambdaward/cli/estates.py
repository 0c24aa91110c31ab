"""An estate to ask questions about, read as a scan reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from lambdaward import api
from lambdaward.analysis import Analysis
from lambdaward.cli.narration import narrate
from lambdaward.cli.scanning import loaded
from lambdaward.cli.settings import settings
from lambdaward.model import InputError


class Opened(Struct, frozen=True):
    """An estate that was read. `lost`: whether some input could not be; `empty`: whether there was none."""

    analysis: Analysis
    lost: bool
    empty: bool


def opened(paths: Sequence[str], asked: Mapping[str, Any]) -> Opened:
    """Read some paths (the current folder, when none is given), and tell what could not be read."""
    where = paths or (".",)
    settled = settings(where[0], asked)
    estate = loaded(where, settled)
    fatal = [problem for problem in estate.coverage.problems if problem.fatal]
    for problem in fatal:
        error = InputError(problem.file, problem.message, problem.remedy, line=problem.line, column=problem.column)
        narrate("error", str(error))
    empty = not estate.coverage.files and not fatal
    if empty:
        narrate(
            "error", f"nothing to ask in {', '.join(where)}: no template, no CDK output, no saved answers of an account"
        )
    return Opened(
        api.analyse(estate, today=settled.today, trusted_accounts=settled.config.trusted_accounts), bool(fatal), empty
    )
