"""Masking: a file's text with everything that may be a secret replaced by `*` of the same length.

Reports print code frames from masked files only, so no rule's frame can show a neighbour's secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lambdaward.model import Comment, SourceFile
from lambdaward.sources.cloudformation.node import Document, ListNode, MapNode, Node, ScalarNode, Span

# Names whose literal values are masked wherever they stand. Words, so that `TokenTable` or `KeySchema` are not meant.
_SECRET_NAME = re.compile(
    r"(?i)(?:pass(?:word|wd|phrase)|secret(?!s?manager)|credential|private_?key|api_?key|access_?key|token|auth_?key|"
    r"connection_?string|webhook|dsn)(?!s?(?:arn|name|id|table|path|type|policy|rotation|url_?expiry))"
)
_SECRET_TEXT = re.compile(
    r"\b(?:AKIA|ASIA)[A-Z0-9]{12,20}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{20,255}"
    r"|\bgithub_pat_[A-Za-z0-9_]{20,255}"
    r"|\b[sr]k_(?:live|test)_[A-Za-z0-9]{8,255}"
    r"|\bxox[abposr]-[A-Za-z0-9-]{10,255}"
    r"|\bAIza[A-Za-z0-9_-]{30,60}"
    r"|\beyJ[A-Za-z0-9_-]{8,2000}\.[A-Za-z0-9_-]{8,4000}(?:\.[A-Za-z0-9_-]{0,2000})?"
    r"|(?<=://)[^\s/:@'\"]{1,128}:[^\s/@'\"]{1,256}(?=@)"
    r"|(?i:(?<=password=)|(?<=passwd=)|(?<=secret=)|(?<=token=)|(?<=api_key=)|(?<=apikey=))[^\s'\";&,]{4,256}"
)
_ASSIGNED = re.compile(
    r"(?i)(?:password|passwd|secret|token|api_?key|access_?key|credential)\w{0,32}['\"]?\s{0,4}[:=]\s{0,4}['\"]([^'\"]{4,512})['\"]"
)


def is_secret_name(name: str) -> bool:
    """Whether what bears a name is probably a secret."""
    return _SECRET_NAME.search(name) is not None


def mask(document: Document) -> SourceFile:
    """The document's text, masked by its structure and by what looks like a secret anywhere."""
    lines = [_mask_line(line) for line in document.lines]
    for span in _secret_spans(document.root):
        _mask_span(lines, span)
    in_key = False
    for number, line in enumerate(lines):
        in_key = in_key or "-----BEGIN " in line
        if in_key:
            lines[number] = _stars(line, 0, len(line))
        in_key = in_key and "-----END " not in line
    comments = tuple(Comment(note.line, _mask_line(note.text), note.own_line) for note in document.comments)
    return SourceFile(document.file, tuple(lines), comments)


def _mask_line(line: str) -> str:
    for match in _SECRET_TEXT.finditer(line):
        line = _stars(line, match.start(), match.end())
    for match in _ASSIGNED.finditer(line):
        line = _stars(line, match.start(1), match.end(1))
    return line


def _stars(line: str, start: int, end: int) -> str:
    return line[:start] + re.sub(r"\S", "*", line[start:end]) + line[end:]


def _mask_span(lines: list[str], span: Span) -> None:
    for number in range(span.line, min(span.end_line, len(lines)) + 1):
        line = lines[number - 1]
        start = span.column - 1 if number == span.line else 0
        end = span.end_column - 1 if number == span.end_line else len(line)
        lines[number - 1] = _stars(line, start, end)


def _secret_spans(root: Node) -> Iterator[Span]:
    """Literals that may be secrets by where they stand: environment variables, defaults of parameters, secret-like names."""
    stack: list[tuple[str, Node, bool]] = [("", root, False)]
    while stack:
        name, node, hidden = stack.pop()
        match node:
            case ScalarNode():
                if hidden and isinstance(node.value, str) and len(node.value) > 1:
                    yield node.span
            case ListNode():
                stack += [(name, item, hidden) for item in node.items]
            case MapNode():
                stack += _members(name, node, hidden=hidden)


def _members(name: str, node: MapNode, *, hidden: bool) -> Iterator[tuple[str, Node, bool]]:
    """The members of a mapping, each with whether its literals are hidden. A function's arguments are references."""
    if (
        len(node.entries) == 1
        and (function := next(iter(node.entries)))
        and (function == "Ref" or function.startswith("Fn::"))
    ):
        keep = hidden and function in ("Fn::If", "Fn::Sub", "Fn::Join", "Fn::Base64")
        argument = next(iter(node))[1]
        skip_first = function == "Fn::If" and isinstance(argument, ListNode)
        items = argument.items[1:] if skip_first and isinstance(argument, ListNode) else (argument,)
        yield from ((name, item, keep) for item in items)
        return
    echo = node.get("NoEcho")
    no_echo = isinstance(echo, ScalarNode) and echo.text.lower() == "true"
    for key, value in node:
        variables = name == "Environment" and key == "Variables"
        default = key == "Default" and (no_echo or bool(_SECRET_NAME.search(name)))
        named = isinstance(value, ScalarNode) and bool(_SECRET_NAME.search(key))
        inherited = hidden and name in ("Variables", "Environment")
        yield key, value, variables or default or named or inherited
