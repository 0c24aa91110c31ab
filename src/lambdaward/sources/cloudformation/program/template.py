"""One template file, read and brought to plain CloudFormation: includes, language extensions and SAM are gone afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from lambdaward.model import InputError, Problem, Value
from lambdaward.sources.cloudformation.node import Document, ListNode, MapNode, Node, ScalarNode
from lambdaward.sources.cloudformation.program.parameters import Parameter, parameters
from lambdaward.sources.cloudformation.reader import read

SAM = "AWS::Serverless-2016-10-31"
LANGUAGE_EXTENSIONS = "AWS::LanguageExtensions"


class TemplateFile(Struct, frozen=True, kw_only=True):
    """A template to load: the name to show, its path, the folder that nothing may leave, what its caller knows of it.

    `base` is the folder that relative paths in it start from, its own by default; `stack` a name for its resources'
    identities, the shown name by default.
    """

    shown: str
    path: str
    root: str
    base: str = ""
    stack: str = ""
    parameters: Mapping[str, Value] = MappingProxyType({})

    @property
    def folder(self) -> Path:
        """The folder that relative paths in the template start from."""
        return Path(self.base) if self.base else Path(self.path).parent


class Template(Struct, frozen=True, kw_only=True):
    """A template in plain CloudFormation, with its documents (itself and what it includes) and faults found on the way."""

    file: TemplateFile
    root: MapNode
    documents: tuple[Document, ...]
    parameters: Mapping[str, Parameter]
    problems: tuple[Problem, ...]

    def section(self, name: str) -> MapNode | None:
        """A top-level section that is a mapping."""
        node = self.root.get(name)
        return node if isinstance(node, MapNode) else None


def open_template(file: TemplateFile, given: Mapping[str, Value]) -> Template:
    """Read and lower a template. Raises `InputError` when it cannot be read or is no template."""
    try:
        data = Path(file.path).read_bytes()
    except OSError as error:
        raise InputError(file.shown, f"the file cannot be read: {error.strerror}", "check its permissions") from None
    document = read(data, file.shown)
    root = document.root
    if not isinstance(root, MapNode) or not isinstance(root.get("Resources"), MapNode):
        remedy = "a template is a mapping with `Resources`"
        raise InputError(file.shown, "the file is not a CloudFormation template", remedy, line=1, column=1)
    return _lower(file, document, root, {**given, **file.parameters})


def _lower(file: TemplateFile, document: Document, root: MapNode, given: Mapping[str, Value]) -> Template:
    from lambdaward.sources.cloudformation.program.include import include  # noqa: PLC0415 - a cycle: it reads files

    names = transforms(root)
    included = include(root, file)
    root = included.root
    known = parameters(root, given)
    problems = [*document.problems, *included.problems]
    if LANGUAGE_EXTENSIONS in names or "Fn::ForEach" in _keys(root):
        from lambdaward.sources.cloudformation.program.foreach import expand  # noqa: PLC0415 - rarely needed

        root, more = expand(root, known)
        problems += more
    if SAM in names:
        from lambdaward.sources.cloudformation.sam import lower  # noqa: PLC0415 - only for SAM

        lowered = lower(root, {name: parameter.value for name, parameter in known.items()})
        root = lowered.root
        problems += lowered.problems
    return Template(
        file=file, root=root, documents=(document, *included.documents), parameters=known, problems=tuple(problems)
    )


def transforms(root: MapNode) -> tuple[str, ...]:
    """The macros that a template names under Transform."""
    node = root.get("Transform")
    nodes = node.items if isinstance(node, ListNode) else (node,)
    return tuple(item.text for item in nodes if isinstance(item, ScalarNode))


def _keys(root: MapNode) -> str:
    """The keys of the sections, to see whether a loop is among them (at any depth it needs the transform anyway)."""
    sections: list[Node | None] = [root.get(name) for name in ("Resources", "Outputs", "Conditions")]
    return " ".join(key for section in sections if isinstance(section, MapNode) for key in section.entries)
