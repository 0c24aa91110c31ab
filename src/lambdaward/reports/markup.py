"""Text from scanned files in Markdown: shown as it is, never obeyed. Nothing in it makes markup, links or mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType

from lambdaward.reports.text import clipped, visible

# A zero-width space keeps services from turning what follows into a mention, a reference or a link.
BREAK = "&#8203;"

# Longer texts are clipped: a comment is for reading, and GitHub limits its size.
MOST_TEXT = 600
MOST_CELL = 200

ENTITIES: Mapping[str, str] = MappingProxyType(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "@": f"@{BREAK}", "#": f"#{BREAK}"}
)
ESCAPES: Mapping[str, str] = MappingProxyType(
    {**ENTITIES, **{char: f"\\{char}" for char in "\\`*_[]|~!$"}, "#": f"\\#{BREAK}"}
)
IN_HTML, IN_MARKDOWN = str.maketrans(dict(ENTITIES)), str.maketrans(dict(ESCAPES))


def prose(text: str) -> str:
    """A text in a paragraph or list. What stands between backticks stays code; everything else is escaped."""
    return _spans(text, MOST_TEXT, _escaped, _code)


def cell(text: str) -> str:
    """A text in a cell of a table. Code is an element there: between backticks a pipe would end the cell."""
    return _spans(text, MOST_CELL, _escaped, lambda part: f"<code>{_escaped(part)}</code>")


def inline_html(text: str) -> str:
    """A text inside an HTML element, where Markdown is not read."""
    return _spans(text, MOST_TEXT, _entities, lambda part: f"<code>{_entities(part)}</code>")


def _spans(text: str, most: int, plain: Callable[[str], str], code: Callable[[str], str]) -> str:
    """A text of which what stands between backticks is written as code. A backtick without its partner is a character."""
    parts = visible(clipped(text, most)).split("`")
    if len(parts) % 2 == 0:
        return plain("`".join(parts))
    return "".join(code(part) if at % 2 else plain(part) for at, part in enumerate(parts))


def fitting(parts: Iterable[str], room: int) -> Iterator[str]:
    """The first parts that fit into some characters: a comment has a limit."""
    for part in parts:
        room -= len(part)
        if room < 0:
            return
        yield part


def fenced(text: str) -> str:
    """Lines as a code block that they cannot end."""
    longest = max((len(list(run)) for char, run in groupby(text) if char == "`"), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _escaped(text: str) -> str:
    return _unlinked(text.translate(IN_MARKDOWN))


def _entities(text: str) -> str:
    return _unlinked(text.translate(IN_HTML))


def _unlinked(text: str) -> str:
    return text.replace("://", f":{BREAK}//").replace("www.", f"www{BREAK}.")


def _code(text: str) -> str:
    return f"`{text}`" if text.strip() else _escaped(f"`{text}`")
