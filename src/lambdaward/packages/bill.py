"""A bill of materials: what is inside a package, what is wrong with it, and what could not be known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from lambdaward.model import Code, InputError, LocalCode, Unknown
from lambdaward.packages.components import Collector, Component
from lambdaward.packages.declared import Declared
from lambdaward.packages.unpack import NORMAL, Entry, Fault, Group, Limits, walk, walk_text

_UNREAD = (Group.LIMIT, Group.UNREAD, Group.DAMAGE)
_BUILD = "build the function (sam build, cdk synth, or the framework's package command) and scan its output"


class Bill(Struct, frozen=True):
    """What is inside a package. `unknowns` is what the components do not tell: while there is one, a component that is not
    listed may still be there."""

    subject: str
    components: tuple[Component, ...]
    faults: tuple[Fault, ...] = ()
    unknowns: tuple[Unknown, ...] = ()


def inspect(path: Path, limits: Limits = NORMAL, expired: Callable[[], bool] = lambda: False) -> Bill:
    """The bill of a zip, layer, folder or image on this machine. Raises `InputError` when it cannot be read."""
    return _bill(path.name, walk(path, limits, expired), built=path.is_file())


def inspect_code(code: Code, root: Path, subject: str, *, runtime: str = "") -> Bill:
    """The bill of the code that a function or layer of an estate is linked to. `root` is the folder that was scanned.

    Code that is not there has unknown components, not none; so has a source folder whose dependencies are not installed.
    """
    if isinstance(code, Unknown):
        return Bill(subject, (), unknowns=(code,))
    if code.kind == "inline":
        return _bill(subject, walk_text(code.inline, _inline_name(runtime)), built=True)
    return _local(code, root / code.path, subject)


def _local(code: LocalCode, path: Path, subject: str) -> Bill:
    if not path.exists():
        return Bill(subject, (), unknowns=(Unknown(f"the code at {code.path} is not there", _BUILD),))
    try:
        return _bill(subject, walk(path), built=code.kind == "build" or path.is_file())
    except InputError as error:
        return Bill(subject, (), unknowns=(Unknown(f"the code at {code.path}: {error.problem}", error.remedy),))


def _inline_name(runtime: str) -> str:
    """The file that Lambda writes code of a template into."""
    return "index.py" if runtime.startswith("python") else "index.js"


def _bill(subject: str, items: Iterable[Entry | Fault], *, built: bool) -> Bill:
    collector, declared, faults = Collector(), Declared(), []
    for item in items:
        if isinstance(item, Fault):
            faults.append(item)
            continue
        collector.see(item)
        if not built:
            declared.see(item)
    components = collector.components()
    unknowns = [*_unread(faults), *declared.missing(components)]
    if collector.full:
        unknowns.append(Unknown("there are more components than are told of one package", "take it apart"))
    return Bill(subject, components, tuple(faults), tuple(unknowns))


def _unread(faults: list[Fault]) -> Iterator[Unknown]:
    """What faults keep from being known."""
    for fault in faults:
        if fault.kind.group in _UNREAD:
            yield Unknown(str(fault), "read the package on a machine with more room, or build it anew")
