"""The JSON Schema of the configuration file, published as `schemas/config.schema.json`."""

from __future__ import annotations

from typing import Any

import msgspec

from lambdaward.config.config import Config

URI = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The schema of `lambdaward.toml`, and of `[tool.lambdaward]` in `pyproject.toml`."""
    (_,), parts = msgspec.json.schema_components([Config], ref_template="#/$defs/{name}")
    top = parts.pop("Config")
    return {"$schema": URI, **top, "title": "lambdaward configuration", "$defs": dict(sorted(parts.items()))}
