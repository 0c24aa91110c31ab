"""The EFS access points that functions mount."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.model import AccessPoint, Estate, Function, Place


def mounts(estate: Estate) -> Iterator[tuple[Function, Place, AccessPoint]]:
    """Each function with an access point that it mounts, and where it says so."""
    for function in estate.all(Function):
        for system in function.file_systems:
            if point := estate.follow(AccessPoint, system.arn):
                yield function, system.place(), point
