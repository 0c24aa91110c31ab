"""A secret in a file."""

from __future__ import annotations

from msgspec import Struct

from lambdaward.secrets.answer import Leak


class Sighting(Struct, frozen=True):
    """A secret in a file: what it is, the entry it stands in, its line (0 where the file has none), the view that showed it,
    whether the entry is still there once later layers of an image are laid over it, and whether the file is a test, an example
    or documentation."""

    leak: Leak
    place: str
    line: int
    view: str
    live: bool = True
    trial: bool = False
