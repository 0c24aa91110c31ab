"""JSON to nodes with positions. Stricter than YAML where it must be, and at home with tabs and surrogate pairs."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from json import JSONDecodeError

from lambdaward.model import InputError, Problem, pattern
from lambdaward.sources.cloudformation.node import Entry, ListNode, MapNode, Node, ScalarNode, Span
from lambdaward.sources.cloudformation.reader.limits import Limits, note_duplicate, too_large
from lambdaward.sources.cloudformation.reader.scalars import readable
from lambdaward.sources.cloudformation.reader.yaml import Composed

_TOKEN = pattern(r'[ \t\n]*(?:([{}\[\],:])|(")|(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null))')
_STRING = pattern(r'"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*"')
_WORDS = {"true": True, "false": False, "null": None}


class _Token:
    """A token: its kind (a bracket, `,`, `:`, `s` for a string, `v` for another scalar, `` at the end) and where it stands."""

    __slots__ = ("end", "kind", "start", "text")

    def __init__(self, kind: str, text: str, start: int, end: int) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end


def compose_json(source: str, file: str, limits: Limits) -> Composed:
    """Compose a JSON text. Raises `InputError` with the place of the first fault."""
    return _Parser(source, file, limits).document()


class _Parser:
    def __init__(self, source: str, file: str, limits: Limits) -> None:
        self._source = source
        self._file = file
        self._limits = limits
        self._count = 0
        self._lines = [0, *(match.end() for match in re.finditer("\n", source))]
        self._tokens = self._scan()
        self._problems: list[Problem] = []

    def document(self) -> Composed:
        node = self._node(next(self._tokens), 0)
        extra = next(self._tokens)
        if extra.kind:
            raise self._error(extra.start, "something follows the end of the JSON value", "remove it")
        return Composed(node, [], tuple(self._problems), self._count)

    def _scan(self) -> Iterator[_Token]:
        position, source = 0, self._source
        while match := _TOKEN.match(source, position):
            if match[1]:
                yield _Token(match[1], match[1], match.start(1), position := match.end())
            elif match[2]:
                text, position = self._string(match.start(2))
                yield _Token("s", text, match.start(2), position)
            else:
                yield _Token("v", match[3], match.start(3), position := match.end())
        rest = len(source) - len(source[position:].lstrip(" \t\n"))
        if rest < len(source):
            raise self._error(rest, f"not valid JSON: unexpected {source[rest]!r}", "correct the JSON there")
        yield _Token("", "", rest, rest)

    def _string(self, start: int) -> tuple[str, int]:
        match = _STRING.match(self._source, start)
        if not match:
            raise self._error(
                start, "not valid JSON: the string has no end or holds a line break", "correct the string"
            )
        try:
            return readable(json.loads(match[0])), match.end()
        except JSONDecodeError as error:
            raise self._error(start + error.pos, f"not valid JSON: {error.msg}", "correct the string there") from None

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def _span(self, start: int, end: int) -> Span:
        return Span(self._file, *self._place(start), *self._place(end))

    def _error(self, offset: int, problem: str, remedy: str) -> InputError:
        line, column = self._place(offset)
        return InputError(self._file, problem, remedy, line=line, column=column)

    def _node(self, token: _Token, depth: int) -> Node:
        self._count += 1
        if self._count > self._limits.nodes:
            raise too_large(self._file, f"has more than {self._limits.nodes:,} nodes", *self._place(token.start))
        if depth > self._limits.depth:
            raise self._error(token.start, f"the file nests deeper than {self._limits.depth} levels", "flatten it")
        match token.kind:
            case "{":
                return self._object(token, depth)
            case "[":
                return self._array(token, depth)
            case "s":
                return ScalarNode(token.text, self._span(token.start, token.end), token.text)
            case "v":
                return ScalarNode(_value(token.text), self._span(token.start, token.end), token.text)
        what = f"unexpected {token.kind!r}" if token.kind else "the file ends too early"
        raise self._error(token.start, f"not valid JSON: {what}", "correct the JSON there")

    def _object(self, start: _Token, depth: int) -> MapNode:
        entries: dict[str, Entry] = {}
        token = next(self._tokens)
        while token.kind != "}":
            if token.kind != "s":
                raise self._error(token.start, "not valid JSON: a key in double quotes is expected", "write one")
            self._check_key(token, entries)
            self._expect(":")
            value = self._node(next(self._tokens), depth + 1)
            entries[token.text] = Entry(self._span(token.start, token.end), value)
            token = self._after_member("}")
        return MapNode(entries, self._span(start.start, token.end))

    def _check_key(self, token: _Token, entries: dict[str, Entry]) -> None:
        if token.text in entries:
            note_duplicate(self._problems, token.text, self._span(token.start, token.end))
        if len(token.text) > self._limits.key:
            raise self._error(token.start, f"a key is longer than {self._limits.key:,} characters", "shorten it")

    def _array(self, start: _Token, depth: int) -> ListNode:
        items: list[Node] = []
        token = next(self._tokens)
        while token.kind != "]":
            items.append(self._node(token, depth + 1))
            token = self._after_member("]")
        return ListNode(tuple(items), self._span(start.start, token.end))

    def _after_member(self, closing: str) -> _Token:
        """The token that starts the next member, or the closing bracket. A comma before a bracket is a fault."""
        token = next(self._tokens)
        if token.kind == closing:
            return token
        if token.kind != ",":
            raise self._error(token.start, f"not valid JSON: `,` or `{closing}` is expected", "write one")
        member = next(self._tokens)
        if member.kind == closing:
            raise self._error(token.start, f"not valid JSON: a comma before `{closing}`", "remove the comma")
        return member

    def _expect(self, kind: str) -> None:
        token = next(self._tokens)
        if token.kind != kind:
            raise self._error(token.start, f"not valid JSON: `{kind}` is expected", "write one")


def _value(text: str) -> int | float | bool | str | None:
    if text in _WORDS:
        return _WORDS[text]
    if len(text) > 30 or any(mark in text for mark in ".eE"):
        number = float(text)
        return number if str(number) == text else text
    return int(text)
