"""What an organization's policies can limit."""

from __future__ import annotations

from functools import cache

from lambdaward.catalog.sheet import sheet


@cache
def rcp_services() -> frozenset[str]:
    """The services that resource control policies know, by the prefix of their actions."""
    return frozenset(sheet("rcp_services", tuple[str, ...]).rows)
