"""Environment variables that make a runtime load other code first, and the wrappers that vendors' layers bring."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from lambdaward.catalog.sheet import sheet


class Hook(Struct, frozen=True):
    """A variable that makes start-up load code: what it loads, the runtime families that obey it (empty: all), and whether
    it only names folders to search."""

    loads: str
    families: tuple[str, ...] = ()
    search: bool = False


class Hooks(Struct, frozen=True):
    """The variables by name, and the vendor of each well-known wrapper by its path."""

    variables: Mapping[str, Hook]
    wrappers: Mapping[str, str]


@cache
def hooks() -> Hooks:
    """The whole table."""
    return sheet("hooks", Hooks).rows
