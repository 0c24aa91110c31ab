"""The stack under construction: what the lowering of each resource reads, and where it puts what it makes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from lambdaward.model import Problem, Value, literal
from lambdaward.sources.cloudformation.node import Entry, ListNode, MapNode, Node, ScalarNode, Span
from lambdaward.sources.cloudformation.sam.building import Draft, appended, build, entry, put
from lambdaward.sources.cloudformation.sam.hashing import hashed_id
from lambdaward.sources.cloudformation.sam.reading import dig, entries, intrinsic, is_no_value, plain, text
from lambdaward.sources.cloudformation.sam.resource import Resource

if TYPE_CHECKING:
    from lambdaward.sources.cloudformation.sam.api.body import Body


class Stack:
    """A template on its way from SAM to CloudFormation.

    `sources` are the user's resources; `made` the plain ones so far, the user's own among them; `references` says what
    `Function.Alias` and the like stand for, `renamed` which logical ids got a hash; `bodies` are the definitions of APIs, to
    which events add their routes; `sharing` are the APIs that share a usage plan, with their stages; `notified` are the
    notifications that each bucket has; `deployed` are the functions that CodeDeploy deploys. `digests`: whether the ids of
    what a deployment replaces carry a digest of its content.
    """

    def __init__(self, root: MapNode, parameters: Mapping[str, Value], *, digests: bool) -> None:
        self.root = root
        self.digests = digests
        self.parameters = parameters
        self.sources: dict[str, Resource] = {}
        self.made: dict[str, Entry] = {}
        self.conditions: dict[str, Entry] = {}
        self.references: dict[str, str] = {}
        self.renamed: dict[str, str] = {}
        self.bodies: dict[str, Body] = {}
        self.sharing: list[tuple[Resource, str]] = []
        self.notified: dict[str, set[str]] = {}
        self.deployed: list[Deployed] = []
        self.problems: list[Problem] = []

    def make(self, name: str, kind: str, properties: Mapping[str, Draft], by: Made) -> str:
        """Add a resource, and give back its logical id. One that has the same id already is kept, with a problem. What takes
        the place of a resource of the user's spans all of it."""
        if name in self.made:
            self.problem(by.at, f"two resources have the logical id {name}", "rename the one that SAM does not make")
            return name
        body = {"Type": kind, **by.attributes, "Properties": build(properties, by.at)}
        written = self.sources.get(name)
        span = written.node.span if written else by.at
        held = {key: entry(value, by.at) for key, value in body.items() if value is not None}
        self.made[name] = Entry(by.at, MapNode(held, span))
        return name

    def replaced_id(self, owner: str, suffix: str, content: Callable[[], object]) -> str:
        """The logical id of something that a deployment replaces whenever its content changes. Without digests it stays the
        same, so that two scans can be compared, unless the user has a resource of that name."""
        name = owner + suffix
        taken = name in self.made or (bool(suffix) and name in self.sources)
        return hashed_id(name, content()) if self.digests or taken else name

    def edit(self, name: str, path: tuple[str, ...], value: Draft, at: Span) -> None:
        """Set a value inside a resource that is already there."""
        held = self.made[name]
        if isinstance(held.value, MapNode):
            self.made[name] = Entry(held.key_span, put(held.value, path, value, at))

    def append(self, name: str, path: tuple[str, ...], value: Draft, at: Span) -> None:
        """Add an element to a list inside a resource that is already there."""
        self.edit(name, path, appended(dig(self.made[name].value, *path), value, at), at)

    def condition(self, name: str, value: Draft, at: Span) -> str:
        """Add a condition, and give back its name."""
        self.conditions.setdefault(name, entry(value, at))
        return name

    def problem(self, at: Span, message: str, remedy: str) -> None:
        """Note what cannot be lowered."""
        self.problems.append(Problem(at.file, message, remedy, at.line, at.column, fatal=False))

    def known(self, node: Node | None) -> Node | None:
        """A node, or the literal value where it is a `Ref` to a parameter, or a look-up in a mapping, whose value is known."""
        match intrinsic(node):
            case "Ref":
                value = literal(self.parameters.get(text(_argument(node))))
                return node if node is None or value is None else ScalarNode(value, node.span, value)
            case "Fn::FindInMap":
                return self._found(node)
        return node

    def decided(self, node: Node | None, shown: str) -> Node | None:
        """A setting that SAM acts on, as `known` gives it. One that is decided at deployment is a problem, and stays as it is."""
        found = self.known(node)
        if is_no_value(found):
            return None
        if found is not None and intrinsic(found):
            remedy = "give its parameter a value, or write it out"
            self.problem(found.span, f"{shown} is decided at deployment", remedy)
        return found

    def _found(self, node: Node | None) -> Node | None:
        arguments = build(_argument(node), node.span) if node else None
        found: Node | None = self.root.get("Mappings")
        for step in getattr(arguments, "items", ()):
            found = found.get(text(self.known(step))) if isinstance(found, MapNode) else None
        return found if isinstance(found, ScalarNode) else node

    def resolved(self, node: Node | None) -> Any:  # noqa: ANN401 - any JSON value
        """A node as plain values in which parameters have their values, where these are known. Logical ids are hashes of it."""
        match node:
            case ListNode():
                return [self.resolved(item) for item in node.items]
            case MapNode():
                known = self.known(node)
                return {key: self._resolved(key, held) for key, held in node} if known is node else plain(known)
        return plain(node)

    def _resolved(self, key: str, node: Node) -> Any:  # noqa: ANN401 - any JSON value
        return self._filled(node.text) if key == "Fn::Sub" and isinstance(node, ScalarNode) else self.resolved(node)

    def _filled(self, value: str) -> str:
        """A text of `Fn::Sub` with the values of parameters in it."""

        def known(match: re.Match[str]) -> str:
            held = literal(self.parameters.get(match[1]))
            return match[0] if held is None else str(held)

        return re.sub(r"\$\{([A-Za-z0-9]+)\}", known, value)

    def properties(self, name: str) -> dict[str, Entry]:
        """The properties of a resource made or written, by logical id; empty when there is none."""
        held = self.made.get(name)
        return entries(held.value.get("Properties")) if held and isinstance(held.value, MapNode) else {}


class Deployed(Struct, frozen=True):
    """A function whose versions CodeDeploy deploys: its preference, and the condition that its deployment depends on."""

    function: Resource
    preference: MapNode
    condition: Node | None


class Made(Struct, frozen=True):
    """Why a resource is made: the span of the user's node that causes it, and the attributes that it carries."""

    at: Span
    attributes: Mapping[str, Draft]


def _argument(node: Node | None) -> Node | None:
    return next(iter(node.entries.values())).value if isinstance(node, MapNode) else None
