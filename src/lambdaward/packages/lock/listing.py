"""The ordered list of a package's entries, each with its length and digest, and one digest over it all.

The digest frames every field by its length, so that no two lists have the same one: what AWS Signer's does not tell apart (where
an entry ends, what runs, what is a link) is told apart here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from msgspec import Struct

from lambdaward.packages.behaviour import Capability
from lambdaward.packages.unpack import Entry, Kind

_RIGHTS = 0o7111
"""The bits of a mode that say what runs, and as whom. The rest depends on who unpacked a package."""


class Item(Struct, frozen=True):
    """An entry: its name as it stands, what it is, its rights, its length and SHA-256, and what it can do."""

    name: bytes
    kind: Kind
    rights: int
    size: int
    sha256: str
    capabilities: tuple[Capability, ...] = ()

    @property
    def shown(self) -> str:
        """The name for people."""
        return self.name.decode("utf-8", "backslashreplace")


def item(entry: Entry, able: tuple[Capability, ...] = (), *, image: bool = False) -> Item:
    """An entry of a package, with what it can do, as an item. Its content is read. One of an image is named with its layer."""
    digest, size = hashlib.sha256(), 0
    for chunk in entry.content.chunks():
        digest.update(chunk)
        size += len(chunk)
    if entry.kind is Kind.LINK and not size:
        digest.update(entry.target.encode("utf-8", "surrogatepass"))
    name = entry.place.encode("utf-8", "surrogatepass") if image else entry.name or entry.path.encode()
    return Item(name, entry.kind, (entry.mode or 0) & _RIGHTS, size, digest.hexdigest(), able)


def framed(items: Iterable[Item]) -> str:
    """The digest over a list, in hexadecimal: of each item, in order, its fields, each behind its length in eight bytes."""
    digest = hashlib.sha256()
    for each in items:
        fields = (each.name, each.kind.encode(), b"%o" % each.rights, b"%d" % each.size, bytes.fromhex(each.sha256))
        for part in fields:
            digest.update(len(part).to_bytes(8) + part)
    return digest.hexdigest()
