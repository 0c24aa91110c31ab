"""The entries of a container image: its documents, every layer from the last to the first, and what nothing refers to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from msgspec.structs import replace

from lambdaward.packages.decoding import T, decoded
from lambdaward.packages.unpack.blob import Blob, pieces
from lambdaward.packages.unpack.entry import Content, Entry, Kind, Scope
from lambdaward.packages.unpack.faults import FaultKind
from lambdaward.packages.unpack.folder import read_folder
from lambdaward.packages.unpack.image.documents import (
    ENCRYPTED,
    LIMIT,
    Config,
    Descriptor,
    Document,
    Saved,
    is_layer,
)
from lambdaward.packages.unpack.image.stack import Above
from lambdaward.packages.unpack.image.store import FolderStore, Store, TarStore, content_of, path_of
from lambdaward.packages.unpack.limits import NORMAL, Account
from lambdaward.packages.unpack.squeezed import decoder_of, streams
from lambdaward.packages.unpack.tar import read_tar

_LAYOUT, _INDEX, _SAVED = "oci-layout", "index.json", "manifest.json"
_LOOKED_AT, _DEPTH = 20_000, 4


def is_image_folder(root: Path) -> bool:
    """Whether a folder is an OCI layout, or what `docker save` writes, unpacked."""
    return (root / _LAYOUT).is_file() or ((root / _SAVED).is_file() and (root / "blobs").is_dir())


def is_image_tar(blob: Blob) -> bool:
    """Whether a tar is an OCI layout or what `docker save` writes."""
    entries = read_tar(blob, Scope(Account(NORMAL)), rooted=True)
    names = {entry.path for entry, _ in zip(entries, range(_LOOKED_AT), strict=False) if "/" not in entry.path}
    return _LAYOUT in names or _SAVED in names


def read_image_folder(root: Path, scope: Scope, stack: ExitStack) -> Iterator[Entry]:
    """Every entry of an image in a folder, whose files are open until the stack is closed."""
    image = _Image(FolderStore(root, stack), scope)
    yield from image.entries()
    yield from image.unreferred(read_folder(root, scope))


def read_image_tar(blob: Blob, scope: Scope) -> Iterator[Entry]:
    """Every entry of an image in a tar."""
    image = _Image(TarStore(blob, scope), scope)
    yield from image.entries()
    yield from image.unreferred(read_tar(blob, scope, rooted=True))


class _Image:
    """A walk over the documents of an image; `_used` are the files that were read."""

    def __init__(self, store: Store, scope: Scope) -> None:
        self._store = store
        self._scope = scope
        self._used: set[str] = set()

    def entries(self) -> Iterator[Entry]:
        """Every entry of every image that the index lists."""
        index = self._store.blob(_INDEX) if self._store.blob(_LAYOUT) else None
        saved = self._store.blob(_SAVED)
        if index is not None:
            yield self._file(_INDEX, index)
            yield from self._document(index, _INDEX, 0)
        elif saved is not None:
            yield self._file(_SAVED, saved)
            for image in self._read(saved, tuple[Saved, ...], _SAVED) or ():
                yield from self._saved(image)

    def unreferred(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        """The files that no document refers to: part of what is stored, not of what runs."""
        for entry in entries:
            if entry.kind is Kind.FILE and entry.path not in self._used:
                yield replace(entry, live=False)

    def _file(self, path: str, blob: Blob) -> Entry:
        """A file of the image as an entry."""
        self._used.add(path)
        content = Content(self._scope, path, lambda: pieces(blob), blob.size, blob)
        return Entry(path, Kind.FILE, content, self._scope, blob.size)

    def _read(self, blob: Blob, kind: type[T], path: str) -> T | None:
        document = decoded(blob.read(0, LIMIT), kind)
        if document is None:
            self._scope.fault(FaultKind.IMAGE_JSON, path)
        return document

    def _document(self, blob: Blob, path: str, depth: int) -> Iterator[Entry]:
        """Everything that an index or manifest leads to."""
        document = self._read(blob, Document, path)
        if document is None:
            return
        for wanted in document.manifests:
            if depth >= _DEPTH or path_of(wanted) in self._used:
                self._scope.fault(FaultKind.IMAGE_LOOP, path, wanted.digest)
            elif (inner := content_of(self._store, wanted, self._scope)) is not None:
                yield self._file(path_of(wanted), inner)
                yield from self._document(inner, path_of(wanted), depth + 1)
        if document.config is not None:
            yield from self._manifest(document.config, document.layers)

    def _manifest(self, wanted: Descriptor, layers: tuple[Descriptor, ...]) -> Iterator[Entry]:
        blob, digests = content_of(self._store, wanted, self._scope), None
        if blob is not None:
            yield self._file(path_of(wanted), blob)
            digests = self._unpacked_digests(blob, path_of(wanted), len(layers))
        above = Above()
        for index in reversed(range(len(layers))):
            layer, stated = layers[index], digests[index] if digests else ""
            content = content_of(self._store, layer, self._scope)
            if content is None:
                continue
            if is_layer(layer.media_type) and not layer.media_type.endswith(ENCRYPTED):
                self._used.add(path_of(layer))
                yield from self._layer(content, index, path_of(layer), stated, above)
                continue
            if layer.media_type.endswith(ENCRYPTED):
                self._scope.fault(FaultKind.IMAGE_MEDIA_TYPE, path_of(layer), layer.media_type)
            yield self._file(path_of(layer), content)

    def _saved(self, image: Saved) -> Iterator[Entry]:
        """An image as `docker save` lists it: by paths, without digests."""
        blob, digests = self._store.blob(image.config), None
        if blob is None:
            self._scope.fault(FaultKind.IMAGE_BLOB, "", image.config)
        else:
            yield self._file(image.config, blob)
            digests = self._unpacked_digests(blob, image.config, len(image.layers))
        above = Above()
        for index in reversed(range(len(image.layers))):
            path = image.layers[index]
            self._used.add(path)
            content = self._store.blob(path)
            if content is None:
                self._scope.fault(FaultKind.IMAGE_BLOB, "", path)
            else:
                yield from self._layer(content, index, path, digests[index] if digests else "", above)

    def _unpacked_digests(self, blob: Blob, path: str, count: int) -> tuple[str, ...] | None:
        """The digests of the unpacked layers, as the configuration lists them; `None` when it does not list so many."""
        config = self._read(blob, Config, path)
        if config is None or len(config.rootfs.diff_ids) == count:
            return config.rootfs.diff_ids if config else None
        if config.rootfs.diff_ids:
            self._scope.fault(FaultKind.IMAGE_LAYERS, path, f"{len(config.rootfs.diff_ids)} and {count}")
        return None

    def _layer(self, blob: Blob, index: int, path: str, stated: str, above: Above) -> Iterator[Entry]:
        """The entries of one layer."""
        scope = self._scope.inside(f"layer {index + 1} {path.rpartition('/')[2][:12]}")
        make = decoder_of(blob.read(0, 16))
        stream = (lambda: pieces(blob)) if make is None else (lambda: streams(make, blob, scope, ""))
        content = Content(scope, "", stream, blob.size, None if make else blob)
        try:
            if stated and f"sha256:{content.sha256()}" != stated and not scope.account.over:
                scope.fault(FaultKind.IMAGE_LAYERS, "", f"its content is not {stated[:19]}")
            yield from above.layer(read_tar(content.blob(), scope, rooted=True), scope)
        finally:
            content.release()
