"""Facts by which components are recognised, as data: each file says where its rows come from, under which licence, and when."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from lambdaward.catalog.sheet import Sheet

T = TypeVar("T")

FOLDER = Path(__file__).parent / "data"


def table(name: str, kind: type[T]) -> T:
    """The rows of a data file. `kind` is their type; a file that does not fit it is an error at once."""
    return msgspec.json.decode((FOLDER / f"{name}.json").read_bytes(), type=Sheet[kind]).rows  # type: ignore[valid-type]
