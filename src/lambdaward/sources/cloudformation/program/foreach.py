"""`Fn::ForEach` of the language extensions: loops over literal collections, written out before anything is evaluated."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from lambdaward.model import Problem, Unknown, Value, literal, show
from lambdaward.sources.cloudformation.node import Entry, ListNode, MapNode, Node, ScalarNode
from lambdaward.sources.cloudformation.program.bounds import Bounds
from lambdaward.sources.cloudformation.program.evaluator import Evaluator
from lambdaward.sources.cloudformation.program.parameters import Parameter

PREFIX = "Fn::ForEach::"
MOST = 200_000
TEXT_OF_A_NODE = 256
LONGEST_MEMBER = 1_024
LONGEST_TEXT = 65_536


class Expanded(Struct, frozen=True):
    """A template without loops, how many nodes they wrote, and faults."""

    root: MapNode
    written: int
    problems: tuple[Problem, ...]


def expand(root: MapNode, known: Mapping[str, Parameter]) -> Expanded:
    """Write out every loop. A loop over something unknown stays out, with a problem that says so."""
    work = _Loops(root, known)
    node = work.node(root, {})
    return Expanded(node if isinstance(node, MapNode) else root, MOST - work.left, tuple(work.problems))


class _Loops:
    def __init__(self, root: MapNode, known: Mapping[str, Parameter]) -> None:
        self._evaluator = Evaluator(known, {"Mappings": root.get("Mappings")}, _Nowhere(), Bounds())
        self.left = MOST
        self.problems: list[Problem] = []

    def node(self, node: Node, names: Mapping[str, str]) -> Node:
        """A node with its loops written out and the loop variables in `names` put in."""
        if names:
            self.left -= 1
        match node:
            case ScalarNode():
                return self._put_in(node, names)
            case ListNode():
                return ListNode(tuple(self.node(item, names) for item in node.items), node.span)
        entries: dict[str, Entry] = {}
        for key, entry in node.entries.items():
            if key.startswith(PREFIX):
                entries.update(self._loop(key, entry, names))
            else:
                entries[_text(key, names)] = Entry(entry.key_span, self.node(entry.value, names))
        reference = entries.get("Ref") if len(entries) == 1 else None
        if reference and isinstance(reference.value, ScalarNode) and reference.value.text in names:
            value = names[reference.value.text]
            return ScalarNode(value, node.span, value)
        return MapNode(entries, node.span)

    def _loop(self, key: str, entry: Entry, names: Mapping[str, str]) -> dict[str, Entry]:
        node = entry.value
        if not isinstance(node, ListNode) or len(node.items) != 3:
            return self._fault(entry, f"`{key}` takes a name, a collection and a body", "write all three")
        variable, collection, body = node.items
        members = self._members(collection, names)
        if members is None or not isinstance(variable, ScalarNode) or not isinstance(body, MapNode):
            return self._fault(entry, f"the collection of `{key}` is not known", "give the parameter it rests on")
        found: dict[str, Entry] = {}
        for member in members:
            if self.left <= 0:
                return self._fault(entry, f"loops write more than {MOST:,} nodes", "split the template")
            written = self.node(body, {**names, variable.text: member})
            if isinstance(written, MapNode):
                found.update(written.entries)
        return found

    def _members(self, node: Node, names: Mapping[str, str]) -> list[str] | None:
        """The members of a collection, when all of them are known."""
        value = self._evaluator.value(self.node(node, names))
        found = [literal(member) for member in value] if isinstance(value, tuple) else [None]
        known = [member for member in found if member is not None and len(member) <= LONGEST_MEMBER]
        return known if len(known) == len(found) else None

    def _fault(self, entry: Entry, message: str, remedy: str) -> dict[str, Entry]:
        span = entry.key_span
        self.problems.append(Problem(span.file, message, remedy, span.line, span.column, fatal=False))
        return {}

    def _put_in(self, node: ScalarNode, names: Mapping[str, str]) -> ScalarNode:
        if not isinstance(node.value, str):
            return node
        value = _text(node.value, names)
        self.left -= len(value) // TEXT_OF_A_NODE
        return node if value == node.value else ScalarNode(value, node.span, value)


class _Nowhere:
    """A world without resources and stacks: collections are known before there are any."""

    def pseudo(self, name: str) -> Value:
        """No pseudo parameter is known."""
        return Unknown(f"{name} is not known here")

    def attribute(self, resource: str, attribute: str) -> Value:
        """No resource is there yet."""
        return Unknown(f"{resource}.{attribute} is only known after deployment")

    def imported(self, name: Value) -> Value:
        """No other stack is there yet."""
        return Unknown(f"the export {show(name)} is not known here")


def _text(value: str, names: Mapping[str, str]) -> str:
    """A text with `${Name}` and `&{Name}` (letters and digits only) of the loops put in."""
    if "{" not in value or len(value) > LONGEST_TEXT:
        return value
    for name, member in names.items():
        plain = "".join(character for character in member if character.isalnum())
        value = value.replace("${" + name + "}", member).replace("&{" + name + "}", plain)
    return value
