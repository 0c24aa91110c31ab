"""The finding that a role may take some named actions on whatever resource there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lambdaward.catalog import actions
from lambdaward.rules import Doubt, Found, Severity
from lambdaward.rules.identity.weight import about, grants, open_question

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis


def everything_of(
    analysis: Analysis, names: tuple[str, ...], severity: Severity, meaning: str
) -> Iterator[Found | Doubt]:
    """A finding for each grant that reaches every resource with one of the named actions."""
    expansion = actions().expand_many(names)
    wanted = expansion.mask
    for role in analysis.roles.execution if expansion.unknowns else ():
        yield from open_question(role, role.role.place(), f"may {role.names} {meaning}?", expansion.unknowns)
    for role, grant in grants(analysis):
        if not grant.mask & wanted or grant.elsewhere:
            continue
        reach = analysis.roles.everywhere(grant, wanted)
        first = next(actions().names(grant.mask & wanted))
        if reach.actions:
            message = f"the role of {role.names} may {meaning}"
            yield about(analysis, role, grant.place(reach.actions[0]), message, severity)
        else:
            yield from open_question(role, grant.place(first), f"may {role.names} {meaning}?", reach.doubts)
