"""A bill of materials: what is inside a package, what is wrong with it, and what could not be known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from lambdaward.model import Code, InputError, LocalCode, Unknown
from lambdaward.packages.components import FIRST, PLAIN, Collector, Component
from lambdaward.packages.components.component import united
from lambdaward.packages.declared import Declared
from lambdaward.packages.overlay import OPT, TASK, is_laid
from lambdaward.packages.unpack import NORMAL, Entry, Fault, Group, Limits, walk, walk_text

_UNREAD = (Group.LIMIT, Group.UNREAD, Group.DAMAGE)
_BUILD = "build the function (sam build, cdk synth, or the framework's package command) and scan its output"
_BASE = Unknown(
    "what the image's base and its build steps bring is not in the folder that it is built from",
    "build the image, save it with `docker save`, and give that file",
)

Items = Iterable[Entry | Fault]


class Bill(Struct, frozen=True):
    """What is inside a package. `unknowns` is what the components do not tell: while there is one, a component that is not
    listed may still be there."""

    subject: str
    components: tuple[Component, ...]
    faults: tuple[Fault, ...] = ()
    unknowns: tuple[Unknown, ...] = ()

    @property
    def unread(self) -> tuple[Unknown, ...]:
        """What faults kept from being read."""
        return tuple(_unread(self.faults))


class Attached(Struct, frozen=True):
    """A layer of a function: its name for people, and its content."""

    name: str
    code: Code


def inspect(path: Path, limits: Limits = NORMAL, expired: Callable[[], bool] = lambda: False) -> Bill:
    """The bill of a zip, layer, folder or image on this machine. Raises `InputError` when it cannot be read."""
    return _bill(path.name, walk(path, limits, expired, plain=PLAIN, first=FIRST), built=path.is_file())


def inspect_code(code: Code, subject: str, *, runtime: str = "", hidden: Collection[str] = ()) -> Bill:
    """The bill of the code that a function or layer of an estate is linked to; of a source folder that was built, of its
    build. The files with a path in `hidden` are passed over.

    Code that is not there has unknown components, not none; so has a source folder whose dependencies are not installed, and
    an image of which only the folder is there that it is built from.
    """
    if isinstance(code, Unknown):
        return Bill(subject, (), unknowns=(code,))
    if code.kind == "inline":
        return _bill(subject, walk_text(code.inline, _inline_name(runtime)), built=True)
    path = located(code)
    if not path.exists():
        return Bill(subject, (), unknowns=(Unknown(f"the code at {code.path} is not there", _BUILD),))
    built = bool(code.built) or code.kind in ("build", "context", "image") or path.is_file()
    try:
        bill = _bill(subject, walk(path, plain=PLAIN, first=FIRST), built=built, hidden=hidden)
    except InputError as error:
        return Bill(subject, (), unknowns=(Unknown(f"the code at {code.path}: {error.problem}", error.remedy),))
    return replace(bill, unknowns=(_BASE, *bill.unknowns)) if code.kind == "context" else bill


def inspect_function(code: Code, subject: str, layers: Sequence[Attached] = (), *, runtime: str = "") -> Bill:
    """The bill of all that a function runs, by its place in the sandbox: its code in `/var/task`, its layers in `/opt`, where
    a file of a later layer replaces that of an earlier one."""
    bills = [_placed(inspect_code(code, subject, runtime=runtime), _root(code))]
    later: set[str] = set()
    for layer in reversed(layers):
        bill = inspect_code(layer.code, f"layer {layer.name}", hidden=later)
        bills.append(_placed(bill, OPT, f"{bill.subject}: "))
        later.update(_files(layer.code))
    return joined(subject, bills)


def laid_entries(code: Code, layers: Sequence[Attached] = ()) -> Iterator[tuple[str, Entry]]:
    """Every file that a function runs, by its place in the sandbox, archives opened; without those that a later layer
    replaces, and without what cannot be read. An entry's content can be read until the next one is asked for."""
    later: set[str] = set()
    for layer in reversed(layers):
        for entry in _local_entries(layer.code):
            if not _hidden(entry, later):
                yield OPT + entry.place, entry
        later.update(_files(layer.code))
    root = _root(code)
    for entry in _local_entries(code):
        yield root + entry.place, entry


def _root(code: Code) -> str:
    """Where a function's code lies in the sandbox: files of an image keep their layer and path."""
    return "" if isinstance(code, LocalCode) and code.kind == "image" else TASK


def joined(subject: str, bills: Sequence[Bill]) -> Bill:
    """Several bills as one."""
    return Bill(
        subject,
        united(component for bill in bills for component in bill.components),
        tuple(dict.fromkeys(fault for bill in bills for fault in bill.faults)),
        tuple(dict.fromkeys(unknown for bill in bills for unknown in bill.unknowns)),
    )


def _placed(bill: Bill, root: str, origin: str = "") -> Bill:
    """A bill whose evidence lies below a folder of the sandbox; `origin` is put before what is not known."""
    components = tuple(
        replace(component, evidence=tuple(replace(item, place=root + item.place) for item in component.evidence))
        for component in bill.components
    )
    faults = tuple(replace(fault, place=root + fault.place) for fault in bill.faults)
    unknowns = tuple(Unknown(origin + unknown.reason, unknown.settle) for unknown in bill.unknowns)
    return Bill(bill.subject, components, faults, unknowns)


def located(code: LocalCode) -> Path:
    """Where local code lies as it is uploaded: the build of a source folder, where there is one."""
    return Path(code.root, code.built or code.path)


def _files(code: Code) -> Iterator[str]:
    """The paths of a layer's files, archives left closed: the sandbox does not open them either."""
    return (entry.path for entry in _local_entries(code, nested=False))


def _local_entries(code: Code, *, nested: bool = True) -> Iterator[Entry]:
    """The files of code that lies on this machine."""
    if isinstance(code, Unknown) or code.kind == "inline" or not located(code).exists():
        return
    try:
        for item in walk(located(code), nested=nested):
            if isinstance(item, Entry) and is_laid(item):
                yield item
    except InputError:
        return


def _hidden(entry: Entry, hidden: Collection[str]) -> bool:
    """Whether an entry, or the archive that it lies in, has one of some paths."""
    return bool(hidden) and (entry.chain[0] if entry.chain else entry.path) in hidden


def _inline_name(runtime: str) -> str:
    """The file that Lambda writes code of a template into."""
    return "index.py" if runtime.startswith("python") else "index.js"


def _bill(subject: str, items: Items, *, built: bool, hidden: Collection[str] = ()) -> Bill:
    collector, declared, faults = Collector(), Declared(), []
    for item in items:
        if isinstance(item, Fault):
            faults.append(item)
            continue
        if _hidden(item, hidden):
            continue
        collector.see(item)
        if not built:
            declared.see(item)
    components = collector.components()
    unknowns = [*_unread(faults), *declared.missing(components)]
    if collector.full:
        unknowns.append(Unknown("there are more components than are told of one package", "take it apart"))
    return Bill(subject, components, tuple(faults), tuple(unknowns))


def _unread(faults: Iterable[Fault]) -> Iterator[Unknown]:
    """What faults keep from being known."""
    for fault in faults:
        if fault.kind.group in _UNREAD:
            yield Unknown(str(fault), "read the package on a machine with more room, or build it anew")
