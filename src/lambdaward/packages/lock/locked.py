"""What a lock says: of each function, layer and package what it is, by digests, and what is inside."""

from __future__ import annotations

from msgspec import Struct

OWN = "own code"
"""What belongs to no component."""


class Locked(Struct, frozen=True, rename="kebab", omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """A function, layer or package. What is empty is not known, or does not apply.

    `name` is its identity in the project; `arn` a layer's or `function_name` a function's, where it is known. `code` is what kind
    of package it is, `sha256` and `size` those of its file, `entries` and `list` how many entries it has and the digest over
    their ordered list. `signing_*` are there only when the signature holds: `signing_root` is the digest of the root that its
    chain leads to. `component_capabilities` are lines: a package URL, or `OWN`, and what it can do. `seal` is over all else.
    """

    name: str
    arn: str = ""
    function_name: str = ""
    code: str = ""
    path: str = ""
    sha256: str = ""
    size: int = 0
    entries: int = 0
    list: str = ""
    signing_profile: str = ""
    signing_job: str = ""
    signing_root: str = ""
    publisher: str = ""
    image: str = ""
    image_digest: str = ""
    layers: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()
    component_capabilities: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    seal: str = ""


class Lock(Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Everything that a project runs, in a fixed order."""

    version: int = 1
    function: tuple[Locked, ...] = ()
    layer: tuple[Locked, ...] = ()
    package: tuple[Locked, ...] = ()
