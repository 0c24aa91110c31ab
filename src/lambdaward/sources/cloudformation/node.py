"""A template as written: a tree of nodes with their spans, before any intrinsic function is evaluated.

The reader makes it from YAML or JSON, the SAM lowering rewrites it (new nodes carry the span of what the user wrote that
caused them), and the evaluator turns it into values. Short tags are already in long form: `!Sub x` is `{"Fn::Sub": x}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lambdaward.model import Problem


class Span(Struct, frozen=True, gc=False):
    """A stretch of a file; lines and columns count from 1, the end column is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class ScalarNode(Struct, frozen=True, gc=False):
    """A scalar: its value by YAML 1.1 as CloudFormation reads it, and its text as written (`0123` keeps its zero)."""

    value: str | int | float | bool | None
    span: Span
    text: str = ""


class ListNode(Struct, frozen=True, gc=False):
    """A sequence of nodes."""

    items: tuple[Node, ...]
    span: Span


class MapNode(Struct, frozen=True, gc=False):
    """A mapping. `entries` keeps the order and gives each key its own span."""

    entries: dict[str, Entry]
    span: Span

    def get(self, key: str) -> Node | None:
        """The node under a key, or `None`."""
        entry = self.entries.get(key)
        return entry.value if entry else None

    def __iter__(self) -> Iterator[tuple[str, Node]]:
        return ((key, entry.value) for key, entry in self.entries.items())


class Entry(Struct, frozen=True, gc=False):
    """One key of a mapping: the span of the key itself, and its node."""

    key_span: Span
    value: Node


Node = ScalarNode | ListNode | MapNode


class Comment(Struct, frozen=True, gc=False):
    """A comment of a template, without its `#`. `own_line` when nothing else stands on its line."""

    line: int
    text: str
    own_line: bool


class Document(Struct, frozen=True, gc=False):
    """A read file: its root node, its comments, its text by lines (unmasked: it never leaves the sources), faults that did not
    stop the reading, and how many nodes it has, aliases counted by what they stand for.
    """

    file: str
    root: Node
    comments: tuple[Comment, ...]
    lines: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    nodes: int = 0
