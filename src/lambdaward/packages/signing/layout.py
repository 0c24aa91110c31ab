"""The signatures that an OCI layout holds beside its images, and what each covers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from lambdaward.model import InputError
from lambdaward.packages.decoding import T, decoded
from lambdaward.packages.unpack import NORMAL
from lambdaward.packages.unpack.blob import opened
from lambdaward.packages.unpack.entry import Scope
from lambdaward.packages.unpack.image.documents import LIMIT, Descriptor
from lambdaward.packages.unpack.image.store import FolderStore, Store, TarStore, content_of
from lambdaward.packages.unpack.limits import Account

NOTATION = "application/vnd.cncf.notary.signature"
COSIGN = "application/vnd.dev.cosign.simplesigning.v1+json"
BUNDLE = "application/vnd.dev.sigstore.bundle"
_IMAGES = ("application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json")
_NAME = "org.opencontainers.image.ref.name"
_TAG = re.compile(r"(?:.*:)?sha256-([0-9a-f]{64})\.sig")
_MOST, _DEPTH = 1000, 4


class _Described(Descriptor, frozen=True, rename="camel"):
    artifact_type: str = ""
    annotations: Mapping[str, str] = MappingProxyType({})


class _Document(Struct, frozen=True, rename="camel"):
    artifact_type: str = ""
    manifests: tuple[_Described, ...] = ()
    config: _Described | None = None
    layers: tuple[_Described, ...] = ()
    subject: Descriptor | None = None


class _Image(Struct, frozen=True, rename={"digest": "docker-manifest-digest"}):
    digest: str


class _Critical(Struct, frozen=True):
    image: _Image


class _Payload(Struct, frozen=True):
    critical: _Critical


class Found(Struct, frozen=True):
    """A signature: `notation`, `cosign` or `sigstore-bundle`; the digest of its manifest and of the image that it covers (empty
    when it does not say), and its envelope with its media type."""

    kind: str
    digest: str
    covers: str
    media_type: str
    envelope: bytes


class Layout(Struct, frozen=True):
    """The images of a layout, by the digest of their manifests, and the signatures beside them."""

    images: tuple[str, ...]
    signatures: tuple[Found, ...]


def read_layout(path: Path) -> Layout:
    """The images and signatures of an OCI layout, as a folder or tar. Raises `InputError` when it is none."""
    with ExitStack() as stack:
        scope = Scope(Account(NORMAL))
        try:
            store: Store = (
                FolderStore(path, stack)
                if path.is_dir()
                else TarStore(stack.enter_context(opened(path.resolve(strict=True))), scope)
            )
        except OSError as error:
            raise InputError(str(path), f"it cannot be read ({error.strerror})", "give an OCI layout") from None
        index = store.blob("index.json")
        if index is None or store.blob("oci-layout") is None:
            remedy = "copy the image with its signatures into a layout (`oras copy -r --to-oci-layout`)"
            raise InputError(str(path), "it is no OCI layout, and only these hold signatures", remedy)
        scope.account.take()
        reader = _Reader(store, scope)
        reader.take(decoded(index.read(0, LIMIT), _Document), _Described(""), 0)
        return Layout(tuple(dict.fromkeys(reader.images)), tuple(reader.signatures))


class _Reader:
    """A walk over the manifests of a layout."""

    def __init__(self, store: Store, scope: Scope) -> None:
        self._store = store
        self._scope = scope
        self._seen: set[str] = set()
        self.images: list[str] = []
        self.signatures: list[Found] = []

    def take(self, document: _Document | None, at: _Described, depth: int) -> None:
        """Take a document, and what it leads to."""
        if document is None or depth > _DEPTH:
            return
        for inner in document.manifests:
            if inner.digest not in self._seen and len(self._seen) < _MOST:
                self._seen.add(inner.digest)
                self.take(self._read(inner, _Document), inner, depth + 1)
        if document.config is not None:
            self._manifest(document, document.config, at)

    def _read(self, wanted: Descriptor, kind: type[T]) -> T | None:
        return decoded(self._bytes(wanted), kind)

    def _bytes(self, wanted: Descriptor) -> bytes:
        """The content that a descriptor names; none when it is not there, or does not have the digest that names it."""
        blob = content_of(self._store, wanted, self._scope)
        faults = self._scope.account.take()
        return b"" if blob is None or faults else blob.read(0, LIMIT)

    def _manifest(self, document: _Document, config: _Described, at: _Described) -> None:
        kinds = {document.artifact_type, config.media_type, *(layer.media_type for layer in document.layers)}
        covers = document.subject.digest if document.subject else ""
        if NOTATION in kinds:
            self.signatures += self._found("notation", at.digest, covers, document)
        elif COSIGN in kinds:
            self.signatures += self._cosign(document, at)
        elif any(kind.startswith(BUNDLE) for kind in kinds):
            self.signatures += self._found("sigstore-bundle", at.digest, covers, document)
        elif config.media_type in _IMAGES:
            self.images.append(at.digest)

    def _found(self, kind: str, digest: str, covers: str, document: _Document) -> Iterator[Found]:
        for layer in document.layers[:1]:
            yield Found(kind, digest, covers, layer.media_type, self._bytes(layer))

    def _cosign(self, document: _Document, at: _Described) -> Iterator[Found]:
        """What cosign signs is in the payload; the tag of the manifest says which image it means to be about."""
        tag = _TAG.fullmatch(at.annotations.get(_NAME, ""))
        for layer in document.layers[:_MOST]:
            payload = self._read(layer, _Payload) if layer.media_type == COSIGN else None
            covers = payload.critical.image.digest if payload else ""
            if tag is None or covers in ("", f"sha256:{tag[1]}"):
                yield Found("cosign", at.digest, covers, layer.media_type, b"")
