"""The keys that functions and the secrets beside them are encrypted with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lambdaward.model import Function, KeyAlias, Link, ResourceId, StoredSecret

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis


def used_keys(analysis: Analysis) -> frozenset[ResourceId]:
    """The keys of the estate that functions or secrets name, by themselves or by an alias."""
    named = {link.target for link in _links(analysis) if link and link.target}
    aliases = (alias.key.target for alias in analysis.estate.all(KeyAlias) if alias.id in named and alias.key)
    return frozenset(named | {key for key in aliases if key})


def _links(analysis: Analysis) -> Iterator[Link | None]:
    for function in analysis.estate.all(Function):
        yield from (function.kms_key, function.code_kms_key, function.durable_kms_key)
    for secret in analysis.estate.all(StoredSecret):
        yield secret.kms_key
