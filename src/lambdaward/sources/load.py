"""From paths to one estate: discover, load every template as one program, assemble."""

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
    return assemble(loaded.stacks, (*found.problems, *loaded.problems), found.skipped)
