"""Covering secrets in what is about to be shown: the text of files, and whatever a scan says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from msgspec import Struct, structs

from lambdaward.findings import Rule
from lambdaward.model import FileOrigin, LiveOrigin, Place, ResourceId
from lambdaward.secrets import looks_random

T = TypeVar("T")

_SHORTEST = 6
# What says where something is stays as it is: reports look files and resources up by it.
_KEPT = (FileOrigin, LiveOrigin, Place, ResourceId, Rule)
_SEEN = re.compile(r"\S")
_DEEPEST = 12


class Cover:
    """Stars some secrets wherever they stand in a text, also as JSON and YAML escape them, and each of their lines.

    Short texts and plain words, such as a password `postgres`, would star half of what is shown; the sources mask them where
    they stand.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        lines = {form for secret in secrets for line in _lines(secret) for form in (line, _escaped(line))}
        texts = sorted(lines, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, texts))) if texts else None

    def over(self, value: T) -> T:
        """A record, list, mapping or text with the secrets starred, at any depth."""
        return value if self._pattern is None else self._over(value, 0)

    def _over(self, value: Any, depth: int) -> Any:  # noqa: ANN401 - any record
        if isinstance(value, str) and type(value) is str:
            return self._pattern.sub(_stars, value) if self._pattern else value
        if depth > _DEEPEST:
            return value
        if isinstance(value, tuple):
            covered = tuple(self._over(member, depth + 1) for member in value)
            return value if all(map(_is, covered, value)) else covered
        if isinstance(value, Mapping):
            return {key: self._over(member, depth + 1) for key, member in value.items()}
        return self._record(value, depth) if isinstance(value, Struct) and not isinstance(value, _KEPT) else value

    def _record(self, value: Struct, depth: int) -> Struct:
        changed = {}
        for name in value.__struct_fields__:
            member = getattr(value, name)
            covered = self._over(member, depth + 1)
            if covered is not member:
                changed[name] = covered
        return structs.replace(value, **changed) if changed else value


def _is(left: object, right: object) -> bool:
    return left is right


def _lines(secret: str) -> Iterator[str]:
    for part in secret.replace("\\n", "\n").splitlines():
        line = part.strip()
        if len(line) >= _SHORTEST and not line.isdigit() and (not line.isalpha() or looks_random(line)):
            yield line


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _stars(match: re.Match[str]) -> str:
    return _SEEN.sub("*", match[0])
