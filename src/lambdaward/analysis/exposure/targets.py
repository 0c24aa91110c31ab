"""Which function a link means: through aliases and versions, with the qualifier that the call carries."""

from __future__ import annotations

from lambdaward.analysis.exposure.trigger import Target
from lambdaward.model import Alias, Estate, Function, FunctionVersion, Link, ResourceId, Value, Verdict, Yes, is_equal


def target_of(estate: Estate, link: Link, qualifier: Value = None) -> Target:
    """The function behind a link. `qualifier` is one that is written beside it."""
    alias = estate.follow(Alias, link)
    if alias is not None and alias.function is not None:
        return Target(_function(estate, alias.function), alias.name)
    version = estate.follow(FunctionVersion, link)
    if version is not None and version.function is not None:
        return Target(_function(estate, version.function), "(version)")
    return Target(_function(estate, link), link.qualifier if qualifier is None else qualifier)


def _function(estate: Estate, link: Link) -> ResourceId | None:
    function = estate.follow(Function, link)
    return None if function is None else function.id


def covers(policy: Target, call: Target) -> Verdict:
    """Whether a resource policy on one target is the one that decides a call to another: each qualifier has its own."""
    if policy.qualifier is None and call.qualifier is None:
        return Yes()
    return is_equal(policy.qualifier, call.qualifier)
