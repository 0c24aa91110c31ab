"""A set of templates as one program: nested stacks run inside their parents, imports resolve against all exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, structs

from lambdaward.model import InputError, Problem, Unknown, Value, show
from lambdaward.sources.cloudformation.program.bounds import MOST_NODES, Bounds
from lambdaward.sources.cloudformation.program.evaluator import Evaluator, World
from lambdaward.sources.cloudformation.program.include import beside
from lambdaward.sources.cloudformation.program.nesting import children, export_key
from lambdaward.sources.cloudformation.program.parameters import Parameter
from lambdaward.sources.cloudformation.program.running import Running, Within
from lambdaward.sources.cloudformation.program.template import NotATemplateError, Template, TemplateFile, open_template
from lambdaward.sources.files import lost
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
    stacks = tuple(program.stacks())
    return Loaded(stacks, (*dict.fromkeys(program.problems), *program.faults()))


class Program:
    """The templates of one load, each read once, and the stacks that run from them."""

    def __init__(self, options: LoadOptions) -> None:
        self.options = options
        self.bounds = Bounds()
        self.problems: list[Problem] = []
        self._templates: dict[str, Template] = {}
        self._exports: dict[Value, list[tuple[Running, str]]] | None = None
        self._running: list[Running] = []
        self._evaluators: list[Evaluator] = []

    def open(self, file: TemplateFile) -> None:
        """Read a template; a fault that loses it becomes a problem."""
        try:
            template = self._read(structs.replace(file, parameters=self._given(file)))
            self._templates[str(Path(file.path).resolve())] = template
        except NotATemplateError as error:
            if file.hints.certain:
                self.problems.append(lost(error))
        except InputError as error:
            self.problems.append(lost(error))

    def _read(self, file: TemplateFile) -> Template:
        """Read a template, as long as all of one load together are not too large. Raises `InputError`."""
        template = open_template(file)
        if not self.bounds.may_read(template.nodes):
            problem = f"the templates up to this one have more than {MOST_NODES:,} nodes together"
            raise InputError(file.shown, problem, "scan them in parts")
        return template

    def _given(self, file: TemplateFile) -> dict[str, Parameter]:
        """The parameter values that a user gave, for all stacks by name or for one as `Stack.Name`; below these, assumed ones."""
        names = {file.stack or file.shown, Path(file.shown).stem, file.hints.pseudo.get("AWS::StackName", "")}
        given = {name: Parameter(value, f"{value} (samconfig)") for name, value in file.hints.assumed.items()}
        options = self.options.parameters
        given |= {key: Parameter(value) for key, value in options.items() if "." not in key}
        for key, value in options.items():
            stack, dot, name = key.rpartition(".")
            if dot and stack in names:
                given[name] = Parameter(value)
        return given

    def stacks(self) -> Iterator[Stack]:
        """Every stack, children behind their parents. A template that others include is a part of these."""
        uses = {path: {*children(template), *template.included} for path, template in self._templates.items()}
        for path in roots(uses):
            template = self._templates[path]
            self._running.append(Running(self, template, Within(template.file.stack or template.file.shown)))
        for run in self._running:
            yield from run.stacks()

    def evaluator(self, template: Template, world: World) -> Evaluator:
        """The evaluator of one running stack. Its faults are asked for at the end, when no other stack needs it any more."""
        sections = {name: template.root.get(name) for name in ("Mappings", "Conditions")}
        self._evaluators.append(Evaluator(template.parameters, sections, world, self.bounds))
        return self._evaluators[-1]

    def faults(self) -> Iterator[Problem]:
        """What is wrong inside of the templates that could be read."""
        for evaluator in self._evaluators:
            yield from evaluator.problems.values()

    def child(self, parent: Template, path: Path, given: Mapping[str, Parameter]) -> Template | None:
        """The template of a nested stack, with its parent's values. `None`, and a problem, where it cannot be read."""
        hints = structs.replace(parent.file.hints, certain=True)
        pseudo = {name: value for name, value in hints.pseudo.items() if name != "AWS::StackName"}
        file = TemplateFile(
            shown=beside(parent.file, path),
            path=str(path),
            root=parent.file.root,
            parameters=given,
            hints=structs.replace(hints, pseudo=pseudo),
        )
        try:
            return self._read(file)
        except InputError as error:
            self.problems.append(lost(error))
            return None

    def imported(self, name: Value) -> Value:
        """The value exported under a name by exactly one stack of this program."""
        wanted = export_key(name)
        if wanted is None:
            return name if isinstance(name, Unknown) else Unknown("the name of an import is not known")
        if self._exports is None:
            self._exports = {}
            for run in self._running:
                for exported, owner, output in run.exports():
                    self._exports.setdefault(exported, []).append((owner, output))
        found = self._exports.get(wanted, [])
        if len(found) == 1:
            run, output = found[0]
            return run.output(output)
        if found:
            return Unknown(f"several scanned stacks export `{show(name)}`", "scan only the one that is meant")
        return Unknown(f"no scanned stack exports `{show(name)}`", "scan the template that exports it as well")


def roots(nests: Mapping[str, set[str]]) -> list[str]:
    """The templates to run on their own: those that no other one nests; of templates that nest each other, the first."""
    nested = {child for children in nests.values() for child in children}
    found: list[str] = []
    reached: set[str] = set()
    for path in sorted(nests, key=lambda path: path in nested):
        if path not in reached:
            found.append(path)
            waiting = [path]
            while waiting:
                current = waiting.pop()
                if current not in reached:
                    reached.add(current)
                    waiting += nests.get(current, ())
    return found
