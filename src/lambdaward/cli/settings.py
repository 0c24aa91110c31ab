"""What a scan is told, settled: the command line over the configuration over the defaults."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from lambdaward.config import Config, Configuration, nearest, read
from lambdaward.findings import Suppression
from lambdaward.model import InputError, UsageError
from lambdaward.rules import find

KEYS = frozenset(field.name for field in structs.fields(Config))


class Settings(Struct, frozen=True, kw_only=True):
    """What holds for one scan: the configuration under the command line, what it accepts, the settings of single rules by
    rule id, and the date to judge by (today's in UTC, when nobody says)."""

    config: Config
    accepted: tuple[Suppression, ...] = ()
    rules: Mapping[str, Mapping[str, int]]
    today: dt.date | None = None


def settings(first: str, asked: Mapping[str, Any]) -> Settings:
    """Settle what holds for a scan whose first path is `first`.

    `asked` are the options of a command line. One that is not given is `None` or empty; one that is given replaces the
    file's, except that parameters are joined. Raises `UsageError`, and `InputError` for a configuration that is wrong.
    """
    written = _configuration(Path(first), asked)
    said = {name: value for name, value in asked.items() if name in KEYS and value not in (None, (), {})}
    if "parameters" in said:
        said["parameters"] = {**written.config.parameters, **said["parameters"]}
    return Settings(
        config=structs.replace(written.config, **said),
        accepted=written.accepted,
        rules=_of_rules(written),
        today=asked["today"].date() if asked.get("today") else None,
    )


def _configuration(first: Path, asked: Mapping[str, Any]) -> Configuration:
    if asked["isolated"]:
        if asked["config"]:
            raise UsageError("--isolated reads no configuration, and --config names one; give one of them")
        return Configuration()
    file = Path(asked["config"]) if asked["config"] else nearest(first)
    return read(file) if file else Configuration()


def _of_rules(written: Configuration) -> dict[str, Mapping[str, int]]:
    """The settings of single rules by rule id. Raises `InputError` for a rule or setting that does not exist."""
    found: dict[str, Mapping[str, int]] = {}
    for name, values in written.config.rules.items():
        try:
            rule = find(name)
        except UsageError as error:
            raise InputError(written.file, f"`rules.{name}`: {error}", "correct the name") from None
        known = [setting.name for setting in rule.settings]
        for key in values:
            if key not in known:
                remedy = f"it has {', '.join(f'`{each}`' for each in known)}" if known else "it has none"
                raise InputError(written.file, f"`{key}` is no setting of {rule.name}", remedy)
        found[rule.id] = values
    return found
