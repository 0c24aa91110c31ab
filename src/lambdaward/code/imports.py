"""What one source file imports."""

from __future__ import annotations

from msgspec import Struct


class Imports(Struct, frozen=True):
    """The modules that a file names in its imports, as it names them. `computed` is whether it also imports by names that only
    running it would tell, `readable` false for what is no source of its language."""

    names: tuple[str, ...] = ()
    computed: bool = False
    readable: bool = True
