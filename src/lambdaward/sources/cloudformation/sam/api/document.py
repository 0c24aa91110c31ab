"""Editing an OpenAPI document: its paths and methods, also where an `Fn::If` decides about them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from lambdaward.sources.cloudformation.node import Entry, MapNode, Node, Span
from lambdaward.sources.cloudformation.sam.building import Draft, build, put, when
from lambdaward.sources.cloudformation.sam.reading import branches, entries, is_no_value, is_set, text

INTEGRATION = "x-amazon-apigateway-integration"
ANY = "x-amazon-apigateway-any-method"
NO_METHODS = frozenset({"summary", "description", "parameters", "servers", "$ref"})
REST_PARAMETER = re.compile(r"\{[a-zA-Z0-9._-]+\+?\}")
TITLE = {"Ref": "AWS::StackName"}


def swagger(at: Span, version: Node | None = None) -> MapNode:
    """An empty definition of a REST API: Swagger 2, or OpenAPI in the version given."""
    head: dict[str, Draft] = {"swagger": "2.0"}
    if version is not None and text(version).startswith("3"):
        head = {"openapi": build(text(version), version.span)}
    return _map({**head, "info": {"version": "1.0", "title": TITLE}, "paths": {}}, at)


def openapi(at: Span) -> MapNode:
    """An empty definition of an HTTP API."""
    return _map({"openapi": "3.0.1", "info": {"version": "1.0", "title": TITLE}, "paths": {}}, at)


def _map(value: dict[str, Draft], at: Span) -> MapNode:
    return MapNode({key: Entry(at, build(item, at)) for key, item in value.items()}, at)


def method_key(method: str) -> str:
    """A method as a definition spells it."""
    return ANY if method.lower() == "any" else method.lower()


def contents(node: Node | None) -> list[Node]:
    """What a node may be: itself, or the branches of an `Fn::If` that give something."""
    parts = branches(node)
    if parts is None:
        return [] if node is None else [node]
    return [branch for branch in parts[1:] if not is_no_value(branch)]


def within(node: Node, step: Callable[[MapNode], Node]) -> Node:
    """Apply a step to a mapping, or to each branch of an `Fn::If` around one."""
    parts = branches(node)
    if parts is not None:
        yes, no = (branch if is_no_value(branch) else within(branch, step) for branch in parts[1:])
        return build(when(parts[0], yes, no), node.span)
    return step(node) if isinstance(node, MapNode) else node


def map_paths(document: MapNode, step: Callable[[str, MapNode], Node]) -> MapNode:
    """Apply a step to every path's item."""
    paths = document.get("paths")
    if not isinstance(paths, MapNode):
        return document
    changed = {
        path: Entry(held.key_span, within(held.value, partial(step, path))) for path, held in paths.entries.items()
    }
    return put(document, ("paths",), MapNode(changed, paths.span), paths.span)


def map_methods(document: MapNode, step: Callable[[str, MapNode], Node]) -> MapNode:
    """Apply a step to every method that has an integration."""
    return map_paths(document, lambda _, item: map_item(item, step))


def map_item(item: MapNode, step: Callable[[str, MapNode], Node]) -> MapNode:
    """Apply a step to every method of a path's item that has an integration."""

    def changed(name: str, held: Node) -> Node:
        if name in NO_METHODS:
            return held
        return within(held, lambda method: step(name, method) if is_set(method.get(INTEGRATION)) else method)

    return MapNode({name: Entry(e.key_span, changed(name, e.value)) for name, e in item.entries.items()}, item.span)


def methods_of(item: Node | None) -> list[str]:
    """The methods that a path's item has, whatever they depend on."""
    return [name for found in contents(item) for name in entries(found)]
