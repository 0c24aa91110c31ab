"""The JSON report: version 1, published as `schemas/report-1.schema.json`. It is ASCII, so that no terminal obeys it."""

from __future__ import annotations

import json
from typing import Any, TextIO

import msgspec

from lambdaward.findings import Scan
from lambdaward.model import Estate
from lambdaward.reports import wire
from lambdaward.reports.convert import report
from lambdaward.reports.render import Look
from lambdaward.reports.text import well_formed

SCHEMA_URI = "https://json-schema.org/draft/2020-12/schema"


def write(scan: Scan, estate: Estate, stream: TextIO, look: Look) -> None:  # noqa: ARG001 - data has no look
    """Write the report as indented JSON."""
    stream.write(dumps(msgspec.to_builtins(report(scan, estate), str_keys=True, enc_hook=dict)))


def dumps(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """A value as indented ASCII JSON with a line end. Lone surrogates, which JSON readers refuse, are replaced."""
    compact = _compact(value)
    if "\\ud" in compact:
        compact = _compact(_mended(value))
    return msgspec.json.format(compact, indent=2) + "\n"


def _compact(value: Any) -> str:  # noqa: ANN401 - any JSON value
    return json.dumps(value, allow_nan=False, separators=(",", ":"))


def _mended(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, dict):
        return {_mended(key): _mended(member) for key, member in value.items()}
    return [_mended(member) for member in value] if isinstance(value, list | tuple) else value


def schema() -> dict[str, Any]:
    """The JSON Schema of the report."""
    (found,), parts = msgspec.json.schema_components([wire.Report], ref_template="#/$defs/{name}")
    for part in parts.values():
        part["description"] = " ".join(part["description"].split())
    return {
        "$schema": SCHEMA_URI,
        "$id": "urn:lambdaward:report:1",
        "title": "lambdaward report, version 1",
        **found,
        "$defs": dict(sorted(parts.items())),
    }
