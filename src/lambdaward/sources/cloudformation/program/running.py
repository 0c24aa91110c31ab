"""One stack being evaluated: its resources, its nested stacks, its outputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from lambdaward.model import (
    FileOrigin,
    Hole,
    Path,
    Pseudo,
    Resource,
    ResourceId,
    SourceFile,
    Text,
    Unknown,
    Value,
    dig,
    literal,
)
from lambdaward.sources.assemble.identity import returned
from lambdaward.sources.assemble.masking import mask
from lambdaward.sources.cloudformation.node import MapNode, Node, ScalarNode
from lambdaward.sources.cloudformation.program.evaluator import Evaluator, from_key
from lambdaward.sources.cloudformation.program.names import STACK, partition
from lambdaward.sources.cloudformation.program.template import Template
from lambdaward.sources.stack import Stack

if TYPE_CHECKING:
    from lambdaward.sources.cloudformation.program.program import Program

DEEPEST = 8
Origins = Mapping[Path, FileOrigin]
Uses = Mapping[Path, tuple[str, ...]]


class Running:
    """A stack as it evaluates; it is the `World` of its own evaluator."""

    def __init__(self, program: Program, template: Template, name: str, depth: int = 0) -> None:
        self.program = program
        self.template = template
        self.name = name
        self._depth = depth
        self._nodes = template.section("Resources") or MapNode({}, template.root.span)
        self._children: dict[str, Running | None] = {}
        self._outputs: dict[str, Value] = {}
        self._open: set[str] = set()
        self.evaluator = Evaluator(
            template.parameters, template.root.get("Mappings"), template.root.get("Conditions"), self
        )

    # --- what the evaluator asks -------------------------------------------------------------------------------------

    def pseudo(self, name: str) -> Value:
        """A pseudo parameter: given by the user, following from the Region given, or the stack's own symbol."""
        options = self.program.options
        given = {"AWS::Region": options.region, "AWS::AccountId": options.account}.get(name)
        if given:
            return given
        if options.region and name in ("AWS::Partition", "AWS::URLSuffix"):
            return partition(options.region)[name == "AWS::URLSuffix"]
        return Text((Pseudo(name, self.name),))

    def attribute(self, resource: str, attribute: str) -> Value | None:
        """An attribute of a resource of this stack. Of one that a condition leaves out it is unknown."""
        node = self._nodes.get(resource)
        if not isinstance(node, MapNode):
            return None
        if self._condition(node) is False:
            return Unknown(f"resource {resource} is left out by its condition")
        kind = _text(node.get("Type"))
        if kind == STACK and attribute.startswith("Outputs."):
            child = self._child(resource)
            if child is not None:
                return child.output(attribute.removeprefix("Outputs."))
        return self._symbols(returned(kind, attribute, self._id(resource)))

    def _symbols(self, value: Value) -> Value:
        """Put given pseudo parameters where an identity has the symbols."""
        if not isinstance(value, Text) or not (self.program.options.region or self.program.options.account):
            return value
        from lambdaward.sources.cloudformation.program.joining import join  # noqa: PLC0415 - only when given

        return join([_given(self, part) for part in value.parts])

    def imported(self, name: Value) -> Value:
        """The value that some stack of the program exports under a name."""
        return self.program.imported(name)

    # --- outputs and nested stacks -----------------------------------------------------------------------------------

    def output(self, name: str) -> Value:
        """The value of an output, evaluated once; one that depends on itself is unknown."""
        if name in self._outputs:
            return self._outputs[name]
        node = (self.template.section("Outputs") or MapNode({}, self.template.root.span)).get(name)
        value = node.get("Value") if isinstance(node, MapNode) else None
        if value is None:
            return Unknown(f"{self.name} has no output `{name}`", "correct the name of the output")
        if name in self._open:
            return Unknown(f"output {name} of {self.name} depends on itself", "break the cycle")
        self._open.add(name)
        self._outputs[name] = found = self.evaluator.value(value)
        self._open.discard(name)
        return found

    def exports(self) -> Iterator[tuple[str, str]]:
        """The names under which this stack and its children export, with the outputs."""
        from lambdaward.sources.cloudformation.program.program import export_key  # noqa: PLC0415 - a cycle

        for name, node in self.template.section("Outputs") or ():
            exported = node.get("Export") if isinstance(node, MapNode) else None
            exported = exported.get("Name") if isinstance(exported, MapNode) else None
            key = export_key(self.evaluator.value(exported)) if exported is not None else None
            if key is not None:
                yield key, name

    def _child(self, logical_id: str) -> Running | None:
        """The nested stack that a resource is, when its template is local."""
        if logical_id not in self._children:
            self._children[logical_id] = None
            self._children[logical_id] = self._start(logical_id)
        return self._children[logical_id]

    def _start(self, logical_id: str) -> Running | None:
        from lambdaward.sources.cloudformation.program.program import nested_location  # noqa: PLC0415 - a cycle

        node = self._nodes.get(logical_id)
        location = nested_location(node) if node is not None else None
        if location is None or not isinstance(node, MapNode):
            return None
        if self._depth >= DEEPEST:
            self.evaluator.fault(location, f"stacks nest deeper than {DEEPEST}", "do they nest each other?")
            return None
        properties = node.get("Properties")
        values = (
            self.evaluator.value(properties.get("Parameters") or properties)
            if isinstance(properties, MapNode)
            else None
        )
        given = values if isinstance(values, Mapping) else {}
        template = self.program.child(self.template, location.text, given)
        if template is None:
            self.evaluator.fault(location, f"the nested template `{location.text}` is not read", "is it in the folder?")
            return None
        return Running(self.program, template, f"{self.name}/{logical_id}", self._depth + 1)

    # --- the result --------------------------------------------------------------------------------------------------

    def stacks(self) -> Iterator[Stack]:
        """This stack and those nested in it."""
        yield self._stack()
        for logical_id, node in self._nodes:
            if isinstance(node, MapNode) and _text(node.get("Type")) == STACK and self._condition(node) is not False:
                child = self._child(logical_id)
                if child is not None:
                    yield from child.stacks()

    def _stack(self) -> Stack:
        resources: list[Resource] = []
        origins, uses, excluded = {}, {}, {}
        for logical_id, node in self._nodes:
            if not isinstance(node, MapNode) or not _text(node.get("Type")):
                self.evaluator.fault(node, f"resource `{logical_id}` has no type", "write its Type")
                continue
            truth = self._condition(node)
            if truth is False:
                excluded[str(self._id(logical_id))] = f"condition {_text(node.get('Condition'))} is false"
                continue
            resource, places, rests = self._resource(logical_id, node, "" if truth is True else truth.reason)
            resources.append(resource)
            origins[resource.id], uses[resource.id] = places, rests
        return Stack(
            name=self.name,
            base=str(self.template.file.folder),
            root=self.template.file.root,
            resources=tuple(resources),
            origins=origins,
            uses=uses,
            files=self._files(),
            problems=(*self.template.problems, *self.evaluator.problems.values()),
            excluded=excluded,
            assumed={f"{self.name}:{n}": p.assumed for n, p in self.template.parameters.items() if p.assumed},
        )

    def _resource(self, logical_id: str, node: MapNode, conditional: str) -> tuple[Resource, Origins, Uses]:
        properties, origins, uses = self.evaluator.resource(node.get("Properties"))
        metadata = node.get("Metadata")
        data = self.evaluator.value(metadata) if metadata is not None else None
        entry = self._nodes.entries[logical_id]
        self.evaluator.origins = origins
        self.evaluator.note((), from_key(entry))
        construct = literal(dig(data, "aws:cdk:path")) or ""
        resource = Resource(
            id=self._id(logical_id),
            type=_text(node.get("Type")),
            properties=properties if isinstance(properties, Mapping) else {},
            metadata=data,
            shown=construct.removesuffix("/Resource") or logical_id,
            conditional=conditional,
        )
        return resource, origins, uses

    def _files(self) -> tuple[SourceFile, ...]:
        return tuple(mask(document) for document in self.template.documents)

    def _condition(self, node: MapNode) -> bool | Unknown:
        condition = node.get("Condition")
        return self.evaluator.conditions.named(condition.text) if isinstance(condition, ScalarNode) else True

    def _id(self, logical_id: str) -> ResourceId:
        return ResourceId(self.name, logical_id)


def _given(run: Running, part: str | Hole) -> Value:
    if isinstance(part, Pseudo):
        return run.pseudo(part.name)
    return part if isinstance(part, str) else Text((part,))


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, ScalarNode) else ""
