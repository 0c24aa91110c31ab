"""An API's definition while events add their routes to it."""

from __future__ import annotations

from collections.abc import Callable

from lambdaward.sources.cloudformation.node import Entry, MapNode, Node, Span
from lambdaward.sources.cloudformation.sam.api.document import INTEGRATION, contents, map_item, within
from lambdaward.sources.cloudformation.sam.api.source_policy import POLICY, Statements
from lambdaward.sources.cloudformation.sam.building import Draft, put
from lambdaward.sources.cloudformation.sam.reading import dig, entries, is_set


class Body:
    """A definition under construction. `managed` when SAM writes it wholly, `merged` when it adds to the user's; `head` is all
    but its `paths`; `conditions` says for each path which conditions its methods depend on (`None`: it is always there).
    """

    def __init__(self, document: MapNode, *, managed: bool, merged: bool = False) -> None:
        self.head = document
        self.managed = managed
        self.merged = merged
        self.conditions: dict[str, list[Node | None]] = {}
        self.policy = Statements(dig(document, POLICY, "Statement"))
        self.paths = dict(entries(document.get("paths")))

    @property
    def document(self) -> MapNode:
        """The definition as it is now."""
        if not self.paths:
            return self.head
        paths = self.head.get("paths")
        at = paths.span if paths else self.head.span
        return put(self.head, ("paths",), MapNode(dict(self.paths), at), at)

    def item(self, path: str) -> Node | None:
        """What the definition says of a path."""
        held = self.paths.get(path)
        return held.value if held else None

    def has_integration(self, path: str, method: str) -> bool:
        """Whether a method of a path has an integration already."""
        found = [node for item in contents(self.item(path)) for node in contents(dig(item, method))]
        return any(is_set(dig(node, INTEGRATION)) for node in found)

    def set_method(self, where: tuple[str, str], method: Draft, at: Span) -> None:
        """Set a method of a path, in every branch of a path that an `Fn::If` decides about."""
        path, name = where
        held = self.paths.get(path) or Entry(at, MapNode({}, at))
        self.paths[path] = Entry(held.key_span, within(held.value, lambda item: put(item, (name,), method, at)))

    def edit_method(self, where: tuple[str, str], step: Callable[[MapNode], Node]) -> None:
        """Apply a step to one method of a path, where it has an integration."""
        path, name = where
        held = self.paths.get(path)
        if held is not None:
            edited = within(
                held.value, lambda item: map_item(item, lambda key, node: step(node) if key == name else node)
            )
            self.paths[path] = Entry(held.key_span, edited)
