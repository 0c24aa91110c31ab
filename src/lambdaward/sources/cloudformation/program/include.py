"""`AWS::Include`: snippets from local files, put where they are named. Nothing is read from outside of the scanned folder."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path, PurePosixPath

from msgspec import Struct

from lambdaward.model import InputError, Problem
from lambdaward.sources.cloudformation.node import Document, Entry, ListNode, MapNode, Node, ScalarNode
from lambdaward.sources.cloudformation.program.template import TemplateFile
from lambdaward.sources.cloudformation.reader import LIMITS, Limits, read
from lambdaward.sources.files import read_bytes, within

MOST = 64


class Included(Struct, frozen=True):
    """A template with its snippets in place, the snippets' documents and paths, and faults."""

    root: MapNode
    documents: tuple[Document, ...]
    paths: tuple[str, ...]
    problems: tuple[Problem, ...]


def include(root: MapNode, file: TemplateFile) -> Included:
    """Replace every `AWS::Include` whose location is a local file, at the top (`Transform`) and anywhere below."""
    if not _has_transform(root):
        return Included(root, (), (), ())
    work = Includer(file)
    new = work.node(root, 0)
    return Included(
        new if isinstance(new, MapNode) else root, tuple(work.documents), tuple(work.paths), tuple(work.problems)
    )


def _has_transform(root: MapNode) -> bool:
    """Whether anything in a template may be an include. Most templates have none."""
    if isinstance(root.get("Transform"), MapNode):
        return True
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, MapNode):
            if "Fn::Transform" in node.entries:
                return True
            waiting += [entry.value for entry in node.entries.values() if not isinstance(entry.value, ScalarNode)]
        elif isinstance(node, ListNode):
            waiting += [item for item in node.items if not isinstance(item, ScalarNode)]
    return False


def local_path(file: TemplateFile, location: str) -> Path | None:
    """The file that a relative location means, or `None` when it lies outside of the scanned folder."""
    return within(file.folder / location, file.root)


def beside(file: TemplateFile, path: Path) -> str:
    """The name to show of a file that a template names: relative to what the template's own is."""
    folder = PurePosixPath(file.shown).parent
    return posixpath.normpath(folder / PurePosixPath(os.path.relpath(path, Path(file.path).parent.resolve())))


class Includer:
    """One pass over a template. Snippets count towards the template's own limits of nodes and depth."""

    def __init__(self, file: TemplateFile) -> None:
        self.file = file
        self.documents: list[Document] = []
        self.paths: list[str] = []
        self.problems: list[Problem] = []
        self._left = LIMITS.nodes

    def node(self, node: Node, depth: int) -> Node:
        """A node with its snippets in place."""
        match node:
            case MapNode():
                return self._mapping(node, depth)
            case ListNode():
                items = tuple(self.node(item, depth + 1) for item in node.items)
                changed = any(new is not old for new, old in zip(items, node.items, strict=True))
                return ListNode(items, node.span) if changed else node
        return node

    def _mapping(self, node: MapNode, depth: int) -> Node:
        entries: dict[str, Entry] = {}
        changed = False
        for key, entry in node.entries.items():
            snippet = self._snippet(key, entry.value, depth)
            if isinstance(snippet, MapNode):
                entries.update(snippet.entries)
                changed = True
                continue
            value = self.node(entry.value, depth + 1)
            changed = changed or value is not entry.value
            entries[key] = entry if value is entry.value else Entry(entry.key_span, value)
        return MapNode(entries, node.span) if changed else node

    def _snippet(self, key: str, node: Node, depth: int) -> Node | None:
        """The snippet that an entry stands for, if it is an include of a local file."""
        location = _location(node) if key == "Fn::Transform" or (key == "Transform" and depth == 0) else None
        return None if location is None or "://" in location.text else self.local(location, depth)

    def local(self, location: ScalarNode, depth: int) -> Node | None:
        """What a local file holds, or `None`, with a fault, when it cannot be read. `depth` is how deep it will stand."""
        path = local_path(self.file, location.text)
        if path is None:
            return self.fault(location, f"`{location.text}` lies outside of the project", "it is not read")
        if depth > LIMITS.depth or len(self.documents) >= MOST or self._left <= 0:
            return self.fault(location, "includes nest too deeply or are too many", "do templates include each other?")
        try:
            document = read(
                read_bytes(path, location.text, LIMITS.size), beside(self.file, path), Limits(nodes=self._left)
            )
        except InputError as error:
            return self.fault(location, f"`{location.text}` cannot be read: {error.problem}", error.remedy)
        self._left -= document.nodes
        self.documents.append(document)
        self.paths.append(str(path))
        return self.node(document.root, depth + 1)

    def fault(self, node: Node, message: str, remedy: str) -> Node | None:
        """Note why a snippet is not put in; there is then no node."""
        span = node.span
        self.problems.append(Problem(span.file, message, remedy, span.line, span.column, fatal=False))
        return None


def _location(node: Node) -> ScalarNode | None:
    if (
        not isinstance(node, MapNode)
        or not isinstance(name := node.get("Name"), ScalarNode)
        or name.text != "AWS::Include"
    ):
        return None
    arguments = node.get("Parameters")
    location = arguments.get("Location") if isinstance(arguments, MapNode) else None
    return location if isinstance(location, ScalarNode) else None
