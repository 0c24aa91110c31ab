"""Comments of a YAML file, which the parser drops: found line by line, outside of quoted and block scalars."""

from __future__ import annotations

from lambdaward.model import pattern
from lambdaward.sources.cloudformation.node import Comment
from lambdaward.sources.cloudformation.reader.yaml import Quoted

_START = pattern(r"(?:^|(?<=[ \t]))#")


def comments_of(lines: tuple[str, ...], quoted: Quoted) -> tuple[Comment, ...]:
    """Every comment, in order. `quoted` are the spans of scalars in which a `#` is text; they do not overlap."""
    spans = sorted(quoted)
    found: list[Comment] = []
    position = 0
    for number, line in enumerate(lines):
        for match in _START.finditer(line) if "#" in line else ():
            here = (number, match.start())
            while position < len(spans) and spans[position][2:] <= here:
                position += 1
            if position == len(spans) or here < spans[position][:2]:
                found.append(Comment(number + 1, line[match.end() :].strip(), not line[: match.start()].strip()))
                break
    return tuple(found)
