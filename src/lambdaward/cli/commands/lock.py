"""`lambdaward lock`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lambdaward.cli import options
from lambdaward.cli.command import command
from lambdaward.cli.streams import replaced, stdout
from lambdaward.model import InputError, UsageError

if TYPE_CHECKING:
    from lambdaward.packages.lock import Change, Difference, Inside, Item, Lock, Made, Project

EXITS = {
    0: "the lock was written; or everything is as it was locked; or nothing differs",
    1: "something is not as it was locked, or differs",
    2: "the command line, the configuration or a lock is wrong",
    3: "nothing to lock",
    4: "some input could not be read, or something that was locked cannot be looked at",
}
EXAMPLES = {
    "lambdaward lock": "write lambda.lock: what every function and layer of the project here is",
    "lambdaward lock --verify": "whether everything is still as it was locked, and what is not",
    "lambdaward lock --verify answers": "whether an account runs what was locked, by its saved answers",
    "lambdaward lock --content arn:aws:lambda:eu-west-1:111122223333:layer:tools:3=tools.zip": "with a layer's content",
    "lambdaward lock --diff old/lambda.lock lambda.lock": "what is new inside functions and layers",
    "lambdaward lock --diff layer-13.zip layer-14.zip": "what is new in a package",
}
DONE, DIFFERS, EMPTY, UNKNOWN = 0, 1, 3, 4
MOST = 20


def _contents(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, Path]:  # noqa: ARG001
    pairs = [value.rpartition("=") for value in values]
    if not all(name and path for name, _, path in pairs):
        raise click.BadParameter("write NAME=FILE, or ARN=FILE")
    return {name: Path(path) for name, _, path in pairs}


@command("lock", examples=EXAMPLES, exits=EXITS)
@options.paths
@click.option("--verify", is_flag=True, help="Compare with the lock instead of writing it.")
@click.option("--diff", is_flag=True, help="Compare two locks, or two packages: lambdaward lock --diff OLD NEW.")
@click.option("--file", "file", default="lambda.lock", metavar="FILE", help="The lock (default: lambda.lock).")
@click.option(
    "--content",
    "contents",
    multiple=True,
    callback=_contents,
    metavar="NAME=FILE",
    help="Content of a function or layer, by its name or ARN; repeatable.",
)
@options.inputs
@options.judging
def lock(
    paths: tuple[str, ...],
    *,
    verify: bool,
    diff: bool,
    file: str,
    contents: Mapping[str, Path],
    **asked: Any,  # noqa: ANN401
) -> int:
    """Write down what every function, layer and package is, so that a change is seen.

    PATH is a template, a project or a package (zip, layer, image). The lock is a text to commit; the list of entries of every
    package lies beside it, in FILE.entries. The same input gives the same bytes.
    """
    if verify and diff:
        raise UsageError("`--verify` looks at what is there, `--diff` at two locks or packages: give one of them")
    if diff:
        return _diff(paths)
    project, lost = _project(paths or (".",), contents, asked)
    if project is None:
        return UNKNOWN if lost else EMPTY
    from lambdaward.packages.lock import lock_of

    made = lock_of(project)
    code = _verify(Path(file), made, project) if verify else _write(Path(file), made)
    return UNKNOWN if lost and code == DONE else code


def _project(
    paths: Sequence[str], contents: Mapping[str, Path], asked: Mapping[str, Any]
) -> tuple[Project | None, bool]:
    """What is to be locked, and whether some of it could not be read."""
    from lambdaward.cli.narration import narrate
    from lambdaward.cli.scanning import loaded
    from lambdaward.cli.settings import settings
    from lambdaward.model import Function
    from lambdaward.packages import is_package
    from lambdaward.packages.lock import Project

    packages = {Path(path).resolve().name: Path(path) for path in paths if is_package(Path(path))}
    projects = [path for path in paths if not is_package(Path(path))]
    estate = loaded(projects, settings(projects[0], asked), portable=True) if projects else None
    problems = [problem for problem in estate.coverage.problems if problem.fatal] if estate else []
    for problem in problems:
        narrate("error", f"{problem.file}: {problem.message}; {problem.remedy}")
    for name in contents:
        _known(name, estate)
    if not packages and not (estate and estate.all(Function)):
        if not problems:
            narrate("error", f"nothing to lock in {', '.join(paths)}: no function and no package")
        return None, bool(problems)
    return Project(estate, packages, contents), bool(problems)


def _known(name: str, estate: Any) -> None:  # noqa: ANN401 - an estate, or none
    """Raise `UsageError` for content of something that is not there."""
    from lambdaward.model import Function, Layer, literal, show

    known: set[str] = set()
    for record in (*estate.all(Function), *estate.all(Layer)) if estate else ():
        known |= {str(record.id), record.id.name, literal(record.name) or ""}
    for function in estate.all(Function) if estate else ():
        known |= {show(layer.value) for layer in function.layers}
    if name not in known:
        raise UsageError(f"`--content {name}`: no function or layer of what was read is called so")


def _write(file: Path, made: Made) -> int:
    from lambdaward.cli.narration import narrate
    from lambdaward.packages.lock import written, written_lists

    with replaced(file) as stream:
        stream.write(written(made.lock))
    with replaced(_side(file)) as stream:
        stream.writelines(written_lists(made.lists))
    for kind, locked in _all(made.lock):
        for reason in locked.unknown:
            narrate("note", f"{kind} {locked.name}: not known: {reason}")
    return DONE


def _side(file: Path) -> Path:
    return file.with_name(file.name + ".entries")


def _all(lock: Lock) -> Iterator[tuple[str, Any]]:
    from lambdaward.packages.lock import TABLES

    return ((kind, locked) for kind in TABLES for locked in getattr(lock, kind))


def _verify(file: Path, made: Made, project: Project) -> int:
    from lambdaward.packages.lock import broken_seals, compare, compare_deployed, inside, read_lists, read_lock

    old, lists = read_lock(file), read_lists(_side(file))
    runs = project.estate if _is_of_a_project(old, made, project) else None
    broken, found = broken_seals(old), compare_deployed(old, runs) if runs else compare(old, made.lock)
    now = {(kind, locked.name): locked for kind, locked in _all(made.lock)}
    changed = {(change.kind, change.name) for change in found.changes if change.what == "ordered list of entries"}
    within = [
        inside(kind, locked, now[kind, locked.name], (lists, made.lists))
        for kind, locked in _all(old)
        if (kind, locked.name) in changed
    ]
    with stdout("terminal") as stream:
        stream.writelines(_line(f"{kind} {name}: its lines in the lock were edited") for kind, name in broken)
        stream.writelines(_difference(found))
        for each in within:
            stream.write(_line(f"{each.kind} {each.new}: entries"))
            stream.writelines(_entries(each))
        if not (broken or found.changes or found.unknown):
            stream.write(f"everything is as it was locked in {file}\n")
    return DIFFERS if broken or found.changes else UNKNOWN if found.unknown else DONE


def _is_of_a_project(old: Lock, made: Made, project: Project) -> bool:
    """Whether a lock is a project's, and what is there now are the answers of an account: their identities have nothing in
    common."""
    from lambdaward.model import Function
    from lambdaward.packages.lock import deployed

    functions = project.estate.all(Function) if project.estate else ()
    known = {locked.name for locked in old.function} & {locked.name for locked in made.lock.function}
    return (
        project.estate is not None and bool(functions) and len(deployed(project.estate)) == len(functions) and not known
    )


def _line(text: str) -> str:
    from lambdaward.reports.text import clipped, visible

    return clipped(visible(text), 2000) + "\n"


def _difference(found: Difference) -> Iterator[str]:
    for change in found.changes:
        yield _line(f"{change.kind} {change.name}: {change.what}{_values(change)}")
    for change in found.unknown:
        why = f": {change.new}" if change.new else ""
        yield _line(f"{change.kind} {change.name}: {change.what} was locked and is not known now{why}")


def _values(change: Change) -> str:
    """Both values, as far as people read them."""
    if not (change.old or change.new):
        return ""
    return f" changed: {_short(change.old)} -> {_short(change.new)}"


def _short(text: str) -> str:
    from lambdaward.reports.text import clipped

    return clipped(text, 200) or "none"


def _diff(paths: Sequence[str]) -> int:
    """Compare two locks, or two packages."""
    if len(paths) != 2:
        raise UsageError(f"`--diff` takes an old and a new lock or package, not {len(paths)}")
    old, new = (_read(Path(path)) for path in paths)
    found = [*_pairs(old, new)]
    with stdout("terminal") as stream:
        stream.writelines(line for each in found for line in _inside(each))
    if any(not each.same for each in found):
        return DIFFERS
    return UNKNOWN if any(each.unknown for each in found) else DONE


def _read(path: Path) -> Made:
    from lambdaward.packages import is_package
    from lambdaward.packages.lock import Made, Project, lock_of, read_lists, read_lock

    if not path.exists():
        raise InputError(str(path), "it is not there", "give a lock or a package")
    if is_package(path) or path.is_dir():
        return lock_of(Project(packages={"package": path}))
    return Made(read_lock(path), read_lists(_side(path)))


def _pairs(old: Made, new: Made) -> Iterator[Inside]:
    """What changed inside whatever is on both sides: layers of another account are paired without their version."""
    from lambdaward.packages.lock import Locked, inside

    before = {(kind, _unversioned(locked)): locked for kind, locked in _all(old.lock)}
    after = {(kind, _unversioned(locked)): locked for kind, locked in _all(new.lock)}
    for key in sorted(before.keys() | after.keys()):
        empty = Locked(name="")
        yield inside(key[0], before.get(key, empty), after.get(key, empty), (old.lists, new.lists))


def _unversioned(locked: Any) -> str:  # noqa: ANN401 - a `Locked`
    name: str = locked.name
    return name.rpartition(":")[0] if locked.arn else name


def _inside(found: Inside) -> Iterator[str]:
    if found.same and not found.unknown:
        return
    if not found.old or not found.new:
        yield _line(f"{found.kind} {found.old or found.new}: {'removed' if found.old else 'new'}")
        return
    yield _line(f"{found.kind} {found.old}" + (f" -> {found.new}" if found.new != found.old else ""))
    for change in found.fields:
        yield _line(f"  {change.what}: {_short(change.old)} -> {_short(change.new)}")
    yield from _entries(found)


def _entries(found: Inside) -> Iterator[str]:
    """Entries that came, went and changed: those that can do more first, and not more than are read."""
    if found.unknown:
        yield _line(f"  entries: not known: {found.unknown}")
    if found.reordered:
        yield _line("  entries: their order changed")
    rows: list[tuple[str, Item, tuple[str, ...]]] = [
        *(("added", each, each.capabilities) for each in found.added),
        *(("changed", new, _newly(old, new)) for old, new in found.changed),
        *(("removed", each, ()) for each in found.removed),
    ]
    rows.sort(key=lambda row: (not row[2], row[0], row[1].name))
    for what, each, able in rows[:MOST]:
        yield _line(f"  {what:8} {each.shown}" + (f" (new: {', '.join(able)})" if able else ""))
    if len(rows) > MOST:
        yield _line(f"  and {len(rows) - MOST:,} more entries")


def _newly(old: Item, new: Item) -> tuple[str, ...]:
    return tuple(able for able in new.capabilities if able not in old.capabilities)
