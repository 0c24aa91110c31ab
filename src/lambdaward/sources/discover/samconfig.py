"""SAM's own configuration file: an application's template, and the parameter values that it is deployed with by default."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from lambdaward.model import InputError, pattern
from lambdaward.sources.cloudformation.node import ListNode, Node, ScalarNode
from lambdaward.sources.cloudformation.reader import read
from lambdaward.sources.files import is_file, read_bytes

NAMES = ("samconfig.toml", "samconfig.yaml", "samconfig.yml")
TEMPLATES = ("template.yaml", "template.yml", "template.json")
_MOST_BYTES = 1 << 20
_SECTIONS = ("global", "deploy")
_LONG_FORM = pattern(r"ParameterKey=(\w+),ParameterValue=(.*)", re.DOTALL)


class SamConfig(Struct, frozen=True):
    """The default environment's template (empty: one of the usual names) and parameter values."""

    template: str = ""
    parameters: Mapping[str, str] = {}


def read_samconfig(folder: Path, names: Iterable[str] = NAMES) -> SamConfig:
    """The configuration in a folder, by the names that it may have there. One that is missing or cannot be read says nothing:
    SAM itself will complain."""
    try:
        data = next((_data(file) for file in (folder / name for name in names) if is_file(file)), {})
    except (ValueError, RecursionError, InputError):
        return SamConfig()
    settings: dict[str, object] = {}
    for section in _SECTIONS:
        settings |= _table(_table(_table(data.get("default")).get(section)).get("parameters"))
    template = settings.get("template_file", settings.get("template"))
    return SamConfig(template if isinstance(template, str) else "", overrides(settings.get("parameter_overrides")))


def _data(file: Path) -> dict[str, object]:
    data = read_bytes(file, file.name, _MOST_BYTES)
    if len(data) > _MOST_BYTES:
        return {}
    if file.suffix != ".toml":
        return _table(_plain(read(data, file.name).root))
    import tomllib  # noqa: PLC0415 - many folders have no such file

    return tomllib.loads(data.decode())


def _plain(node: Node) -> object:
    match node:
        case ScalarNode():
            return node.text
        case ListNode():
            return [_plain(item) for item in node.items]
    return {key: _plain(value) for key, value in node}


def overrides(written: object) -> dict[str, str]:
    """Parameter values as SAM takes them: `A=b "C=d e"` or `ParameterKey=A,ParameterValue=b` in one text, a list of such
    texts, or a table."""
    if isinstance(written, dict):
        return {name: value for name, value in written.items() if isinstance(value, str)}
    found: dict[str, str] = {}
    for text in written if isinstance(written, list) else [written]:
        try:
            pairs = shlex.split(text) if isinstance(text, str) else []
        except ValueError:
            continue
        found |= {name: value for name, equals, value in map(_pair, pairs) if equals}
    return found


def _pair(text: str) -> tuple[str, str, str]:
    long_form = _LONG_FORM.fullmatch(text)
    return (long_form[1], "=", long_form[2]) if long_form else text.partition("=")


def _table(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}
