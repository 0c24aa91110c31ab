"""From paths to one estate: walk, recognise, load each source, assemble."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lambdaward.model import Estate, UsageError
from lambdaward.sources.assemble import assemble
from lambdaward.sources.cloudformation import TemplateFile, load_templates
from lambdaward.sources.stack import LoadOptions

SUFFIXES = frozenset({".yaml", ".yml", ".json", ".template"})
MARKS = (b"AWSTemplateFormatVersion", b"AWS::", b"Fn::Transform")


def load(paths: Sequence[str | Path], options: LoadOptions = LoadOptions()) -> Estate:  # noqa: B008 - frozen
    """Read everything that is recognised under some paths into one estate. Raises `UsageError` for a path that is not there."""
    loaded = load_templates([file for path in paths for file in _templates(Path(path))], options)
    return assemble(loaded.stacks, loaded.problems)


def _templates(path: Path) -> Iterator[TemplateFile]:
    if not path.exists():
        raise UsageError(f"{path} is not there")
    root = path if path.is_dir() else path.parent
    found = sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES) if path.is_dir() else [path]
    for file in found:
        if file.is_file() and (path.is_file() or _recognised(file)):
            name = file.relative_to(root).as_posix()
            yield TemplateFile(shown=file.as_posix(), path=str(file), root=str(root), stack=name)


def _recognised(file: Path) -> bool:
    with file.open("rb") as stream:
        start = stream.read(1 << 16)
    return any(mark in start for mark in MARKS) and b"Resources" in start
