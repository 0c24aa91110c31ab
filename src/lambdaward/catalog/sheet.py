"""Facts about AWS are data: one JSON file per subject, which says where its rows come from, under which licence, and when."""

from __future__ import annotations

from pathlib import Path
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct

T = TypeVar("T")

FOLDER = Path(__file__).parent / "data"


class Source(Struct, frozen=True):
    """Where facts come from: its name or address, its licence, and the day it was read (ISO)."""

    name: str
    licence: str
    read: str


class Sheet(Struct, Generic[T], frozen=True):
    """One data file: what it states, its sources, and its rows."""

    about: str
    sources: tuple[Source, ...]
    rows: T


def sheet(name: str, kind: type[T], folder: Path = FOLDER) -> Sheet[T]:
    """The data file of a name. `kind` is the type of its rows; a file that does not fit it is an error at once. What only the
    making of the packed files needs lies in another folder."""
    return msgspec.json.decode((folder / f"{name}.json").read_bytes(), type=Sheet[kind])  # type: ignore[valid-type]
