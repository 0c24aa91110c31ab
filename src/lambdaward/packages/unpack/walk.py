"""Everything inside a package, at every depth."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from lambdaward.model import InputError
from lambdaward.packages.unpack.blob import Blob, Memory, opened
from lambdaward.packages.unpack.entry import Content, Entry, Kind, Scope
from lambdaward.packages.unpack.faults import Fault, FaultKind
from lambdaward.packages.unpack.folder import read_folder
from lambdaward.packages.unpack.image import is_image_folder, is_image_tar, read_image_folder, read_image_tar
from lambdaward.packages.unpack.limits import NORMAL, Account, Limits
from lambdaward.packages.unpack.sniff import ReaderOf, archive_reader, reader_of
from lambdaward.packages.unpack.squeezed import decoder_of, streams
from lambdaward.packages.unpack.tar import read_tar
from lambdaward.packages.unpack.zip import read_zip

_HELD = (Kind.FILE, Kind.SLACK)
_OF_IMAGE = re.compile(rb"(?:\./)?(?:blobs(?:/|\0)|oci-layout\0|[\w.-]+\.json\0|repositories\0|[0-9a-f]{64}[./])")


class _Manner(Struct, frozen=True):
    """How a walk goes: whether into archives inside, whether it reads what nobody else did, and the endings of names that
    are taken for what they say."""

    nested: bool = True
    verify: bool = False
    plain: tuple[str, ...] = ()


def walk(  # noqa: PLR0913 - everything that a walk may be told, named at the call
    path: Path,
    limits: Limits = NORMAL,
    expired: Callable[[], bool] = lambda: False,
    *,
    nested: bool = True,
    verify: bool = False,
    plain: tuple[str, ...] = (),
    first: tuple[bytes, ...] = (),
) -> Iterator[Entry | Fault]:
    """Everything in a folder, archive or image: entries as they are met, those of a nested archive right behind it, and each
    fault before the next entry. An entry's content can be read until the next one is asked for.

    `expired` is asked now and then; when it says true the walk ends with a fault. Without `nested`, archives inside are left
    closed; with `verify`, content that nobody read is read all the same, so that damage is found. A file whose name ends as in
    `plain` is taken for what it is called: whether it is an archive is not looked at. Entries of a zip whose names end as in
    `first` come before its others. Raises `InputError` for a
    path that is no archive or cannot be read.
    """
    scope = Scope(Account(limits, expired, first))
    with ExitStack() as stack:
        try:
            entries = _top(path, scope, stack)
        except OSError as error:
            raise InputError(
                str(path), f"it cannot be read: {error.strerror}", "give a folder, archive or image"
            ) from error
        yield from _through(entries, scope.account, _Manner(nested, verify, plain))


def is_package(path: Path) -> bool:
    """Whether a path is an archive or an image: a file by its first bytes, a folder by what an image's has."""
    if path.is_dir():
        return is_image_folder(path)
    try:
        with opened(path.resolve(strict=True)) as blob:
            return _reader(path, blob) is not None
    except OSError:
        return False


def walk_text(text: str, name: str, limits: Limits = NORMAL) -> Iterator[Entry | Fault]:
    """The one entry of code that is written in a template."""
    return walk_bytes(text.encode("utf-8", "surrogatepass"), name, limits)


def walk_bytes(data: bytes, name: str, limits: Limits = NORMAL) -> Iterator[Entry | Fault]:
    """An entry of these bytes; when they are an archive, what is inside follows."""
    scope = Scope(Account(limits))
    content = Content(scope, name, lambda: iter([data]), len(data), Memory(data))
    yield from _through(iter([Entry(name, Kind.FILE, content, scope, len(data))]), scope.account, _Manner())


def _top(path: Path, scope: Scope, stack: ExitStack) -> Iterator[Entry]:
    if path.is_dir():
        return read_image_folder(path, scope, stack) if is_image_folder(path) else read_folder(path, scope)
    blob = stack.enter_context(opened(path.resolve(strict=True)))
    reader = _reader(path, blob)
    if reader is None:
        raise InputError(str(path), "it is no archive that is known here", "give a zip, a tar, a folder or an image")
    image = _image_tar(blob, scope, stack)
    return read_image_tar(image, scope) if image else reader(blob, scope)


def _image_tar(blob: Blob, scope: Scope, stack: ExitStack) -> Blob | None:
    """The tar of an image, which may be compressed as a whole; `None` for anything else. A compressed tar is only expanded when
    its first entry is called as one of an image is."""
    head = blob.read(0, 1024)
    if (make := decoder_of(head)) is None:
        return blob if reader_of(head) is read_tar and is_image_tar(blob) else None
    content = Content(scope, "", lambda: streams(make, blob, scope, ""), blob.size)
    if make() is None or not _OF_IMAGE.match(content.head()):
        return None
    stack.callback(content.release)
    inner = content.blob()
    return inner if is_image_tar(inner) else None


def is_image(path: Path) -> bool:
    """Whether a path is a container image: an OCI layout, or what `docker save` writes, compressed or not."""
    if path.is_dir():
        return is_image_folder(path)
    try:
        with ExitStack() as stack:
            blob = stack.enter_context(opened(path.resolve(strict=True)))
            return _image_tar(blob, Scope(Account(NORMAL)), stack) is not None
    except OSError:
        return False


def _reader(path: Path, blob: Blob) -> ReaderOf | None:
    return reader_of(blob.read(0, 1024)) or (read_zip if path.suffix.lower() == ".zip" else None)


def _through(entries: Iterator[Entry], account: Account, manner: _Manner) -> Iterator[Entry | Fault]:
    for entry in entries:
        if account.waiting:
            yield from account.take()
        if not account.entry(entry):
            break
        try:
            yield entry
            yield from _inside(entry, account, manner)
        finally:
            entry.content.release()
        if account.over:
            break
    yield from account.take()


def _inside(entry: Entry, account: Account, manner: _Manner) -> Iterator[Entry | Fault]:
    """What an entry holds, when it is an archive."""
    if entry.kind not in _HELD or account.over:
        return
    looked = manner.nested and not entry.path.endswith(manner.plain)
    reader = archive_reader(entry.path, entry.content) if looked else None
    if reader is None or (entry.kind is Kind.SLACK and reader is read_zip):
        if manner.verify:
            for _ in entry.content.chunks():
                pass
        return
    if len(entry.chain) + 1 >= account.limits.depth:
        account.fault(FaultKind.LIMIT_DEPTH, entry.place)
        return
    inner = reader(entry.content.blob(), entry.scope.inside(entry.path))
    if not entry.live:
        inner = (replace(found, live=False) for found in inner)
    yield from _through(inner, account, manner)
