"""Masking: a file's text with everything that may be a secret replaced by `*` of the same length.

Reports print code frames from masked files only, so no rule's frame can show a neighbour's secret.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from lambdaward.model import Comment, SourceFile, pattern
from lambdaward.sources.cloudformation.node import Document, ListNode, MapNode, Node, ScalarNode, Span

# Names whose literal values are masked wherever they stand. Words, so that `TokenTable` or `KeySchema` are not meant.
_SECRET_NAME = pattern(
    r"(?i)(?:pass(?:word|wd|phrase)|secret(?!s?manager)|credential|private_?key|api_?key|access_?key|token|auth_?key|"
    r"connection_?string|webhook|dsn)(?!s?(?:arn|name|id|table|path|type|policy|rotation|url_?expiry))"
)
_SEEN = pattern(r"\S")

# What looks like a secret wherever it stands: the words without which it cannot be there (in lower case; looking for a word
# is a hundred times faster), and the pattern, whose group is the secret where it has one.
_SECRETS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (("akia", "asia"), pattern(r"\b(?:AKIA|ASIA)[A-Z0-9]{12,20}\b")),
    (("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), pattern(r"\bgh[pousr]_[A-Za-z0-9]{20,255}")),
    (("github_pat_",), pattern(r"\bgithub_pat_[A-Za-z0-9_]{20,255}")),
    (("k_live_", "k_test_"), pattern(r"\b[sr]k_(?:live|test)_[A-Za-z0-9]{8,255}")),
    (("xox",), pattern(r"\bxox[abposr]-[A-Za-z0-9-]{10,255}")),
    (("aiza",), pattern(r"\bAIza[A-Za-z0-9_-]{30,60}")),
    (
        ("eyj",),
        pattern(r"\beyJ[A-Za-z0-9_-]{8,2000}\.[A-Za-z0-9_-]{8,4000}(?:\.[A-Za-z0-9_-]{0,2000})?"),
    ),
    (("://",), pattern(r"://([^\s/:@'\"]{1,128}:[^\s/@'\"]{1,256})(?=@)")),
    (
        ("password=", "passwd=", "secret=", "token=", "api_key=", "apikey="),
        pattern(r"(?i)(?:password|passwd|secret|token|api_?key)=([^\s'\";&,]{4,256})"),
    ),
    (
        ("password", "passwd", "secret", "token", "api_key", "apikey", "access_key", "accesskey", "credential"),
        pattern(
            r"(?i)(?:password|passwd|secret|token|api_?key|access_?key|credential)\w{0,32}"
            r"['\"]?\s{0,4}[:=]\s{0,4}['\"]([^'\"]{4,512})['\"]"
        ),
    ),
)


@lru_cache(maxsize=4096)
def is_secret_name(name: str) -> bool:
    """Whether what bears a name is probably a secret."""
    return _SECRET_NAME.search(name) is not None


def mask(document: Document) -> SourceFile:
    """The document's text, masked by its structure and by what looks like a secret anywhere."""
    lines = _masked(document.lines)
    for number, stretches in _stretches(document).items():
        lines[number] = _hide(lines[number], stretches)
    if any("-----BEGIN " in line for line in lines):
        _hide_keys(lines)
    texts = _masked([note.text for note in document.comments])
    comments = tuple(
        Comment(note.line, text, note.own_line) for note, text in zip(document.comments, texts, strict=True)
    )
    return SourceFile(document.file, tuple(lines), comments)


def _hide_keys(lines: list[str]) -> None:
    """Star private keys, line by line, from their beginning to their end."""
    in_key = False
    for number, line in enumerate(lines):
        in_key = in_key or "-----BEGIN " in line
        if in_key:
            lines[number] = _starred(line)
        in_key = in_key and "-----END " not in line


def masked(line: str) -> str:
    """A line with whatever looks like a secret starred."""
    return _masked([line])[0]


def _masked(lines: Sequence[str]) -> list[str]:
    """Lines with whatever looks like a secret starred. Words are looked for in all of them at once."""
    found = list(lines)
    lower = [line.lower() for line in lines]
    whole = "\n".join(lower)
    ends: list[int] = []
    for words, form in _SECRETS:
        present = [word for word in words if word in whole]
        if present:
            ends = ends or list(accumulate(len(line) + 1 for line in lower))
            for number in _having(present, whole, ends):
                found[number] = form.sub(_covered, found[number])
    return found


def _having(words: Iterable[str], text: str, ends: Sequence[int]) -> set[int]:
    """The lines of a text that have one of the words. `ends` are where the lines end, behind their line breaks."""
    numbers: set[int] = set()
    for word in words:
        position = text.find(word)
        while position >= 0:
            number = bisect_right(ends, position)
            numbers.add(number)
            position = text.find(word, ends[number])
    return numbers


def _covered(match: re.Match[str]) -> str:
    """The text of a match with its secret starred."""
    start, end = (edge - match.start() for edge in match.span(match.lastindex or 0))
    return match[0][:start] + _starred(match[0][start:end]) + match[0][end:]


def _starred(text: str) -> str:
    return _SEEN.sub("*", text)


def _hide(line: str, stretches: list[tuple[int, int]]) -> str:
    """A line with some stretches of it starred. It is put together once: lines may be long, and secrets on one many."""
    pieces: list[str] = []
    position = 0
    for start, end in sorted(stretches):
        pieces += [line[position:start], _starred(line[max(start, position) : end])]
        position = max(position, end)
    return "".join([*pieces, line[position:]])


def _stretches(document: Document) -> dict[int, list[tuple[int, int]]]:
    """What is to be hidden on each line (from 0), as columns from and to. A value that aliases repeat counts once."""
    found: dict[int, list[tuple[int, int]]] = {}
    for span in dict.fromkeys(_secret_spans(document.root)):
        for number in range(span.line - 1, min(span.end_line, len(document.lines))):
            start = span.column - 1 if number == span.line - 1 else 0
            end = span.end_column - 1 if number == span.end_line - 1 else len(document.lines[number])
            found.setdefault(number, []).append((start, end))
    return found


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
    entries = node.entries
    if len(entries) == 1 and (function := next(iter(entries))) and (function == "Ref" or function.startswith("Fn::")):
        keep = hidden and function in ("Fn::If", "Fn::Sub", "Fn::Join", "Fn::Base64")
        argument = entries[function].value
        skip_first = function == "Fn::If" and isinstance(argument, ListNode)
        items = argument.items[1:] if skip_first and isinstance(argument, ListNode) else (argument,)
        yield from ((name, item, keep) for item in items)
        return
    echo = node.get("NoEcho")
    no_echo = isinstance(echo, ScalarNode) and echo.text.lower() == "true"
    inherited = hidden and name in ("Variables", "Environment")
    for key, entry in entries.items():
        variables = name == "Environment" and key == "Variables"
        default = key == "Default" and (no_echo or is_secret_name(name))
        named = isinstance(entry.value, ScalarNode) and is_secret_name(key)
        yield key, entry.value, variables or default or named or inherited
