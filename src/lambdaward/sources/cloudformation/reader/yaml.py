"""YAML to nodes, composed from libyaml's events: positions of keys and values, short tags in long form, aliases bounded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, cast

import yaml
from msgspec import Struct
from yaml import events
from yaml._yaml import CParser
from yaml.reader import ReaderError

from lambdaward.model import InputError, Problem
from lambdaward.sources.cloudformation.node import Entry, ListNode, MapNode, Node, ScalarNode, Span
from lambdaward.sources.cloudformation.reader.limits import LONG, Limits, note_duplicate, too_large
from lambdaward.sources.cloudformation.reader.scalars import plain, readable

Quoted = list[tuple[int, int, int, int]]

# Typed as objects: a comparison with them says which attributes an `_Event` has, without narrowing its type.
_ALIAS: object = events.AliasEvent
_SCALAR: object = events.ScalarEvent
_SEQUENCE: object = events.SequenceStartEvent
_SEQUENCE_END: object = events.SequenceEndEvent
_MAPPING_END: object = events.MappingEndEvent
_DOCUMENT: object = events.DocumentStartEvent
_STREAM_END: object = events.StreamEndEvent


# libyaml counts these as ends of lines, and editors do not: as blanks they leave positions right.
_BREAKS = dict.fromkeys((0x85, 0x2028, 0x2029), " ")


class _Mark(Protocol):
    """A place in the text; line and column count from 0."""

    line: int
    column: int


class _Event(Protocol):
    """An event of libyaml: which of the attributes below are there depends on its kind."""

    start_mark: _Mark
    end_mark: _Mark
    anchor: str | None
    tag: str | None
    value: str
    style: str | None
    implicit: tuple[bool, bool]
    flow_style: bool


class Composed(Struct, frozen=True):
    """A composed document: its root, the spans (0-based lines and columns) of scalars in which a `#` is no comment, and
    faults that did not stop the reading.
    """

    root: Node
    quoted: Quoted
    problems: tuple[Problem, ...]
    nodes: int


def compose_yaml(source: str, file: str, limits: Limits) -> Composed:
    """Compose the one document of a YAML text. Raises `InputError` with the place of the first fault."""
    source = source.translate(_BREAKS)
    try:
        return _Composer(source, file, limits).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(part for part in (error.context, error.problem) if part)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        remedy = "indent with spaces, not tabs" if "'\\t'" in problem else "correct the YAML there"
        raise InputError(file, f"not valid YAML: {problem}", remedy, line=line, column=column) from None
    except ReaderError as error:
        line = source.encode()[: error.position].count(b"\n") + 1
        raise InputError(
            file, f"not valid YAML: {error.reason}", "save it as plain text", line=line, column=1
        ) from None


class _Composer:
    """One pass over the events of one document."""

    def __init__(self, source: str, file: str, limits: Limits) -> None:
        self._next = cast("Callable[[], _Event]", CParser(source).get_event)
        self._file = file
        self._limits = limits
        self._anchors: dict[str | None, Node | None] = {}
        self._weights: dict[int, int] = {}
        self._total = 0
        self._quoted: Quoted = []
        self._problems: list[Problem] = []

    def document(self) -> Composed:
        """The first document; a second one is an error, an empty file too."""
        self._next()
        event = self._next()
        if type(event) is _STREAM_END:
            raise InputError(self._file, "the file is empty", "leave it out, or write a template")
        root = self._node(self._next(), 0)
        self._next()
        event = self._next()
        if type(event) is _DOCUMENT:
            raise self._error(event, "the file has several YAML documents", "keep one template to a file")
        return Composed(root, self._quoted, tuple(self._problems), self._total)

    def _error(self, event: _Event, problem: str, remedy: str) -> InputError:
        mark = event.start_mark
        return InputError(self._file, problem, remedy, line=mark.line + 1, column=mark.column + 1)

    def _span(self, start: _Event, end: _Event) -> Span:
        first, last = start.start_mark, end.end_mark
        return Span(self._file, first.line + 1, first.column + 1, last.line + 1, last.column + 1)

    def _count(self, event: _Event, weight: int) -> None:
        self._total += weight
        if self._total > self._limits.nodes:
            mark = event.start_mark
            what = f"has more than {self._limits.nodes:,} nodes once its aliases are expanded"
            raise too_large(self._file, what, mark.line + 1, mark.column + 1)

    def _node(self, event: _Event, depth: int) -> Node:
        if type(event) is _SCALAR and event.anchor is None and event.tag is None and depth <= self._limits.depth:
            return self._leaf(event)  # most nodes are such
        if type(event) is _ALIAS:
            return self._alias(event)
        before = self._total
        if depth > self._limits.depth:
            self._count(event, 1)
            raise self._error(event, f"the file nests deeper than {self._limits.depth} levels", "flatten it")
        if event.anchor:
            self._anchors[event.anchor] = None
        node = self._content(event, depth)
        if event.tag and event.tag.startswith("!") and event.tag != "!":
            node = _long_form(event.tag[1:], node)
        if event.anchor:
            self._anchors[event.anchor] = node
            self._weights[id(node)] = self._total - before
        return node

    def _alias(self, event: _Event) -> Node:
        if event.anchor not in self._anchors:
            raise self._error(event, f"the alias `*{event.anchor}` has no anchor", f"write `&{event.anchor}` before it")
        node = self._anchors[event.anchor]
        if node is None:
            raise self._error(event, f"the alias `*{event.anchor}` stands inside its own anchor", "break the cycle")
        self._count(event, self._weights[id(node)])
        return node

    def _content(self, event: _Event, depth: int) -> Node:
        if type(event) is _SCALAR:
            return self._leaf(event)
        self._count(event, 1)
        if type(event) is _SEQUENCE:
            return self._sequence(event, depth)
        return self._mapping(event, depth)

    def _leaf(self, event: _Event) -> ScalarNode:
        """A scalar, counted."""
        self._total += 1
        if self._total > self._limits.nodes:
            self._count(event, 0)
        text = event.value
        if not text.isascii() or "\0" in text:
            text = readable(text)
        self._total += len(text) // LONG
        first, last = event.start_mark, event.end_mark
        line, column, end_line, end_column = first.line, first.column, last.line, last.column
        if event.style and "#" in text:
            self._quoted.append((line, column, end_line, end_column))
        span = Span(self._file, line + 1, column + 1, end_line + 1, end_column + 1)
        return ScalarNode(plain(text) if event.implicit[0] else text, span, text)

    def _sequence(self, start: _Event, depth: int) -> ListNode:
        items: list[Node] = []
        while type(event := self._next()) is not _SEQUENCE_END:
            items.append(self._node(event, depth + 1))
        if start.flow_style or not items:
            return ListNode(tuple(items), self._span(start, event))
        return ListNode(tuple(items), self._block(start, items[-1:]))

    def _mapping(self, start: _Event, depth: int) -> MapNode:
        entries: dict[str, Entry] = {}
        merged: list[Node] = []
        while type(event := self._next()) is not _MAPPING_END:
            key = self._key(event)
            value = self._node(self._next(), depth + 1)
            if key.text == "<<" and not event.style:
                merged.append(value)
            else:
                span = key.span if type(event) is _SCALAR else self._span(event, event)
                if key.text in entries:
                    note_duplicate(self._problems, key.text, span)
                entries[key.text] = Entry(span, value)
        for node in merged:
            _merge(entries, node)
        if start.flow_style or not entries:
            return MapNode(entries, self._span(start, event))
        return MapNode(entries, self._block(start, [entry.value for entry in entries.values()]))

    def _block(self, start: _Event, members: Sequence[Node]) -> Span:
        """The span of a block: its own end mark lies behind the blank lines after it."""
        mark = start.start_mark
        line, column = start.end_mark.line + 1, start.end_mark.column + 1
        for member in members:
            span = member.span
            if span.end_line > line or (span.end_line == line and span.end_column > column):
                line, column = span.end_line, span.end_column
        return Span(self._file, mark.line + 1, mark.column + 1, line, column)

    def _key(self, event: _Event) -> ScalarNode:
        if type(event) is _SCALAR:
            node: Node = self._leaf(event)
            if event.anchor:
                self._anchors[event.anchor] = node
                self._weights[id(node)] = 1
        elif type(event) is _ALIAS:
            node = self._alias(event)
        else:
            raise self._error(event, "a key is a list or mapping", "use a plain text as key")
        if not isinstance(node, ScalarNode):
            raise self._error(event, "a key is a list or mapping", "use a plain text as key")
        if len(node.text) > self._limits.key:
            raise self._error(event, f"a key is longer than {self._limits.key:,} characters", "shorten it")
        return node


def _merge(entries: dict[str, Entry], node: Node) -> None:
    """YAML's merge key: what is written wins over what is merged, an earlier source over a later one."""
    sources = node.items if isinstance(node, ListNode) else (node,)
    for source in sources:
        if isinstance(source, MapNode):
            for key, entry in source.entries.items():
                entries.setdefault(key, entry)


def _long_form(tag: str, node: Node) -> Node:
    """`!Sub x` as `{"Fn::Sub": x}`; the span is that of the tagged node."""
    key = tag if tag in ("Ref", "Condition") or "::" in tag else f"Fn::{tag}"
    if key == "Fn::GetAtt" and isinstance(node, ScalarNode) and "." in node.text:
        resource, attribute = node.text.split(".", 1)
        node = ListNode(
            (ScalarNode(resource, node.span, resource), ScalarNode(attribute, node.span, attribute)), node.span
        )
    return MapNode({key: Entry(node.span, node)}, node.span)
