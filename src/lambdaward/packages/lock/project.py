"""The lock of an estate: every function, and every layer that one of them uses."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from lambdaward.catalog import layer_arn, publisher
from lambdaward.model import Estate, Function, Layer, Link, literal, show
from lambdaward.packages.lock.contents import Contents, contents_at, contents_of
from lambdaward.packages.lock.listing import Item
from lambdaward.packages.lock.locked import Lock, Locked
from lambdaward.packages.lock.text import sealed

_SIZE = 32
_DEPLOYED = "what is in a deployed package is not in the account's answers: give its file with --content"
_ELSEWHERE = "the content of a layer of another account is not here: give its file with --content"


class Made(Struct, frozen=True):
    """A lock, and the lists of entries that it names by their digest."""

    lock: Lock
    lists: Mapping[str, tuple[Item, ...]]


class Project(Struct, frozen=True):
    """What is locked: an estate, packages by their name, and files with the contents of functions and layers, by their name
    or ARN."""

    estate: Estate | None = None
    packages: Mapping[str, Path] = {}
    given: Mapping[str, Path] = {}


def lock_of(project: Project) -> Made:
    """Read everything, and make its lock. Raises `InputError` for a given file that cannot be read."""
    lists: dict[str, tuple[Item, ...]] = {}

    def keep(kind: str, contents: Contents, **fields: object) -> Locked:
        if contents.items:
            lists[contents.locked.list] = contents.items
        return sealed(kind, replace(contents.locked, **fields))

    functions, layers = _functions(project, keep), _layers(project, keep)
    packages = [keep("package", contents_at(path, name)) for name, path in sorted(project.packages.items())]
    return Made(Lock(function=tuple(functions), layer=tuple(layers), package=tuple(packages)), lists)


Keep = Callable[..., Locked]


def _functions(project: Project, keep: Keep) -> list[Locked]:
    found = []
    for function in sorted(_all(project, Function), key=lambda each: each.id):
        name = str(function.id)
        contents = _contents(project, name, (function.id.name, literal(function.name) or ""), function)
        image = show(function.image_uri) if function.image_uri is not None else ""
        found.append(
            keep(
                "function",
                contents,
                function_name=literal(function.name) or "",
                image=image,
                image_digest=contents.locked.image_digest
                or (literal(function.resolved_image) or "").partition("@")[2]
                or image.partition("@")[2],
                layers=tuple(_layer_name(layer) for layer in function.layers),
            )
        )
    return found


def _all(project: Project, kind: type[Function]) -> tuple[Function, ...]:
    return project.estate.all(kind) if project.estate else ()


def _contents(project: Project, name: str, others: tuple[str, ...], record: Function | Layer) -> Contents:
    """The contents of a function or layer of the estate: those that are given, else those that it is linked to."""
    given = next((project.given[word] for word in (name, *others) if word and word in project.given), None)
    if given is not None:
        return contents_at(given, name)
    if record.code_sha256 is not None and (deployed := sha256_of(literal(record.code_sha256) or "")):
        return Contents(_described(record, name, deployed))
    runtime = literal(record.runtime) or "" if isinstance(record, Function) else ""
    return contents_of(record.code, name, runtime=runtime)


def _described(record: Function | Layer, name: str, digest: str) -> Locked:
    """What an account says of a package that it does not give away: its hash, and who signed it."""
    return Locked(
        name=name,
        code="image" if isinstance(record, Function) and record.image_uri is not None else "archive",
        sha256=digest,
        signing_profile=literal(record.signing_profile) or "",
        signing_job=literal(record.signing_job) or "",
        unknown=(_DEPLOYED,),
    )


def sha256_of(written: str) -> str:
    """A hash as AWS writes it (base64), in hexadecimal; empty when it is none."""
    try:
        digest = b64decode(written, validate=True)
    except ValueError:
        return ""
    return digest.hex() if len(digest) == _SIZE else ""


def _layer_name(layer: Link) -> str:
    """The ARN of a layer where it is written, whether or not an account described it; else the identity of an own one."""
    if isinstance(layer.value, str) and layer_arn(layer.value) is not None:
        return layer.value
    return str(layer.target) if layer.target else show(layer.value)


def _layers(project: Project, keep: Keep) -> list[Locked]:
    """Every layer that a function uses, once, by its name."""
    used = {_layer_name(layer): layer for function in _all(project, Function) for layer in function.layers}
    found = []
    for name, link in sorted(used.items()):
        own = project.estate.get(Layer, link.target) if project.estate else None
        if own is not None:
            contents = _contents(project, name, (own.id.name, literal(own.name) or ""), own)
            found.append(keep("layer", contents, **_published(name)))
        else:
            found.append(keep("layer", _foreign(project, name), **_published(name)))
    return found


def _foreign(project: Project, name: str) -> Contents:
    given = project.given.get(name)
    if given is not None:
        return contents_at(given, name)
    arn = layer_arn(name)
    own = arn is not None and project.estate is not None and arn.account in project.estate.accounts
    return Contents(Locked(name=name, unknown=(_DEPLOYED if own else _ELSEWHERE,)))


def _published(name: str) -> dict[str, str]:
    """The ARN and the publisher of a layer of another account."""
    arn = layer_arn(name)
    if arn is None:
        return {}
    return {"arn": name, "publisher": publisher(arn.account, arn.name, arn.region)}
