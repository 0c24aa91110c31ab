"""The documents of an image: indexes, manifests and configurations, as far as they are read."""

from __future__ import annotations

from msgspec import Struct

LIMIT = 4 << 20
"""How large a document may be. Registries allow this much for a manifest."""

_LAYERS = ("application/vnd.oci.image.layer.", "application/vnd.docker.image.rootfs.")
ENCRYPTED = "+encrypted"


def is_layer(media_type: str) -> bool:
    """Whether content of a type is a layer of files; signatures and attestations are not. What states no type is taken for
    one."""
    return not media_type or media_type.startswith(_LAYERS)


class Descriptor(Struct, frozen=True, rename="camel"):
    """A reference to content: its type, digest and size; addresses where it is not part of the image."""

    digest: str
    media_type: str = ""
    size: int = -1
    urls: tuple[str, ...] = ()


class Document(Struct, frozen=True):
    """An index (which has `manifests`) or a manifest (which has a `config` and `layers`)."""

    manifests: tuple[Descriptor, ...] = ()
    config: Descriptor | None = None
    layers: tuple[Descriptor, ...] = ()


class RootFileSystem(Struct, frozen=True):
    """The digests of an image's layers, unpacked."""

    diff_ids: tuple[str, ...] = ()


class Config(Struct, frozen=True):
    """What is read of a configuration."""

    rootfs: RootFileSystem = RootFileSystem()


class Saved(Struct, frozen=True, rename="pascal"):
    """One image in a `manifest.json` of `docker save`: paths of its configuration and layers."""

    config: str
    layers: tuple[str, ...] = ()
    repo_tags: tuple[str, ...] | None = None
