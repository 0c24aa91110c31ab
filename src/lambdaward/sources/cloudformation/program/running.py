"""One stack being evaluated: its resources, its nested stacks, its outputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from lambdaward.model import (
    Hole,
    Pseudo,
    Redacted,
    Resource,
    ResourceId,
    Text,
    Unknown,
    Value,
    dig,
    literal,
    parts,
    show,
)
from lambdaward.sources.assemble.identity import arn_of, returned
from lambdaward.sources.assemble.masking import mask
from lambdaward.sources.cloudformation.node import MapNode, ScalarNode
from lambdaward.sources.cloudformation.program.around import around
from lambdaward.sources.cloudformation.program.conditions import first
from lambdaward.sources.cloudformation.program.evaluator import Evaluated, of_entry
from lambdaward.sources.cloudformation.program.names import STACK, partition
from lambdaward.sources.cloudformation.program.nesting import crossing, export_key, inside, location_of, text_of
from lambdaward.sources.cloudformation.program.parameters import Parameter
from lambdaward.sources.cloudformation.program.template import Hints, Template
from lambdaward.sources.stack import Stack

if TYPE_CHECKING:
    from lambdaward.sources.cloudformation.program.program import Program

DEEPEST_STACK = 8
ASSET = "aws:asset:path"


class Within(Struct, frozen=True):
    """Where a stack runs: its name, and the files of the stacks that it is nested in."""

    name: str
    parents: tuple[str, ...] = ()


class Running:
    """A stack as it evaluates; it is the `World` of its own evaluator."""

    def __init__(self, program: Program, template: Template, within: Within) -> None:
        self.program = program
        self.template = template
        self.name = within.name
        self._parents = (*within.parents, str(Path(template.file.path).resolve()))
        self._nodes = template.section("Resources") or MapNode({}, template.root.span)
        self._outputs = template.section("Outputs") or MapNode({}, template.root.span)
        self._children: dict[str, Running | None] = {}
        self._known: dict[str, Value] = {}
        self._pseudo: dict[str, Value] = {}
        self._returned: dict[tuple[str, str], Value] = {}
        self._open: set[str] = set()
        self.evaluator = program.evaluator(template, self)

    # --- what the evaluator asks -------------------------------------------------------------------------------------

    def pseudo(self, name: str) -> Value:
        """A pseudo parameter: known from beside the template, given by the user, following from a known Region, or the stack's
        own symbol.
        """
        if name not in self._pseudo:
            self._pseudo[name] = self._known_pseudo(name) or Text((Pseudo(name, self.name),))
        return self._pseudo[name]

    def _known_pseudo(self, name: str) -> str:
        options, known = self.program.options, self.template.file.hints.pseudo
        given = {"AWS::Region": options.region, "AWS::AccountId": options.account, **known}
        region = given["AWS::Region"]
        if region and not given.get(name) and name in ("AWS::Partition", "AWS::URLSuffix"):
            return partition(region)[name == "AWS::URLSuffix"]
        return given.get(name, "")

    def attribute(self, resource: str, attribute: str) -> Value | None:
        """An attribute of a resource of this stack. Of one that a condition leaves out it is unknown."""
        node = self._nodes.get(resource)
        if not isinstance(node, MapNode):
            return None
        if self._condition(node) is False:
            return Unknown(f"resource {resource} is left out by its condition")
        kind = text_of(node.get("Type"))
        if kind == STACK and attribute.startswith("Outputs."):
            child = self._child(resource)
            if child is not None:
                return child.output(attribute.removeprefix("Outputs."))
        if kind.startswith("AWS::IAM::"):  # its path may rest on a parameter, which is to be noted each time
            return self._composed(returned(kind, attribute, self._id(resource), self._path(kind, node)))
        key = resource, attribute
        if key not in self._returned:
            self._returned[key] = self._composed(returned(kind, attribute, self._id(resource)))
        return self._returned[key]

    def _composed(self, value: Value) -> Value:
        return self.evaluator.join([self._given(part) for part in parts(value)]) if isinstance(value, Text) else value

    def _path(self, kind: str, node: MapNode) -> str | Text:
        """The path that an IAM resource declares: it is a part of its ARN."""
        properties = node.get("Properties") if kind.startswith("AWS::IAM::") else None
        path = properties.get("Path") if isinstance(properties, MapNode) else None
        value = self.evaluator.value(path) if path is not None else ""
        return value if isinstance(value, str | Text) else ""

    def _given(self, part: str | Hole) -> Value:
        """A known pseudo parameter where an identity has its symbol."""
        if isinstance(part, Pseudo):
            return self.pseudo(part.name)
        return part if isinstance(part, str) else Text((part,))

    def imported(self, name: Value) -> Value:
        """The value that some stack of the program exports under a name."""
        return self.program.imported(name)

    # --- outputs and nested stacks -----------------------------------------------------------------------------------

    def output(self, name: str) -> Value:
        """The value of an output, evaluated once; one that depends on itself is unknown."""
        if name in self._known:
            return self._known[name]
        node = self._outputs.get(name)
        value = node.get("Value") if isinstance(node, MapNode) else None
        if value is None:
            return Unknown(f"{self.name} has no output `{name}`", "correct the name of the output")
        if name in self._open:
            return Unknown(f"output {name} of {self.name} depends on itself", "break the cycle")
        self._open.add(name)
        self.program.bounds.level += 2
        self._known[name] = found = crossing(self.evaluator.value(value))
        self.program.bounds.level -= 2
        self._open.discard(name)
        return found

    def exports(self) -> Iterator[tuple[str, Running, str]]:
        """The names under which this stack and those nested in it export, with the stack and its output."""
        for name, node in self._outputs:
            exported = node.get("Export") if isinstance(node, MapNode) else None
            exported = exported.get("Name") if isinstance(exported, MapNode) else None
            key = export_key(self.evaluator.value(exported)) if exported is not None else None
            if key is not None:
                yield key, self, name
        for child in self._nested():
            yield from child.exports()

    def _nested(self) -> Iterator[Running]:
        for logical_id, node in self._nodes:
            if isinstance(node, MapNode) and text_of(node.get("Type")) == STACK and self._condition(node) is not False:
                child = self._child(logical_id)
                if child is not None:
                    yield child

    def _child(self, logical_id: str) -> Running | None:
        """The nested stack that a resource is, when its template is local."""
        if logical_id not in self._children:
            self._children[logical_id] = None
            self.program.bounds.level += 4
            self._children[logical_id] = self._start(logical_id)
            self.program.bounds.level -= 4
        return self._children[logical_id]

    def _start(self, logical_id: str) -> Running | None:
        node = self._nodes.get(logical_id)
        if not isinstance(node, MapNode):
            return None
        location = location_of(self.template.file, node)
        path = self._nested_file(logical_id, node, location)
        template = self.program.child(self.template, path, dict(self._handed(node))) if path is not None else None
        if template is None:
            return None
        if not self.program.bounds.may_nest():
            self.evaluator.fault(location or node, "there are too many nested stacks", "scan them in parts")
            return None
        return Running(self.program, template, Within(f"{self.name}/{logical_id}", self._parents))

    def _nested_file(self, logical_id: str, node: MapNode, location: ScalarNode | None) -> Path | None:
        """The local template of a nested stack; `None`, and a fault, when it cannot be read."""
        if location is None:
            message = f"the template of the nested stack `{logical_id}` is not on this machine and is not read"
            self.evaluator.fault(node, message, "scan it as well")
            return None
        path = inside(self.template.file, location)
        if path is None:
            message = f"the nested template `{location.text}` is not in the project"
            self.evaluator.fault(location, message, "is it there?")
        elif str(path) in self._parents or len(self._parents) >= DEEPEST_STACK:
            message = f"`{location.text}` nests itself, or stacks nest too deeply"
            self.evaluator.fault(location, message, "break the cycle")
            return None
        return path

    def _handed(self, node: MapNode) -> Iterator[tuple[str, Parameter]]:
        """The parameters that a nested stack is given. One that rests on a default here is assumed there too."""
        properties = node.get("Properties")
        given = properties.get("Parameters") if isinstance(properties, MapNode) else None
        for name, value_node in given if isinstance(given, MapNode) else ():
            mark = len(self.evaluator.touched)
            value = crossing(self.evaluator.value(value_node))
            rests = first(self.evaluator.touched[mark:])
            yield name, Parameter(value, f"{_shown(value)} ({', '.join(rests)} of {self.name})" if rests else "")

    # --- the result --------------------------------------------------------------------------------------------------

    def stacks(self) -> Iterator[Stack]:
        """This stack and those nested in it."""
        yield self._stack()
        for child in self._nested():
            yield from child.stacks()

    def _stack(self) -> Stack:
        resources: list[Resource] = []
        origins, uses, excluded, arns = {}, {}, {}, {}
        for logical_id, node in self._nodes:
            if not isinstance(node, MapNode) or not text_of(node.get("Type")):
                self.evaluator.fault(node, f"resource `{logical_id}` has no type", "write its Type")
                continue
            self.evaluator.touched.clear()
            truth, rests = self._condition(node), first(self.evaluator.touched)
            if truth is False:
                excluded[str(self._id(logical_id))] = self._why(node, rests)
                continue
            resource, found = self._resource(logical_id, node, "" if truth is True else truth.reason)
            resources.append(resource)
            origins[resource.id] = found.origins
            uses[resource.id] = {**found.uses, (): rests} if rests else found.uses
            arn = self._composed(arn_of(resource.type, resource.id, self._path(resource.type, node)))
            if isinstance(arn, str | Text):
                arns[resource.id] = arn
        part, found = around(self.name, self.template, self.evaluator)
        origins[part.id] = found.origins
        uses[part.id] = found.uses
        return Stack(
            name=self.name,
            base=str(self.template.file.folder),
            root=self.template.file.root,
            resources=tuple(resources),
            origins=origins,
            uses=uses,
            files=tuple(mask(document) for document in self.template.documents),
            problems=self.template.problems,
            excluded=excluded,
            arns=arns,
            assumed={f"{self.name}:{n}": p.assumed for n, p in self.template.parameters.items() if p.assumed},
            account=literal(self.pseudo("AWS::AccountId")) or "",
            part=part,
        )

    def _why(self, node: MapNode, rests: tuple[str, ...]) -> str:
        """Why a resource is left out, with the assumed parameters that decide it."""
        known = self.template.parameters
        assumed = ", ".join(f"{name} = {known[name].assumed}" for name in rests if name in known)
        return f"condition {text_of(node.get('Condition'))} is false" + (f" (assumed: {assumed})" if assumed else "")

    def _resource(self, logical_id: str, node: MapNode, conditional: str) -> tuple[Resource, Evaluated]:
        found = self.evaluator.resource(node.get("Properties"))
        found.origins[()] = of_entry(self._nodes.entries[logical_id])
        properties = found.value if isinstance(found.value, dict) else {}
        metadata = node.get("Metadata")
        data = self.evaluator.value(metadata) if metadata is not None else None
        resource = Resource(
            id=self._id(logical_id),
            type=text_of(node.get("Type")),
            properties=properties,
            metadata=self._with_asset(data, properties),
            shown=construct_name(
                literal(dig(data, "aws:cdk:path")) or self._hints.constructs.get(logical_id, logical_id)
            ),
            conditional=conditional,
        )
        return resource, found

    def _with_asset(self, metadata: Value, properties: Mapping[str, Value]) -> Value:
        """The metadata with the local path of the code that is uploaded, as the CDK notes it when asked to."""
        if not self._hints.assets or dig(metadata, ASSET) is not None:
            return metadata
        keys = [literal(dig(properties, *place)) or "" for place in (("Code", "S3Key"), ("Content", "S3Key"))]
        keys.append(show(dig(properties, "Code", "ImageUri")).rpartition(":")[2])
        path = next((self._hints.assets[key] for key in keys if key in self._hints.assets), None)
        return {**(metadata if isinstance(metadata, dict) else {}), ASSET: path} if path else metadata

    @property
    def _hints(self) -> Hints:
        return self.template.file.hints

    def _condition(self, node: MapNode) -> bool | Unknown:
        condition = node.get("Condition")
        return self.evaluator.conditions.named(condition.text) if isinstance(condition, ScalarNode) else True

    def _id(self, logical_id: str) -> ResourceId:
        return ResourceId(self.name, logical_id)


def construct_name(path: str) -> str:
    """A construct's path without the names that the CDK gives to the resource inside of it."""
    return path.removesuffix("/Resource").removesuffix("/Default")


def _shown(value: Value) -> str:
    return show(value) if not isinstance(value, Redacted) else "(hidden)"
