"""The facts of a container image."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from lambdaward.model import Unknown


class Inside(Struct, frozen=True):
    """A runtime in an image, as Lambda's `Runtime` names it, and what shows it: a file or a variable."""

    runtime: str
    shown_by: str


class Base(Struct, frozen=True):
    """What an image builds upon: whether it is one of AWS's base images for Lambda, and the name and digest that its builder
    noted (empty: none). `made` is the day of its lowest layer, `None` where it is not told."""

    aws: bool = False
    name: str = ""
    digest: str = ""
    made: dt.date | None = None


class Image(Struct, frozen=True, kw_only=True):
    """One image, without what its later layers delete.

    `digest` is that of its manifest (empty for what older programs saved), `names` are its tags. `user` is what it asks to run as
    (empty: root): Lambda does not heed it. `variables` are names only. `privileged` are files that run as their owner or group,
    whoever starts them; `extensions` programs that Lambda starts beside the function; `hooks` files that Python runs before it.
    `layers` counts its layers.
    """

    digest: str = ""
    names: tuple[str, ...] = ()
    platform: str = ""
    created: dt.date | None = None
    user: str = ""
    entry_point: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    base: Base = Base()
    runtimes: tuple[Inside, ...] = ()
    privileged: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()
    hooks: tuple[str, ...] = ()
    layers: int = 0


class Images(Struct, frozen=True):
    """The images of a layout or archive, and what kept more from being known."""

    images: tuple[Image, ...]
    unknowns: tuple[Unknown, ...] = ()
