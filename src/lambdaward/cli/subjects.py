"""What a command about packages is asked about: packages on this machine, or functions of templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from lambdaward.model import Function, InputError, UsageError

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis
    from lambdaward.analysis.imported import Imported
    from lambdaward.packages import Bill, Entry


class Subject(Struct, frozen=True):
    """One package or function: its bill, how to go through its files by the places that the bill's evidence names, and, of a
    function, what its handler imports."""

    bill: Bill
    entries: Callable[[], Iterator[tuple[str, Entry]]]
    imports: Callable[[], Imported] | None = None


class Subjects(Struct, frozen=True):
    """What was asked about, what it is called together, and what could not be read at all."""

    name: str
    subjects: tuple[Subject, ...]
    lost: tuple[InputError, ...] = ()

    @property
    def bills(self) -> tuple[Bill, ...]:
        """The bill of each."""
        return tuple(each.bill for each in self.subjects)


def subjects(words: Sequence[str], asked: Mapping[str, Any]) -> Subjects:
    """The bills of some packages and functions. A word is a file or folder, else the name of a function.

    A file is a package or a template; a folder is an image, a project when there are functions of templates in it, else a
    package. Names are looked for in the projects that are named too, else in the current folder. `asked` are the options of
    the command line. Raises `UsageError` for a name that is none's.
    """
    from lambdaward.packages import is_package  # noqa: PLC0415 - no command needs it at start-up

    paths = [Path(word) for word in words or (".",) if Path(word).exists()]
    names = [word for word in words if not Path(word).exists()]
    packages = [path for path in paths if is_package(path)]
    projects = [path for path in paths if path not in packages]
    if names and not projects:
        projects = [Path()]
    analysis = _analysis(projects, asked) if projects else None
    functions = analysis.estate.all(Function) if analysis else ()
    if not functions and not names:
        packages += [path for path in projects if path.is_dir()]
    lost: list[InputError] = []
    found = [*_inspected(packages, lost)]
    if analysis:
        contents = analysis.contents
        found += [
            Subject(contents.bill(each), partial(contents.entries, each), partial(contents.imports, each))
            for each in chosen(functions, names)
        ]
        problems = analysis.estate.coverage.problems
        lost += [InputError(each.file, each.message, each.remedy, line=each.line) for each in problems if each.fatal]
    name = Path(words[0] if paths and words else ".").resolve().name
    return Subjects(name, tuple(found), tuple(lost))


def chosen(functions: Sequence[Function], names: Sequence[str]) -> Iterator[Function]:
    """The functions with one of some names, all when there is none. Raises `UsageError` for a name that is none's."""
    if not names:
        yield from functions
    for name in names:
        found = [each for each in functions if name in (each.id.name, each.shown, each.name)]
        if not found:
            raise UsageError(f"`{name}` is neither a file or folder here, nor a function of what was read")
        yield from found


def _inspected(paths: Sequence[Path], lost: list[InputError]) -> Iterator[Subject]:
    """Packages; what cannot be read goes to `lost`."""
    from lambdaward.packages import inspect  # noqa: PLC0415 - only for packages

    names = Counter(path.resolve().name for path in paths)
    for path in paths:
        whole = path.resolve()
        try:
            name = whole.name if names[whole.name] == 1 else str(path)
            yield Subject(replace(inspect(whole), subject=name), partial(_files, whole))
        except InputError as error:
            lost.append(error)


def _files(path: Path) -> Iterator[tuple[str, Entry]]:
    """The files of a package by their places."""
    from lambdaward.packages import Entry, walk  # noqa: PLC0415 - only for packages

    for item in walk(path):
        if isinstance(item, Entry) and item.live:
            yield item.place, item


def _analysis(projects: Sequence[Path], asked: Mapping[str, Any]) -> Analysis:
    from lambdaward import api  # noqa: PLC0415 - only for projects
    from lambdaward.cli.scanning import loaded  # noqa: PLC0415 - as above
    from lambdaward.cli.settings import settings  # noqa: PLC0415 - as above

    words = [str(path) for path in projects]
    settled = settings(words[0], asked)
    return api.analyse(loaded(words, settled), today=settled.today)
