"""What would change an answer: which statements it rests on, and which just miss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lambdaward.analysis.access.asking import Asker, by_resource
from lambdaward.iam import Analysis, CallerKind, Clause, Decision, Outcome, PolicySet, Request, Type
from lambdaward.model import show

if TYPE_CHECKING:
    from lambdaward.analysis.access.access import Access

_MOST = 3
_LIMITS = {
    Type.SCP: "the service control policies of every level",
    Type.ENDPOINT: "the policy of the VPC endpoint",
}
_LONGEST = 120


def changes(access: Access, asker: Asker, decision: Decision) -> Iterator[str]:
    """What would turn an answer into another one, most direct first."""
    if decision.always:
        return
    if decision.outcome is Outcome.ALLOWED:
        yield from _of_allowed(access, decision)
    elif decision.outcome is Outcome.EXPLICITLY_DENIED:
        for _, clause in decision.deciding:
            yield f"{access.stating(clause).shown} would have to go, or to leave this request out"
        if any(analysis.deny is True for analysis in decision.said.by_type.get(Type.PUBLIC, ())):
            yield "S3 Block Public Access would have to leave public policies of the bucket in force"
        yield from _missing(access, asker, decision, also=True)
    elif decision.outcome is Outcome.UNKNOWN:
        yield from dict.fromkeys(unknown.settle for unknown in decision.unknowns if unknown.settle)
    else:
        yield from _missing(access, asker, decision, also=False)


def _of_allowed(access: Access, decision: Decision) -> Iterator[str]:
    found = [access.stating(clause).shown for clause in _allowing(decision)]
    if len(found) == 1:
        yield f"without {found[0]} it is denied"
    elif found:
        more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
        yield f"each of these allows it: {', '.join(found[:_MOST])}{more}; a deny ends it at once"


def _allowing(decision: Decision) -> Iterator[Clause]:
    """The statements that surely allow, by the caller's own policies and by the resource's."""
    said, request = decision.said, decision.said.request
    for clause in said.policies.identity.clauses if request.caller.in_account else ():
        if clause.allow and clause.applies(request) is True:
            yield clause
    for analysis in said.by_type.get(Type.RESOURCE, ()):
        if analysis.allowing is not None:
            yield analysis.allowing


def _missing(access: Access, asker: Asker, decision: Decision, *, also: bool) -> Iterator[str]:
    """What would have to allow, and the statements that nearly do."""
    said, tail = decision.said, " as well" if also else ""
    policies, request, found = said.policies, said.request, said.by_type
    silent = request.caller.in_account and request.caller.kind is not CallerKind.ROOT
    silent = silent and _refuses(found.get(Type.IDENTITY))
    resource = _refuses(found.get(Type.RESOURCE))
    both = (
        said.same_account is not True or not request.caller.in_account or by_resource(request.action, request.resource)
    )
    if silent:
        either = ", or the policy of the resource," if resource and not both else ""
        yield f"a policy of {_name(asker)}{either} would have to allow it{tail}"
        yield from _near(access, policies.identity, request)
    if policies.boundary is not None and _refuses(found.get(Type.BOUNDARY)):
        yield f"the permissions boundary would have to allow it{tail}"
        yield from _near(access, policies.boundary, request)
    for kind, name in _LIMITS.items():
        if said.lets(kind) is False:
            yield f"{name} would have to allow it{tail}"
    if both and resource:
        yield f"the policy of the resource would have to allow it{tail}"


def _name(asker: Asker) -> str:
    return (asker.principal.shown or asker.principal.id.name) if asker.principal else asker.shown


def _refuses(analyses: Iterable[Analysis] | None) -> bool:
    return all(analysis.allow is False for analysis in analyses or ())


def _near(access: Access, policies: PolicySet, request: Request) -> Iterator[str]:
    """Statements that allow the action elsewhere, or under conditions that do not hold."""
    found = 0
    for clause in policies.clauses:
        if not clause.allow or clause.names_action(request.action) is False or found == _MOST:
            continue
        if clause.names_resource(request) is False:
            found += 1
            yield f"{access.stating(clause).shown} allows it {_where(clause)}"
        elif clause.holds(request) is False:
            found += 1
            told = " and ".join(condition.shown for condition in clause.statement.conditions)
            yield f"{access.stating(clause).shown} allows it when {_short(told)}"


def _where(clause: Clause) -> str:
    listed = ", ".join(show(part.value) for part in clause.statement.resources or ())
    return _short(f"on everything but {listed}" if clause.statement.not_resource else f"on {listed} only")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
