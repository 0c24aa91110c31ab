"""The SARIF report: version 2.1.0, for code scanning services and editors."""

from __future__ import annotations

from typing import TextIO

from lambdaward.findings import Scan
from lambdaward.model import Estate
from lambdaward.reports.json import dumps
from lambdaward.reports.render import Look
from lambdaward.reports.sarif.run import run

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write(scan: Scan, estate: Estate, stream: TextIO, look: Look) -> None:  # noqa: ARG001 - data has no look
    """Write a log of one run."""
    stream.write(dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run(scan, estate)]}))
