"""What a template says beside its resources, as one part of the estate: values can stand there too."""

from __future__ import annotations

from lambdaward.model import TEMPLATE, Resource, ResourceId
from lambdaward.sources.cloudformation.node import Document, Entry, ListNode, MapNode, ScalarNode, Span
from lambdaward.sources.cloudformation.program.evaluator import Evaluated, Evaluator, origin
from lambdaward.sources.cloudformation.program.template import Template

SECTIONS = ("Description", "Parameters", "Mappings", "Metadata", "Outputs")
COMMENTS = "Comments"
NAME = "(template)"
"""The name of the part in its stack. No logical id has parentheses."""


def around(stack: str, template: Template, evaluator: Evaluator) -> tuple[Resource, Evaluated]:
    """The sections of a template that declare no resources, and its comments, with where each value stands."""
    entries = {name: template.root.entries[name] for name in SECTIONS if name in template.root.entries}
    if comments := _comments(template.documents):
        entries[COMMENTS] = Entry(comments.span, comments)
    found = evaluator.resource(MapNode(entries, template.root.span))
    found.origins[()] = origin(Span(template.file.shown, 1, 1, 1, 1))
    identity = ResourceId(stack, NAME)
    properties = found.value if isinstance(found.value, dict) else {}
    return Resource(id=identity, type=TEMPLATE, properties=properties, shown=template.file.shown), found


def _comments(documents: tuple[Document, ...]) -> ListNode | None:
    nodes: list[ScalarNode] = []
    for document in documents:
        for comment in document.comments:
            text = document.lines[comment.line - 1] if comment.line <= len(document.lines) else ""
            end = len(text) + 1
            start = end - len(comment.text)
            nodes.append(
                ScalarNode(comment.text, Span(document.file, comment.line, start, comment.line, end), comment.text)
            )
    return ListNode(tuple(nodes), nodes[0].span) if nodes else None
