"""Reading the images of an OCI layout, or of what `docker save` writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from lambdaward.model import InputError, Unknown
from lambdaward.packages.decoding import decoded
from lambdaward.packages.images.documents import Config, Manifest, Part, Saved, day
from lambdaward.packages.images.facts import Base, Image, Images, Inside
from lambdaward.packages.images.runtimes import by_file, by_variable
from lambdaward.packages.unpack import Entry, Fault, Group, Kind, is_image, walk
from lambdaward.packages.unpack.image.documents import is_layer

_LIMIT = 4 << 20
_UNREAD = (Group.LIMIT, Group.UNREAD, Group.DAMAGE)
_NAME, _BASE = "org.opencontainers.image.ref.name", "org.opencontainers.image.base"
_PRIVILEGED = 0o6000
_EXTENSION = re.compile(r"opt/extensions/[^/]+")
# Where Lambda's and official images look for modules: what distributions bring in /usr/lib is their own.
_HOOK = re.compile(r"(?:var/(?:task|lang|runtime)|opt/python|usr/local/lib)/(?:.*/)?(?:site|user)customize\.pyc?")
_MOST = 1000
_ENTRY = "lambda-entrypoint.sh"


def images(path: Path) -> Images:
    """The images that a path holds. Raises `InputError` when it cannot be read, or is no image."""
    if not is_image(path):
        raise InputError(str(path), "it is no image", "give an OCI layout, or what `docker save` writes")
    reading = _Reading()
    for item in walk(path, nested=False):
        if isinstance(item, Fault):
            if item.kind.group in _UNREAD:
                reading.lost.append(Unknown(str(item), "save the image anew"))
        elif item.chain:
            reading.file(item)
        else:
            reading.document(item)
    return Images(tuple(reading.finished()), tuple(dict.fromkeys(reading.lost)))


class _Open:
    """An image that is being read: its configuration, and what its layers have shown so far."""

    def __init__(self, config: Config, manifest: Manifest | None, path: str) -> None:
        self.config = config
        self.manifest = manifest
        self.path = path
        self.runtimes: dict[str, Inside] = {}
        self.privileged: list[str] = []
        self.extensions: list[str] = []
        self.hooks: list[str] = []
        self.layers: set[str] = set()
        self.entry_file = False


class _Reading:
    """A walk over a layout: documents stand before the layers that they describe."""

    def __init__(self) -> None:
        self.lost: list[Unknown] = []
        self._images: list[_Open] = []
        self._manifests: dict[str, Manifest] = {}
        self._last = ""
        self._parts: dict[str, Part] = {}
        self._saved: dict[str, Saved] = {}

    def document(self, entry: Entry) -> None:
        """Look at a file of the layout."""
        if not entry.live or entry.size > _LIMIT:
            return
        head = entry.content.head().lstrip()
        if not head.startswith((b"{", b"[")):
            return
        data = entry.content.read(_LIMIT)
        if entry.path == "manifest.json":
            self._saved = {image.config: image for image in decoded(data, tuple[Saved, ...]) or ()}
        elif (config := decoded(data, Config)) is not None:
            manifest = self._manifests.get(self._last) if not self._saved else None
            self._images.append(_Open(config, manifest, entry.path if self._saved else self._last))
        elif (manifest := decoded(data, Manifest)) is not None:
            self._parts |= {f"blobs/{part.digest.replace(':', '/')}": part for part in manifest.manifests}
            self._manifests[entry.path] = manifest
            self._last = entry.path

    def file(self, entry: Entry) -> None:
        """Look at a file of a layer."""
        if not self._images:
            return
        image = self._images[-1]
        image.layers.add(entry.chain[0])
        if not entry.live:
            return
        few = len(image.runtimes) < _MOST
        if few and entry.kind in (Kind.FILE, Kind.LINK) and (inside := by_file(entry)) is not None:
            image.runtimes.setdefault(inside.runtime, inside)
        for found, holds in (
            (image.privileged, (entry.mode or 0) & _PRIVILEGED),
            (image.extensions, _EXTENSION.fullmatch(entry.path)),
            (image.hooks, _HOOK.fullmatch(entry.path)),
        ):
            if entry.kind is Kind.FILE and holds and len(found) < _MOST:
                found.append("/" + entry.path)
        image.entry_file = image.entry_file or entry.path == _ENTRY

    def finished(self) -> Iterator[Image]:
        """Every image, without what only looks like one: signatures and attestations have no file system."""
        for image in self._images:
            layers = image.manifest.layers if image.manifest else ()
            if image.manifest is not None and not any(is_layer(part.media_type) for part in layers):
                continue
            part = self._parts.get(image.path)
            saved = self._saved.get(image.path)
            named = (dict(part.annotations or {}).get(_NAME) if part else None,)
            yield _image(
                image,
                digest=part.digest if part else "",
                names=tuple(name for name in (*(saved.repo_tags or () if saved else ()), *named) if name),
            )


def _image(image: _Open, *, digest: str, names: tuple[str, ...]) -> Image:
    config, settings = image.config, image.config.config
    variables = (settings.env if settings else None) or ()
    runtimes = dict(image.runtimes)
    for inside in by_variable(variables):
        runtimes.setdefault(inside.runtime, inside)
    return Image(
        digest=digest,
        names=names,
        platform="/".join(filter(None, (config.os, config.architecture))),
        created=day(config.created),
        user=(settings.user if settings else None) or "",
        entry_point=(settings.entrypoint if settings else None) or (),
        command=(settings.cmd if settings else None) or (),
        variables=tuple(variable.partition("=")[0] for variable in variables),
        base=_base(image, variables),
        runtimes=tuple(runtimes[name] for name in sorted(runtimes)),
        privileged=tuple(sorted(image.privileged)),
        extensions=tuple(sorted(image.extensions)),
        hooks=tuple(sorted(image.hooks)),
        layers=len(image.layers),
    )


def _base(image: _Open, variables: tuple[str, ...]) -> Base:
    """What an image builds upon. AWS's base images bring the program that starts functions, and name its folders."""
    settings = image.config.config
    labels: Mapping[str, str] = {
        **((settings.labels if settings else None) or {}),
        **((image.manifest.annotations if image.manifest else None) or {}),
    }
    names = {variable.partition("=")[0] for variable in variables}
    days = sorted(filter(None, (day(step.created) for step in image.config.history or ())))
    return Base(
        aws=image.entry_file and {"LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR"} <= names,
        name=labels.get(f"{_BASE}.name", ""),
        digest=labels.get(f"{_BASE}.digest", ""),
        made=days[0] if days else None,
    )
