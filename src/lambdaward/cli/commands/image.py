"""`lambdaward image`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from lambdaward.cli import options
from lambdaward.cli.command import command
from lambdaward.cli.streams import stdout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lambdaward.packages.images import Image, Images
    from lambdaward.packages.signing import Signature

EXITS = {
    0: "everything was told, and no runtime inside has ended",
    1: "a runtime inside is no longer supported",
    2: "the command line is wrong",
    4: "an image could not be read, or not all of it",
}
EXAMPLES = {
    "lambdaward image pictures.tar": "what an image is, as `docker save` wrote it",
    "lambdaward image layout --format json": "of an OCI layout, for other programs",
}
TOLD, ENDED, UNREAD = 0, 1, 4
NOBODY = "root, as it names none"


class Told(Struct, frozen=True):
    """A path, its images, and the signatures beside them."""

    path: str
    images: Images
    signatures: tuple[Signature, ...]


@command("image", examples=EXAMPLES, exits=EXITS)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Day to judge by instead of today.")
@options.form
def image(paths: tuple[str, ...], *, today: dt.datetime | None, form: str) -> int:
    """Tell what a container image is: what it starts, its base, runtimes and signatures.

    PATH is an OCI layout, or what `docker save` writes. What is inside is listed by `lambdaward sbom`, secrets by `lambdaward
    secrets`, and whether signatures hold by `lambdaward verify`. Nothing is run and no network is used.
    """
    from lambdaward.cli.narration import narrate
    from lambdaward.model import InputError

    day, found, lost = today.date() if today else dt.datetime.now(dt.UTC).date(), list[Told](), False
    for path in paths:
        try:
            found.append(_read(path))
        except InputError as error:
            narrate("error", str(error))
            lost = True
    with stdout(form) as stream:
        stream.writelines(_json(found, day) if form == "json" else _lines(found, day))
    if any(_ended(name.runtime, day) for each in found for one in each.images.images for name in one.runtimes):
        return ENDED
    return UNREAD if lost or any(each.images.unknowns for each in found) else TOLD


def _read(path: str) -> Told:
    from lambdaward.model import InputError
    from lambdaward.packages.images import images
    from lambdaward.packages.signing import aws_roots, image_signatures

    found = images(Path(path))
    try:
        signatures = image_signatures(Path(path), aws_roots("image"), dt.datetime.now(dt.UTC))[1]
    except InputError:  # what older programs save has no room for signatures
        signatures = ()
    return Told(path, found, signatures)


def _ended(runtime: str, today: dt.date) -> str:
    """Since when a runtime is no longer supported; empty when it is, or is none of Lambda's."""
    from lambdaward.catalog import Phase
    from lambdaward.catalog import runtime as known

    row = known(runtime)
    return str(row.deprecated) if row is not None and row.phase(today) >= Phase.DEPRECATED else ""


def _lines(found: Sequence[Told], today: dt.date) -> Iterator[str]:
    from lambdaward.reports.text import visible

    for each in found:
        for one in each.images.images:
            yield visible(" ".join((each.path, *one.names, one.digest))).rstrip() + "\n"
            for name, value in _facts(one, each.signatures, today):
                yield f"  {name:12} {visible(value)}\n"
        for unknown in each.images.unknowns:
            yield visible(f"{each.path}: not known: {unknown.reason}") + "\n"


def _facts(image: Image, signatures: Sequence[Signature], today: dt.date) -> Iterator[tuple[str, str]]:
    base = image.base
    about = [signature.kind for signature in signatures if signature.covers == image.digest]
    yield "platform", image.platform or "not told"
    yield "made", str(image.created or "not told")
    yield (
        "base",
        " ".join(filter(None, ("one of AWS's for Lambda" if base.aws else base.name or "not told", base.digest))),
    )
    yield "lowest layer", f"{base.made}, {(today - base.made).days} days ago" if base.made else "its time is not told"
    for inside in image.runtimes:
        ended = _ended(inside.runtime, today)
        yield "runtime", f"{inside.runtime} ({inside.shown_by})" + (f": not supported since {ended}" if ended else "")
    yield "starts", " ".join((*image.entry_point, *image.command)) or "nothing, unless ImageConfig says what"
    yield "user", f"{image.user or NOBODY}: Lambda does not heed it, and runs everything as a user without privileges"
    yield "variables", ", ".join(image.variables) or "none"
    yield "setuid", ", ".join(image.privileged) or "none"
    yield "signatures", ", ".join(about) or "none here"


def _json(found: Sequence[Told], today: dt.date) -> Iterator[str]:
    from lambdaward.reports.json import dumps

    yield dumps(
        {
            "version": 1,
            "images": [_document(one, each, today) for each in found for one in each.images.images],
            "unknown": [unknown.reason for each in found for unknown in each.images.unknowns],
        }
    )


def _document(image: Image, told: Told, today: dt.date) -> dict[str, object]:
    return {
        "path": told.path,
        "digest": image.digest,
        "names": image.names,
        "platform": image.platform,
        "created": str(image.created or ""),
        "user": image.user,
        "entryPoint": image.entry_point,
        "command": image.command,
        "variables": image.variables,
        "layers": image.layers,
        "base": {
            "aws": image.base.aws,
            "name": image.base.name,
            "digest": image.base.digest,
            "lowestLayer": str(image.base.made or ""),
        },
        "runtimes": [
            {"runtime": each.runtime, "shownBy": each.shown_by, "endedOn": _ended(each.runtime, today)}
            for each in image.runtimes
        ],
        "privilegedFiles": image.privileged,
        "signatures": [signature.kind for signature in told.signatures if signature.covers == image.digest],
    }
