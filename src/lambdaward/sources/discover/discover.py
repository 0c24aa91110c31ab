"""From paths to the templates under them: each application once, and whatever else was recognised with why it is left."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from lambdaward.model import InputError, Problem, ResourceId, SideFile, UsageError
from lambdaward.sources.account import looks_like_answer
from lambdaward.sources.cloudformation import Hints, TemplateFile
from lambdaward.sources.discover.beside import may_hold_values
from lambdaward.sources.discover.ignoring import Ignore
from lambdaward.sources.discover.naming import absolute, display, project_root
from lambdaward.sources.discover.recognise import has_mark, later, looks_like_template, may_be_source
from lambdaward.sources.discover.samconfig import TEMPLATES, SamConfig, read_samconfig
from lambdaward.sources.discover.walk import (
    CDK_BUILD,
    CDK_MANIFEST,
    SAM_BUILD,
    SERVERLESS_BUILD,
    Folder,
    is_assembly,
    walk,
)
from lambdaward.sources.files import below, is_file, lost, unreadable
from lambdaward.sources.stack import LoadOptions

SERVERLESS_TEMPLATE = f"{SERVERLESS_BUILD}/cloudformation-template-update-stack.json"

SERVERLESS_STATE = f"{SERVERLESS_BUILD}/serverless-state.json"


class Found(Struct, frozen=True):
    """What is to be loaded (templates, and answers of an account with their names), what was recognised but is left (by name,
    with the reason), what could not be read, and files that may hold values."""

    templates: tuple[TemplateFile, ...]
    answers: tuple[tuple[str, Path], ...]
    skipped: Mapping[str, str]
    problems: tuple[Problem, ...]
    beside: Mapping[ResourceId, SideFile]


class _Place(Struct, frozen=True):
    """Where a search is: the path that the user gave, and the project that it lies in (`real`: its links followed)."""

    given: Path
    root: Path
    real: str
    ignore: Ignore


def discover(paths: Sequence[str | Path], options: LoadOptions) -> Found:
    """Find what there is to read. Raises `UsageError` for a path that is not there."""
    finder = _Finder(options)
    for path in paths:
        finder.search(Path(path))
    read = finder.templates.keys() | finder.answers.keys()
    return Found(
        tuple(finder.templates.values()),
        tuple(finder.answers.values()),
        finder.skipped,
        tuple(finder.problems),
        {identity: file for identity, file in finder.beside.items() if Path(file.path) not in read},
    )


class _Finder:
    """The search through all paths; `templates` is keyed by the resolved path, so that none is there twice."""

    def __init__(self, options: LoadOptions) -> None:
        self._options = options
        self._stacks: set[str] = set()
        self._serverless: set[Path] = set()
        self.templates: dict[Path, TemplateFile] = {}
        self.answers: dict[Path, tuple[str, Path]] = {}
        self.skipped: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.beside: dict[ResourceId, SideFile] = {}

    def search(self, given: Path) -> None:
        """Search a folder, or take a file that the user names."""
        top = absolute(given)
        with self._noting(given):
            _require(top, given)
            self._search(top, given)

    def _search(self, top: Path, given: Path) -> None:
        root = project_root(top)
        ignore = Ignore(str(top), str(root), self._options.exclude, use_gitignore=self._options.use_gitignore)
        place = _Place(given, root, os.path.realpath(root), ignore)
        if not top.is_dir():
            self._named(top, place)
            return
        for folder in walk(top, given, ignore, lambda error: self._lost(error, given)):
            self._folder(folder, place)

    @contextmanager
    def _noting(self, given: Path) -> Iterator[None]:
        """Whatever cannot be read in here is lost, and the search goes on behind it."""
        try:
            yield
        except InputError as error:
            self.problems.append(lost(error))
        except OSError as error:
            self._lost(error, given)

    def _lost(self, error: OSError, given: Path) -> None:
        """Note a file or folder that the system does not let us read."""
        shown = display(absolute(Path(os.fsdecode(error.filename))), given)
        self.problems.append(lost(unreadable(error, shown)))

    def _named(self, file: Path, place: _Place) -> None:
        shown = display(file, place.given)
        if place.ignore.excluded(shown):
            return
        if file.name == CDK_MANIFEST and is_assembly([entry.name for entry in file.parent.iterdir()]):
            self._assembly(file.parent, place)
            return
        if may_hold_values(file.name):
            self._beside(file, place)
        if reason := later(file.name):
            self.skipped[shown] = reason
        elif may_hold_values(file.name) and not may_be_source(file.name):
            self.skipped[shown] = "its values are looked through for secrets"
        elif looks_like_answer(file, shown):
            self.answers[file.resolve()] = (shown, file)
        else:
            config = read_samconfig(file.parent)
            self._add(file, place, Hints(assumed=config.parameters if _is_of(config, file) else {}))

    def _folder(self, folder: Folder, place: _Place) -> None:
        if folder.assembly:
            self._assembly(folder.path, place)
            return
        built = set(self._builds(folder, place))
        config = read_samconfig(folder.path, folder.configs)
        for name in folder.beside:
            self._beside(folder.path / name, place)
        for name in folder.files:
            file = folder.path / name
            if reason := later(name):
                self._leave(file, place, reason, built)
                continue
            shown = display(file, place.given)
            with self._noting(place.given):
                self._recognise(file, shown, place, config)

    def _recognise(self, file: Path, shown: str, place: _Place, config: SamConfig) -> None:
        """Take a file for what its content says it is. Raises `InputError` or `OSError` when it cannot be read."""
        if looks_like_template(file, shown) and not self._is_fragment(file, shown):
            assumed = config.parameters if _is_of(config, file) else {}
            self._add(file, place, Hints(certain=False, assumed=assumed))
        elif looks_like_answer(file, shown):
            self.answers[file.resolve()] = (shown, file)

    def _builds(self, folder: Folder, place: _Place) -> Iterator[str]:
        """Add the build outputs in a folder that stand for sources which are not read themselves; yields their kinds."""
        if CDK_BUILD in folder.builds and is_file(folder.path / CDK_BUILD / CDK_MANIFEST):
            self._assembly(folder.path / CDK_BUILD, place)
            yield CDK_BUILD
        if SERVERLESS_BUILD in folder.builds and is_file(file := folder.path / SERVERLESS_TEMPLATE):
            self._add(file, place, Hints())
            yield SERVERLESS_BUILD
        if SERVERLESS_BUILD in folder.builds and is_file(state := folder.path / SERVERLESS_STATE):
            self._beside(state, place)
        if SAM_BUILD in folder.builds and not any(name in folder.files for name in TEMPLATES):
            files = [folder.path / SAM_BUILD / "build" / name for name in TEMPLATES]
            for file in filter(is_file, files):
                self._add(file, place, Hints())

    def _leave(self, file: Path, place: _Place, reason: str, built: set[str]) -> None:
        """Note a source that is not read, unless its output is. Terraform is noted once for each folder."""
        if file.name.startswith("serverless."):
            self._serverless.add(file.parent)
            if SERVERLESS_BUILD in built:
                return
        if file.name == "cdk.json" and CDK_BUILD in built:
            return
        name = file.with_name("*.tf") if ".tf" in file.suffixes else file
        self.skipped[display(name, place.given)] = reason

    def _is_fragment(self, file: Path, shown: str) -> bool:
        """Whether a file is a part of a Serverless Framework application, written like a template but not one."""
        inside = bool(self._serverless) and any(parent in self._serverless for parent in file.parents)
        return inside and not has_mark(file, shown)

    def _assembly(self, folder: Path, place: _Place) -> None:
        from lambdaward.sources.cdk import read_assembly  # noqa: PLC0415 - only for the CDK

        found = read_assembly(folder, display(folder, place.given))
        self.problems += found.problems
        for template in found.templates:
            self._add(template.path, place, template.hints)

    def _add(self, file: Path, place: _Place, hints: Hints) -> None:
        """Take a template. A link that leaves the project is not followed, unless the user named it."""
        shown = display(file, place.given)
        real = below(file, place.real)
        if real is None and file != absolute(place.given):
            self.skipped[shown] = "a symbolic link that leaves the project is not followed"
            return
        real = real or file.resolve()
        name = file.relative_to(place.root).as_posix()
        stack = shown if name in self._stacks and real not in self.templates else name
        self._stacks.add(stack)
        template = TemplateFile(shown=shown, path=str(file), root=str(place.root), stack=stack, hints=hints)
        self.templates.setdefault(real, template)

    def _beside(self, file: Path, place: _Place) -> None:
        """Note a file that may hold values. Links that leave the project are not followed."""
        real = below(file, place.real)
        if real is not None and is_file(real):
            folder, _, name = file.relative_to(place.root).as_posix().rpartition("/")
            self.beside[ResourceId(folder or ".", name)] = SideFile(display(file, place.given), str(real))


def _require(top: Path, given: Path) -> None:
    """Raises `UsageError` for a path that is not there, `PermissionError` where nobody may look."""
    try:
        top.stat()
    except PermissionError:
        raise
    except (OSError, ValueError) as error:
        why = (
            "is not there" if isinstance(error, FileNotFoundError | ValueError) else f"cannot be read: {error.strerror}"
        )
        raise UsageError(f"{given} {why}") from None


def _is_of(config: SamConfig, file: Path) -> bool:
    """Whether a SAM configuration is about a template beside it."""
    return (config.template or file.name) == file.name and (bool(config.template) or file.name in TEMPLATES)
