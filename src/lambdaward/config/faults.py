"""Saying what is wrong with a configuration file, in its own words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import get_args

import msgspec

from lambdaward.config.config import ACCOUNT, REGION, Accept, Config
from lambdaward.config.lines import Keys, line_of
from lambdaward.model import InputError

REMEDY = "`lambdaward schema config` has every key"

_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(.*)`")
_TYPE = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")
_PATTERN = re.compile(r"matching regex '(.*)'$")
_AT = re.compile(r" - at `([^`]*)`$")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_POSITION = re.compile(r" ?\(at line (\d+), column (\d+)\)$")

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "str": "a text",
        "bool": "true or false",
        "int": "a whole number",
        "float": "a number",
        "array": "a list",
        "object": "a table",
        "date": "a date",
        "datetime": "a date with a time",
    }
)
ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        "of length >= 1": "it must not be empty",
        "encoded date": "it must be a date, such as 2027-03-01",
        "`int` >= 0": "it must be 0 or more",
    }
)
PATTERNS: Mapping[str, str] = MappingProxyType(
    {ACCOUNT: "an account id of 12 digits", REGION: "a Region, such as eu-west-1"}
)


def syntax_error(file: str, error: Exception) -> InputError:
    """The error of a file that is no TOML."""
    match error:
        case RecursionError():
            text = "it is nested too deeply"
        case UnicodeDecodeError():
            text = "it is not UTF-8"
        case tomllib.TOMLDecodeError():
            text = str(error)
        case _:
            text = "a number has too many digits"
    at = _POSITION.search(text)
    line, column = (int(at[1]), int(at[2])) if at else (0, 0)
    problem = f"it is no valid TOML: {_POSITION.sub('', text)}"
    return InputError(file, problem, "correct it there", line=line, column=column)


def value_error(file: str, text: str, prefix: Keys, error: msgspec.ValidationError) -> InputError:
    """The error of a key that does not exist, is missing, or has a value that does not fit."""
    path = _path(str(error))
    said = _AT.sub("", str(error))
    if unknown := _UNKNOWN.fullmatch(said):
        path = (*path, unknown[1])
        problem = f"`{unknown[1]}` is no key here{_nearest(path)}"
    elif missing := _MISSING.fullmatch(said):
        problem = f"{_shown(path)} has no `{missing[1]}`"
    else:
        problem = f"{_shown(path)}: {_worded(path, said)}"
    return InputError(file, problem, REMEDY, line=line_of(text, (*prefix, *path)))


def _path(message: str) -> Keys:
    at = _AT.search(message)
    return tuple(key or int(index) for key, index in _STEP.findall(at[1])) if at else ()


def _shown(path: Keys) -> str:
    words = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return f"`{''.join(words).removeprefix('.')}`" if path else "the configuration"


def _nearest(path: Keys) -> str:
    record = Accept if path[0] == "accept" and len(path) > 1 else Config
    names = [field.encode_name for field in msgspec.structs.fields(record)]
    near = get_close_matches(str(path[-1]).replace("_", "-"), names, 1, 0.5)
    return f"; did you mean `{near[0]}`?" if near else ""


def _worded(path: Keys, said: str) -> str:
    if said.startswith("Invalid enum value"):
        record = Accept if path[0] == "accept" else Config
        (choices,) = (field.type for field in msgspec.structs.fields(record) if field.encode_name == path[-1])
        return f"it must be one of {', '.join(get_args(get_args(choices)[0]))}"
    for ending, meaning in ENDINGS.items():
        if said.endswith(ending):
            return meaning
    if pattern := _PATTERN.search(said):
        return f"it must be {PATTERNS[pattern[1]]}"
    if match := _TYPE.match(said):
        wanted, got = (
            " or ".join(NAMES.get(word, word) for word in names.split(" | ") if word != "null")
            for names in match.groups()
        )
        return f"it must be {wanted}, and is {got}"
    return said[0].lower() + said[1:]
