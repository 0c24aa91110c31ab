"""From paths to one estate: discover, load every template as one program and every answer of an account, assemble."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lambdaward.model import Estate
from lambdaward.sources.assemble import assemble
from lambdaward.sources.cloudformation import load_templates
from lambdaward.sources.discover import discover
from lambdaward.sources.stack import LoadOptions


def load(paths: Sequence[str | Path], options: LoadOptions = LoadOptions()) -> Estate:  # noqa: B008 - frozen
    """Read everything that is recognised under some paths into one estate. Raises `UsageError` for a path that is not there."""
    found = discover(paths, options)
    loaded = load_templates(found.templates, options)
    stacks, problems = loaded.stacks, (*found.problems, *loaded.problems)
    if found.answers:
        from lambdaward.sources.account.load import load_answers  # noqa: PLC0415 - rarely needed

        more, faults = load_answers(found.answers)
        stacks, problems = (*stacks, *more), (*problems, *faults)
    return assemble(stacks, problems, found.skipped, found.beside)
