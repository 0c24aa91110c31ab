"""The HTML report as a format among others."""

from __future__ import annotations

from typing import TextIO

from lambdaward.findings import Scan
from lambdaward.model import Estate
from lambdaward.reports import html
from lambdaward.reports.render import Look


def write(scan: Scan, estate: Estate, stream: TextIO, look: Look) -> None:  # noqa: ARG001 - a page brings its own look
    """Write the page."""
    stream.write(html.render(scan, estate))
