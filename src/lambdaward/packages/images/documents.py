"""The documents of an image that say what it is, as far as they are read here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from msgspec import Struct

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)T")
_FIRST = 2000
"""Builders that want the same bytes twice write a time long before there were containers."""


class Settings(Struct, frozen=True, rename="pascal"):
    """How an image is run."""

    user: str | None = None
    entrypoint: tuple[str, ...] | None = None
    cmd: tuple[str, ...] | None = None
    env: tuple[str, ...] | None = None
    labels: Mapping[str, str] | None = None


class Step(Struct, frozen=True):
    """A step of a build: when it was done."""

    created: str | None = None


class RootFileSystem(Struct, frozen=True):
    """The digests of the layers, unpacked."""

    diff_ids: tuple[str, ...] | None = None


class Config(Struct, frozen=True):
    """The configuration of an image; a document that has no `rootfs` is none."""

    rootfs: RootFileSystem
    architecture: str = ""
    os: str = ""
    created: str | None = None
    config: Settings | None = None
    history: tuple[Step, ...] | None = None


class Part(Struct, frozen=True, rename="camel"):
    """A reference to content."""

    digest: str = ""
    media_type: str = ""
    annotations: Mapping[str, str] | None = None


class Manifest(Struct, frozen=True, rename="camel"):
    """An index (which has `manifests`) or a manifest (which has `layers`)."""

    manifests: tuple[Part, ...] = ()
    layers: tuple[Part, ...] = ()
    annotations: Mapping[str, str] | None = None


class Saved(Struct, frozen=True, rename="pascal"):
    """One image in a `manifest.json` of `docker save`."""

    config: str
    repo_tags: tuple[str, ...] | None = None


def day(text: str | None) -> dt.date | None:
    """The day of a time; `None` for none, and for one that is plainly made up."""
    match = _DAY.match(text or "")
    if match is None or int(match[1]) < _FIRST:
        return None
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
