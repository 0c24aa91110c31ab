"""`samconfig.toml`: which template an application has, and the parameter values that it is deployed with by default."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

NAME = "samconfig.toml"
TEMPLATES = ("template.yaml", "template.yml", "template.json")
_MOST_BYTES = 1 << 20
_SECTIONS = ("global", "deploy")


class SamConfig(Struct, frozen=True):
    """The default environment's template (empty: one of the usual names) and parameter values."""

    template: str = ""
    parameters: Mapping[str, str] = {}


def read_samconfig(folder: Path) -> SamConfig:
    """The configuration in a folder. One that is missing or cannot be read says nothing: SAM itself will complain."""
    file = folder / NAME
    try:
        if not file.is_file() or file.stat().st_size > _MOST_BYTES:
            return SamConfig()
        import tomllib  # noqa: PLC0415 - many folders have no such file

        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return SamConfig()
    settings: dict[str, object] = {}
    for section in _SECTIONS:
        settings |= _table(_table(_table(data.get("default")).get(section)).get("parameters"))
    template = settings.get("template_file", settings.get("template"))
    return SamConfig(template if isinstance(template, str) else "", overrides(settings.get("parameter_overrides")))


def overrides(written: object) -> dict[str, str]:
    """Parameter values as SAM writes them: `A=b "C=d e"` in one text, or a list of such texts."""
    texts = written if isinstance(written, list) else [written]
    found: dict[str, str] = {}
    for text in texts:
        try:
            pairs = shlex.split(text) if isinstance(text, str) else []
        except ValueError:
            continue
        found |= {name: value for name, equals, value in (pair.partition("=") for pair in pairs) if equals}
    return found


def _table(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}
