"""Putting the page together: template, style, script and data in one file, under a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from string import Template
from typing import TextIO

from lambdaward.findings import Scan
from lambdaward.model import Estate
from lambdaward.reports.html.pack import pack
from lambdaward.reports.html.rows import Rows
from lambdaward.reports.html.summary import plain, sentence, tiles
from lambdaward.reports.render import Look

STYLES = ("theme.css", "layout.css", "parts.css", "print.css")
SCRIPTS = (
    "dom.js",
    "data.js",
    "state.js",
    "filter.js",
    "window.js",
    "frame.js",
    "prose.js",
    "detail.js",
    "list.js",
    "table.js",
    "overview.js",
    "coverage.js",
    "printing.js",
    "keys.js",
    "main.js",
)


def write(scan: Scan, estate: Estate, stream: TextIO, look: Look) -> None:  # noqa: ARG001 - a page brings its own look
    """Write the page."""
    stream.write(render(scan, estate))


def render(scan: Scan, estate: Estate) -> str:
    """One self-contained offline page of a scan. Whatever was scanned is in it as packed data or escaped text, never as
    markup, and its content-security policy admits only its own script and style and no request at all."""
    style, script = _assets(STYLES), _assets(SCRIPTS)
    return Template(_assets(("page.html",))).substitute(
        policy=_policy(style, script),
        style=style,
        script=script,
        tiles=tiles(scan),
        sentence=sentence(scan, estate),
        plain=plain(scan),
        data=pack(Rows(scan, estate).payload()),
    )


@cache
def _assets(names: tuple[str, ...]) -> str:
    folder = files("lambdaward.reports.html") / "assets"
    return "\n".join((folder / name).read_text("utf-8") for name in names)


def _policy(style: str, script: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_hash(style)}",
            f"script-src {_hash(script)}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"
