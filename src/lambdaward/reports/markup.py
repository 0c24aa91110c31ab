"""Text from scanned files in Markdown: shown as it is, never obeyed. Nothing in it makes markup, links or mentions."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import groupby
from types import MappingProxyType

from lambdaward.reports.text import visible

# A zero-width space keeps services from turning what follows into a mention, a reference or a link.
BREAK = "&#8203;"

ESCAPES: Mapping[int, str] = MappingProxyType(
    {
        **{ord(char): f"\\{char}" for char in "\\`*_[]|~!$"},
        ord("&"): "&amp;",
        ord("<"): "&lt;",
        ord(">"): "&gt;",
        ord("@"): f"@{BREAK}",
        ord("#"): f"\\#{BREAK}",
    }
)


def prose(text: str) -> str:
    """A text in a paragraph or list. What stands between backticks stays code; everything else is escaped."""
    parts = visible(text).split("`")
    if len(parts) % 2 == 0:
        return _escaped("`".join(parts))
    return "".join(_code(part) if at % 2 else _escaped(part) for at, part in enumerate(parts))


def cell(text: str) -> str:
    """A text in a cell of a table, where a pipe ends the cell even within code."""
    parts = prose(text).split("\\|")
    return "\\|".join(part.replace("|", "\\|") for part in parts)


def inline_html(text: str) -> str:
    """A text inside an HTML element, where Markdown is not read."""
    parts = visible(text).split("`")
    if len(parts) % 2 == 0:
        return _entities("`".join(parts))
    return "".join(f"<code>{_entities(part)}</code>" if at % 2 else _entities(part) for at, part in enumerate(parts))


def fenced(text: str) -> str:
    """Lines as a code block that they cannot end."""
    longest = max((len(list(run)) for char, run in groupby(text) if char == "`"), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _escaped(text: str) -> str:
    return _unlinked(text.translate(ESCAPES))


def _entities(text: str) -> str:
    return _unlinked(escape(text).replace("@", f"@{BREAK}").replace(" #", f" #{BREAK}"))


def _unlinked(text: str) -> str:
    return text.replace("://", f":{BREAK}//").replace("www.", f"www{BREAK}.")


def _code(text: str) -> str:
    return f"`{text}`" if text.strip() else _escaped(f"`{text}`")
