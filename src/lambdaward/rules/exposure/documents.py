"""Whole policy documents on functions (`AWS::Lambda::ResourcePolicy`), for the rules that judge single permissions as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lambdaward.analysis.exposure import FUNCTION
from lambdaward.analysis.guards import Admitted
from lambdaward.model import Link, ResourcePolicy
from lambdaward.rules import Found
from lambdaward.rules.exposure.proof import called, functions

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis


def stated(analysis: Analysis) -> Iterator[tuple[Admitted, Found]]:
    """Every principal that a document on a function admits, with the finding that it would be: its message is the function."""
    documents = [policy for policy in analysis.estate.all(ResourcePolicy) if policy.subject_type == FUNCTION]
    for policy in documents:
        for link in policy.subjects:
            if link.target is not None:
                yield from _of(analysis, policy, link)


def _of(analysis: Analysis, policy: ResourcePolicy, link: Link) -> Iterator[tuple[Admitted, Found]]:
    if link.target is None:
        return
    for admitted in analysis.guards.admitted(link.target):
        if admitted.place.resource == policy.id:
            yield (
                admitted,
                Found(
                    record=policy,
                    place=admitted.place,
                    message=called(analysis, link),
                    key=admitted.key,
                    functions=functions(analysis, link),
                ),
            )
