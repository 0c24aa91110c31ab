"""The files of layers and code that lie on this machine, archives inside them left closed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lambdaward.model import Code, Estate, Function, InputError, Layer, LocalCode, Unknown, literal

if TYPE_CHECKING:
    from lambdaward.packages import Entry, Overlay

_MANY = 2000
NOT_HERE = Unknown("the content of a layer or the code is not here", "scan a folder that holds it, built")


def _path(code: Code) -> Path | None:
    """Where code lies as it is uploaded; `None` where it does not."""
    if not isinstance(code, LocalCode) or code.kind not in ("folder", "build", "zip"):
        return None
    from lambdaward.packages.bill import located  # noqa: PLC0415 - only where packages are read

    path = located(code)
    return path if path.exists() else None


def is_here(code: Code) -> bool:
    """Whether a package lies on this machine."""
    return _path(code) is not None


def names(code: Code) -> frozenset[str] | None:
    """The names of the files in a folder of code, told without reading them; `None` when it is no folder, has very many,
    or has some that are not told: links, or folders that cannot be read."""
    if not isinstance(code, LocalCode) or code.kind not in ("folder", "build"):
        return None
    found: list[str] = []
    unread: list[OSError] = []
    for above, folders, files in os.walk(Path(code.root, code.built or code.path), onerror=unread.append):
        found += files
        if unread or len(found) + len(folders) > _MANY or any(Path(above, name).is_symlink() for name in folders):
            return None
    return None if unread else frozenset(found)


def packed(code: Code) -> Iterator[Entry]:
    """The files of a package. Raises `InputError` when they are not here, can't be read, or, at the end, not all of them."""
    path = _path(code)
    if path is None:
        raise InputError("", NOT_HERE.reason, NOT_HERE.settle)
    from lambdaward.packages import Kind  # noqa: PLC0415 - as above
    from lambdaward.packages.unpack import Fault, Group, walk  # noqa: PLC0415 - as above

    lost: Fault | None = None
    for item in walk(path, nested=False):
        if isinstance(item, Fault):
            lost = item if lost is None and item.kind.group in (Group.DAMAGE, Group.LIMIT, Group.UNREAD) else lost
        elif item.kind is Kind.FILE and item.live:
            yield item
    if lost is not None:
        raise InputError(str(path), str(lost), "read the package on a machine with more room, or build it anew")


def overlaid(estate: Estate, function: Function) -> Overlay | None:
    """A function's code and layers laid over each other; `None` when something of them is not here."""
    layers = [estate.follow(Layer, link) for link in function.layers]
    paths = [_path(layer.code) if layer else None for layer in layers]
    code = _path(function.code)
    if code is None or None in paths:
        return None
    from lambdaward.packages import Part, overlay  # noqa: PLC0415 - as above

    parts = [Part(layer.shown, path) for layer, path in zip(layers, paths, strict=True) if layer and path]
    try:
        return overlay(Part("the code", code), parts, literal(function.runtime) or "")
    except InputError:
        return None
