"""What a command about packages is asked about: packages on this machine, or functions of templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from lambdaward.model import Function, InputError, UsageError

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis
    from lambdaward.packages import Bill


class Subjects(Struct, frozen=True):
    """The bills of what was asked about, what they are called together, and what could not be read at all."""

    name: str
    bills: tuple[Bill, ...]
    lost: tuple[InputError, ...] = ()


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
    bills = [*_inspected(packages, lost)]
    if analysis:
        bills += map(analysis.contents.bill, chosen(functions, names))
        problems = analysis.estate.coverage.problems
        lost += [InputError(each.file, each.message, each.remedy, line=each.line) for each in problems if each.fatal]
    name = Path(words[0] if paths and words else ".").resolve().name
    return Subjects(name, tuple(bills), tuple(lost))


def chosen(functions: Sequence[Function], names: Sequence[str]) -> Iterator[Function]:
    """The functions with one of some names, all when there is none. Raises `UsageError` for a name that is none's."""
    if not names:
        yield from functions
    for name in names:
        found = [each for each in functions if name in (each.id.name, each.shown, each.name)]
        if not found:
            raise UsageError(f"`{name}` is neither a file or folder here, nor a function of what was read")
        yield from found


def _inspected(paths: Sequence[Path], lost: list[InputError]) -> Iterator[Bill]:
    """The bills of packages; what cannot be read goes to `lost`."""
    from lambdaward.packages import inspect  # noqa: PLC0415 - only for packages

    names = Counter(path.resolve().name for path in paths)
    for path in paths:
        whole = path.resolve()
        try:
            yield replace(inspect(whole), subject=whole.name if names[whole.name] == 1 else str(path))
        except InputError as error:
            lost.append(error)


def _analysis(projects: Sequence[Path], asked: Mapping[str, Any]) -> Analysis:
    from lambdaward import api  # noqa: PLC0415 - only for projects
    from lambdaward.cli.scanning import loaded  # noqa: PLC0415 - as above
    from lambdaward.cli.settings import settings  # noqa: PLC0415 - as above

    words = [str(path) for path in projects]
    settled = settings(words[0], asked)
    return api.analyse(loaded(words, settled), today=settled.today)
