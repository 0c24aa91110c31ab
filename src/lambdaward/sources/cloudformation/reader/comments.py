"""Comments of a YAML file, which the parser drops: found line by line, outside of quoted and block scalars."""

from __future__ import annotations

import re

from lambdaward.sources.cloudformation.node import Comment
from lambdaward.sources.cloudformation.reader.yaml import Quoted

_START = re.compile(r"(?:^|(?<=[ \t]))#")


def comments_of(lines: tuple[str, ...], quoted: Quoted) -> tuple[Comment, ...]:
    """Every comment, in order. `quoted` are the spans of scalars in which a `#` is text."""
    spans: dict[int, list[tuple[int, int, int, int]]] = {}
    for span in quoted:
        for number in range(span[0], span[2] + 1):
            spans.setdefault(number, []).append(span)
    found = []
    for number, line in enumerate(lines):
        if "#" not in line:
            continue
        for match in _START.finditer(line):
            if not any(_inside(number, match.start(), span) for span in spans.get(number, ())):
                found.append(Comment(number + 1, line[match.end() :].strip(), not line[: match.start()].strip()))
                break
    return tuple(found)


def _inside(line: int, column: int, span: tuple[int, int, int, int]) -> bool:
    return (span[0], span[1]) <= (line, column) < (span[2], span[3])
