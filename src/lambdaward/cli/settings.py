"""What a scan is told, settled: the command line over the configuration over the defaults."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, structs

from lambdaward.config import Config
from lambdaward.findings import Suppression

KEYS = frozenset(field.name for field in structs.fields(Config))


class Settings(Struct, frozen=True, kw_only=True):
    """What holds for one scan. `today` is the date to judge by: the real one (UTC), when nobody says."""

    config: Config
    accepted: tuple[Suppression, ...] = ()
    today: dt.date | None = None


def settings(paths: Sequence[str], asked: Mapping[str, Any]) -> Settings:  # noqa: ARG001
    """Settle what holds. `asked` are the options of a command line: `None`, and nothing repeated, is silence."""
    config = Config()
    said = {name: value for name, value in asked.items() if name in KEYS and value not in (None, (), {})}
    if "parameters" in said:
        said["parameters"] = {**config.parameters, **said["parameters"]}
    return Settings(
        config=structs.replace(config, **said),
        today=asked["today"].date() if asked.get("today") else None,
    )
