"""A set of templates as one program: nested stacks run inside their parents, imports resolve against all exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from lambdaward.model import InputError, Problem, Text, Unknown, Value, literal, show
from lambdaward.sources.cloudformation.node import MapNode, Node, ScalarNode
from lambdaward.sources.cloudformation.program.include import local_path
from lambdaward.sources.cloudformation.program.names import STACK
from lambdaward.sources.cloudformation.program.running import Running
from lambdaward.sources.cloudformation.program.template import NotATemplateError, Template, TemplateFile, open_template
from lambdaward.sources.stack import LoadOptions, Stack


class Loaded(Struct, frozen=True):
    """The stacks of a set of templates, and the files that could not be read."""

    stacks: tuple[Stack, ...]
    problems: tuple[Problem, ...]


def load_templates(files: Sequence[TemplateFile], options: LoadOptions) -> Loaded:
    """Load templates as one program. A template that another one of the set nests is loaded there, and only there."""
    program = Program(options)
    for file in files:
        program.open(file)
    return Loaded(tuple(program.stacks()), tuple(program.problems))


class Program:
    """The templates of one load, each read once, and the stacks that run from them."""

    def __init__(self, options: LoadOptions) -> None:
        self.options = options
        self.problems: list[Problem] = []
        self._templates: dict[str, Template] = {}
        self._exports: dict[str, tuple[Running, str]] | None = None
        self._running: list[Running] = []

    def open(self, file: TemplateFile) -> None:
        """Read a template; a fault that loses it becomes a problem."""
        try:
            self._templates[str(Path(file.path).resolve())] = open_template(file, self._given(file))
        except NotATemplateError as error:
            if file.hints.certain:
                self.problems.append(fatal(error))
        except InputError as error:
            self.problems.append(fatal(error))

    def _given(self, file: TemplateFile) -> dict[str, Value]:
        """The parameter values that a user gave: for all stacks by name, or for one as `Stack.Name`."""
        names = {file.stack or file.shown, Path(file.shown).stem}
        given: dict[str, Value] = {key: value for key, value in self.options.parameters.items() if "." not in key}
        for key, value in self.options.parameters.items():
            stack, dot, name = key.rpartition(".")
            if dot and stack in names:
                given[name] = value
        return given

    def stacks(self) -> Iterator[Stack]:
        """Every stack, children behind their parents."""
        nested = {child for template in self._templates.values() for child in children(template)}
        for path, template in self._templates.items():
            if path not in nested:
                self._running.append(Running(self, template, template.file.stack or template.file.shown))
        for run in list(self._running):
            yield from run.stacks()

    def child(self, parent: Template, location: str, values: Mapping[str, Value]) -> Template | None:
        """The template of a nested stack, with its parent's values. `None` when it is not a local template in the folder."""
        path = local_path(parent.file, location)
        if path is None or not path.is_file():
            return None
        shown = path.relative_to(Path(parent.file.root).resolve()).as_posix()
        file = TemplateFile(shown=shown, path=str(path), root=parent.file.root, parameters=values)
        try:
            return open_template(file, {})
        except InputError as error:
            self.problems.append(fatal(error))
            return None

    def imported(self, name: Value) -> Value:
        """The value exported under a name by exactly one stack of this program."""
        wanted = _key(name)
        if wanted is None:
            return name if isinstance(name, Unknown) else Unknown("the name of an import is not known")
        if self._exports is None:
            self._exports = {}
            for run in self._running:
                for exported, output in run.exports():
                    self._exports.setdefault(exported, (run, output))
        if wanted in self._exports:
            run, output = self._exports[wanted]
            return run.output(output)
        return Unknown(f"no scanned stack exports `{show(name)}`", "scan the template that exports it as well")


def export_key(name: Value) -> str | None:
    """The text by which an export is found; a stack's own name counts as unknown but equal for all."""
    return _key(name)


def _key(name: Value) -> str | None:
    return show(name) if isinstance(name, Text) else literal(name)


def fatal(error: InputError) -> Problem:
    """The problem that a lost input is."""
    return Problem(error.file, error.problem, error.remedy, error.line, error.column)


def children(template: Template) -> Iterator[str]:
    """The local templates that a template nests."""
    for _, node in template.section("Resources") or ():
        location = nested_location(node)
        path = local_path(template.file, location.text) if location else None
        if path is not None:
            yield str(path)


def nested_location(node: Node) -> ScalarNode | None:
    """Where the template of a nested stack lies, when it is a plain text."""
    if not isinstance(node, MapNode) or not isinstance(kind := node.get("Type"), ScalarNode) or kind.text != STACK:
        return None
    properties = node.get("Properties")
    location = properties.get("TemplateURL") if isinstance(properties, MapNode) else None
    return location if isinstance(location, ScalarNode) and "://" not in location.text else None
