"""One template file, read and brought to plain CloudFormation: includes, language extensions and SAM are gone afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from lambdaward.model import InputError, Problem
from lambdaward.sources.cloudformation.node import Document, ListNode, MapNode, ScalarNode
from lambdaward.sources.cloudformation.program.bounds import MOST_PROBLEMS
from lambdaward.sources.cloudformation.program.parameters import Parameter, parameters
from lambdaward.sources.cloudformation.reader import LIMITS, read
from lambdaward.sources.files import read_bytes

SAM = "AWS::Serverless-2016-10-31"
LANGUAGE_EXTENSIONS = "AWS::LanguageExtensions"
MARKS = frozenset({"AWSTemplateFormatVersion", "Transform"})


class Hints(Struct, frozen=True, kw_only=True):
    """What is known of a template from beside it.

    `certain` when something says that the file is a template (the user, a manifest), so that it is a fault if it is none.
    `assumed` are parameter values of a project file: better than defaults, but still assumed. The rest comes from the CDK:
    known `pseudo` parameters, local `assets` by the object key they are uploaded to, `constructs` by logical id.
    """

    certain: bool = True
    assumed: Mapping[str, str] = MappingProxyType({})
    pseudo: Mapping[str, str] = MappingProxyType({})
    assets: Mapping[str, str] = MappingProxyType({})
    constructs: Mapping[str, str] = MappingProxyType({})


class NotATemplateError(InputError):
    """A file that reads well but is no CloudFormation template."""


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
    parameters: Mapping[str, Parameter] = MappingProxyType({})
    hints: Hints = Hints()

    @property
    def folder(self) -> Path:
        """The folder that relative paths in the template start from."""
        return Path(self.base) if self.base else Path(self.path).parent


class Template(Struct, frozen=True, kw_only=True):
    """A template in plain CloudFormation, with its documents (itself and what it includes), faults found on the way, how many
    nodes it came to, and the paths of the snippets it includes.
    """

    file: TemplateFile
    root: MapNode
    documents: tuple[Document, ...]
    parameters: Mapping[str, Parameter]
    problems: tuple[Problem, ...]
    nodes: int
    included: tuple[str, ...]

    def section(self, name: str) -> MapNode | None:
        """A top-level section that is a mapping."""
        node = self.root.get(name)
        return node if isinstance(node, MapNode) else None


def open_template(file: TemplateFile) -> Template:
    """Read and lower a template. Raises `InputError` when it cannot be read or is no template."""
    document = read(read_bytes(file.path, file.shown, LIMITS.size), file.shown)
    root = document.root
    if not isinstance(root, MapNode) or not _is_template(root):
        remedy = "a template is a mapping with `Resources`"
        raise NotATemplateError(file.shown, "the file is not a CloudFormation template", remedy, line=1, column=1)
    return _lower(file, document, root)


def _is_template(root: MapNode) -> bool:
    resources = root.get("Resources")
    kinds = (
        [node.get("Type") for _, node in resources if isinstance(node, MapNode)]
        if isinstance(resources, MapNode)
        else []
    )
    typed = any(isinstance(kind, ScalarNode) and "::" in kind.text for kind in kinds)
    return typed or not MARKS.isdisjoint(root.entries)


def _lower(file: TemplateFile, document: Document, root: MapNode) -> Template:
    from lambdaward.sources.cloudformation.program.definitions import define  # noqa: PLC0415 - a cycle: it reads files
    from lambdaward.sources.cloudformation.program.include import include  # noqa: PLC0415 - as above

    names = transforms(root)
    included = include(root, file)
    root = included.root
    problems = [*document.problems, *included.problems, *_macros(root), *_modules(root)]
    if not isinstance(root.get("Resources"), MapNode):
        problems.append(
            Problem(file.shown, "the template has no resources", "write one, or remove the file", 1, 1, fatal=False)
        )
    nodes = document.nodes + sum(snippet.nodes for snippet in included.documents)
    known = parameters(root, file.parameters)
    if LANGUAGE_EXTENSIONS in names or _has_loops(root):
        from lambdaward.sources.cloudformation.program.foreach import expand  # noqa: PLC0415 - rarely needed

        expanded = expand(root, known)
        root, nodes = expanded.root, nodes + expanded.written
        problems += expanded.problems
    if SAM in names:
        from lambdaward.sources.cloudformation.sam import lower  # noqa: PLC0415 - only for SAM

        lowered = lower(root, {name: parameter.value for name, parameter in known.items()})
        root = lowered.root
        problems += lowered.problems
    defined = define(root, file)
    root = defined.root
    problems += defined.problems
    documents = (document, *included.documents, *defined.documents)
    return Template(
        file=file,
        root=root,
        documents=documents,
        parameters=known,
        problems=_few(problems),
        nodes=nodes + sum(definition.nodes for definition in defined.documents),
        included=(*included.paths, *defined.paths),
    )


def _few(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems without repetition, and no more than anybody reads."""
    return tuple(islice(dict.fromkeys(problems), MOST_PROBLEMS))


def transforms(root: MapNode) -> tuple[str, ...]:
    """The macros that a template names under Transform."""
    return tuple(item.text for item in _transforms(root))


def _transforms(root: MapNode) -> tuple[ScalarNode, ...]:
    node = root.get("Transform")
    nodes = node.items if isinstance(node, ListNode) else (node,)
    return tuple(item for item in nodes if isinstance(item, ScalarNode))


def _macros(root: MapNode) -> Iterator[Problem]:
    """The users' own macros, which may change anything."""
    for node in _transforms(root):
        if node.text and not node.text.startswith("AWS::"):
            message = f"what the macro `{node.text}` changes is not seen: it runs only in the account"
            span = node.span
            yield Problem(span.file, message, "scan the processed template", span.line, span.column, fatal=False)


def _modules(root: MapNode) -> Iterator[Problem]:
    """Modules of the account's registry: each stands for resources that only CloudFormation knows."""
    resources = root.get("Resources")
    for name, node in resources if isinstance(resources, MapNode) else ():
        kind = node.get("Type") if isinstance(node, MapNode) else None
        if isinstance(kind, ScalarNode) and kind.text.endswith("::MODULE"):
            message = f"what the module `{name}` declares is not seen: `{kind.text}` lies in the account's registry"
            span = kind.span
            yield Problem(span.file, message, "scan the processed template", span.line, span.column, fatal=False)


def _has_loops(root: MapNode) -> bool:
    """Whether a section has a loop. Below that it needs the transform anyway."""
    sections = [root.get(name) for name in ("Resources", "Outputs", "Conditions")]
    return any(key.startswith("Fn::ForEach") for node in sections if isinstance(node, MapNode) for key in node.entries)
