"""What one package is: read once, for its list of entries, its components and what it can do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from lambdaward.model import Code, InputError, Unknown
from lambdaward.packages.behaviour import Able, Behaviour, Capability
from lambdaward.packages.bill import located
from lambdaward.packages.components import Collector
from lambdaward.packages.decoding import decoded
from lambdaward.packages.lock.listing import Item, framed, item
from lambdaward.packages.lock.locked import OWN, Locked
from lambdaward.packages.signing import SIGNATURE, claims
from lambdaward.packages.unpack import Entry, Fault, Group, is_image, walk, walk_text
from lambdaward.packages.unpack.image.documents import LIMIT, Document

_LOST = (Group.LIMIT, Group.UNREAD, Group.DAMAGE)
_CHUNK = 1 << 20
_BUILD = "build it (sam build, cdk synth, or the framework's package command), or give its file with --content"


class Contents(Struct, frozen=True):
    """A package that was read: the fields of a lock that it sets, and its list of entries."""

    locked: Locked
    items: tuple[Item, ...] = ()


def contents_of(code: Code, name: str, *, runtime: str = "") -> Contents:
    """The contents of code that an estate is linked to. What is not there is not known, and said."""
    if isinstance(code, Unknown):
        return Contents(Locked(name=name, unknown=(code.reason,)))
    if code.kind == "inline":
        file = "index.py" if runtime.startswith("python") else "index.js"
        return _read(walk_text(code.inline, file), Locked(name=name, code="inline"))
    if code.kind == "context":
        return Contents(
            Locked(name=name, code="image", unknown=("what an image holds is not in the folder it is built from",))
        )
    path = located(code)
    if not path.exists():
        return Contents(Locked(name=name, unknown=(f"the code at {code.path} is not there: {_BUILD}",)))
    try:
        found = contents_at(path, name)
    except InputError as error:
        return Contents(Locked(name=name, path=code.path, unknown=(f"the code at {code.path}: {error.problem}",)))
    return replace(found, locked=replace(found.locked, path=code.built or code.path))


def contents_at(path: Path, name: str) -> Contents:
    """The contents of a package on this machine. Raises `InputError` when it cannot be read."""
    if path.is_dir():
        image = is_image(path)
        return _read(walk(path), Locked(name=name, code="image" if image else "folder"), image=image)
    locked = Locked(name=name, code="archive", sha256=_digest(path), size=path.stat().st_size)
    found = _read(walk(path), locked, image=is_image(path))
    signed = any(each.name == SIGNATURE for each in found.items)
    return replace(found, locked=_signed(path, found.locked)) if signed else found


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_CHUNK):
                digest.update(piece)
    except OSError as error:
        raise InputError(str(path), f"it cannot be read ({error.strerror})", "give a package") from None
    return digest.hexdigest()


def _read(walked: Iterable[Entry | Fault], locked: Locked, *, image: bool = False) -> Contents:
    """Read a package; what could not be read is said."""
    collector, behaviour = Collector(), Behaviour()
    items, lost, able = list[Item](), list[str](), set[Capability]()
    outermost, digest = int(image), ""
    for found in walked:
        if isinstance(found, Fault):
            if found.kind.group in _LOST:
                lost.append(str(found))
            continue
        collector.see(found)
        can = tuple(sorted({act.capability for act in behaviour.see(found)}))
        able.update(can)
        if len(found.chain) > outermost:
            continue
        if image and found.path == "index.json" and not found.chain:
            digest = _image_digest(found)
        items.append(item(found, can, image=image))
    components = collector.components()
    return Contents(
        replace(
            locked,
            code="image" if image else locked.code,
            entries=len(items),
            list=framed(items),
            image_digest=digest,
            components=tuple(component.purl for component in components),
            capabilities=tuple(sorted(able)),
            component_capabilities=_by_component(behaviour.able(components)),
            unknown=tuple(lost),
        ),
        tuple(items),
    )


def _by_component(able: Iterable[Able]) -> tuple[str, ...]:
    """What each component can do, one line each."""
    found: dict[str, list[str]] = {}
    for each in able:
        found.setdefault(each.purl or OWN, []).append(each.capability)
    return tuple(f"{name}: {', '.join(sorted(can))}" for name, can in sorted(found.items()))


def _image_digest(index: Entry) -> str:
    """The digest of the one image that an index lists; empty when it lists more."""
    document = decoded(index.content.read(LIMIT), Document)
    return document.manifests[0].digest if document and len(document.manifests) == 1 else ""


def _signed(path: Path, locked: Locked) -> Locked:
    """With the claims of its signature, when it holds."""
    found = claims(path)
    if found is None:
        return locked
    return replace(locked, signing_profile=found.profile, signing_job=found.job, signing_root=found.root)
