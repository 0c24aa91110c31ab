"""Reading a configuration file, strictly: whatever is wrong is one error that names file, line, key and remedy."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, structs

from lambdaward.config.config import Accept, Config
from lambdaward.config.find import SHARED, content
from lambdaward.findings import Suppression
from lambdaward.model import InputError


class Configuration(Struct, frozen=True, kw_only=True):
    """A configuration and what it accepts. Its paths start from the current folder; `file` is empty when there is none."""

    config: Config = Config()
    accepted: tuple[Suppression, ...] = ()
    file: str = ""


def read(file: Path) -> Configuration:
    """Read a configuration file. Raises `InputError`."""
    import tomllib  # noqa: PLC0415 - many projects have no such file

    from lambdaward.config.faults import syntax_error, value_error  # noqa: PLC0415 - as above
    from lambdaward.config.lines import line_of  # noqa: PLC0415 - as above

    shown = os.path.relpath(file)
    data = content(file)
    prefix = ("tool", "lambdaward") if file.name == SHARED else ()
    try:
        text = data.decode()
        table: Any = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise syntax_error(shown, error) from None
    for key in prefix:
        table = table.get(key) if isinstance(table, dict) else None
    if table is None:
        raise InputError(shown, "it has no [tool.lambdaward]", "write the table, or name another file")
    try:
        config = msgspec.convert(table, Config)
    except msgspec.ValidationError as error:
        raise value_error(shown, text, prefix, error) from None
    return Configuration(
        config=_placed(config, file, shown),
        accepted=tuple(
            _suppression(entry, shown, line_of(text, (*prefix, "accept", at))) for at, entry in enumerate(config.accept)
        ),
        file=shown,
    )


def _suppression(entry: Accept, file: str, line: int) -> Suppression:
    return Suppression(
        rules=entry.rules,
        reason=entry.reason,
        until=entry.until.isoformat() if entry.until else "",
        source="config",
        file=file,
        line=line,
        files=entry.files,
        resources=entry.resources,
    )


def _placed(config: Config, file: Path, shown: str) -> Config:
    """The configuration with its paths as seen from the current folder."""
    return structs.replace(
        config,
        parameter_files=tuple(_inside(name, file, shown) for name in config.parameter_files),
        baseline=_inside(config.baseline, file, shown) if config.baseline else None,
        advisories=_inside(config.advisories, file, shown) if config.advisories else None,
    )


def _inside(name: str, file: Path, shown: str) -> str:
    """A path beside a configuration file or below: a stranger's project does not choose what else is read."""
    folder = file.absolute().parent
    if not (folder / name).resolve().is_relative_to(folder.resolve()):
        raise InputError(shown, f"`{name}` lies outside of the project", "give it on the command line instead")
    return os.path.relpath(folder / name)
