"""Who a function's own resource policy admits: its permissions, one statement each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lambdaward.analysis.exposure.targets import covers, target_of
from lambdaward.analysis.exposure.trigger import Target
from lambdaward.analysis.guards import Guards
from lambdaward.model import (
    Estate,
    Fact,
    No,
    Permission,
    Pseudo,
    Ref,
    ResourceId,
    ResourcePolicy,
    Text,
    TextValue,
    Unknown,
    Unsure,
    Verdict,
    Yes,
    all_of,
    alternatives,
    any_of,
    is_equal,
    literal,
    unknowns,
)

INVOKE = "lambda:InvokeFunction"
INVOKE_URL = "lambda:InvokeFunctionUrl"
FUNCTION = "AWS::Lambda::Function"


class Grants:
    """The permissions and policy documents of an estate, by the function that they let others call."""

    def __init__(self, estate: Estate, guards: Guards) -> None:
        self.guards = guards
        self._documents: dict[object, list[tuple[ResourceId, Target]]] = {}
        for document in estate.all(ResourcePolicy):
            for link in document.subjects if document.subject_type == FUNCTION else ():
                target = target_of(estate, link)
                if link.target and target.function:
                    self._documents.setdefault(target.function, []).append((link.target, target))
        self._by_function: dict[object, list[tuple[Permission, Target]]] = {}
        for permission in estate.all(Permission):
            if permission.function is not None:
                target = target_of(estate, permission.function)
                self._by_function.setdefault(target.function, []).append((permission, target))

    def on(self, target: Target) -> tuple[Permission, ...]:
        """The permissions in the policy that decides calls to a target, those that may be in it included."""
        listed = self._by_function.get(target.function, []) if target.function else []
        return tuple(permission for permission, held in listed if not isinstance(covers(held, target), No))

    def of(self, target: Target) -> tuple[Permission, ...]:
        """The permissions of a function, whatever their qualifier."""
        return tuple(permission for permission, _ in self._by_function.get(target.function, ()))

    def through_url(self, target: Target, *, auth: str, both: bool) -> Verdict:
        """Whether everybody may call a target through its URL. `both`: whether `lambda:InvokeFunction` is needed beside
        `lambda:InvokeFunctionUrl`."""
        permissions = self.on(target)
        by_url = self.documents(target, INVOKE_URL, {"lambda:FunctionUrlAuthType": auth})
        needed = [any_of((*(_admits_by_url(permission, auth) for permission in permissions), by_url))]
        if both:
            invoke = self.documents(target, INVOKE, {"lambda:InvokedViaFunctionUrl": "true"})
            needed.append(any_of((*(_admits_invoke(permission, by_url=True) for permission in permissions), invoke)))
        return all_of(needed)

    def documents(self, target: Target, action: str, keys: Mapping[str, str] | None = None) -> Verdict:
        """Whether the policy documents on a target let everybody take an action."""
        guarded = self._documents.get(target.function, []) if target.function else []
        held = (subject for subject, policy in guarded if not isinstance(covers(policy, target), No))
        return any_of(self.guards.open(subject, action, keys) for subject in held)

    def guarded(self, function: ResourceId) -> tuple[ResourceId, ...]:
        """The function and its aliases and versions that policy documents guard."""
        return tuple(dict.fromkeys(subject for subject, _ in self._documents.get(function, ())))

    def direct(self, permission: Permission) -> Verdict:
        """Whether a permission lets every AWS account invoke its function directly."""
        return _admits_invoke(permission, by_url=False)


def everybody(permission: Permission) -> Verdict:
    """Whether a permission's principal is everybody, with nothing beside it that narrows that down."""
    bounds = (permission.source_arn, permission.source_account, permission.organization)
    return all_of((_is_star(permission.principal), *(unset(bound) for bound in bounds)))


def _is_star(principal: TextValue) -> Verdict:
    """Whether a principal is `*`. A reference to a resource or account never is."""
    if isinstance(principal, Text) and any(isinstance(part, Ref | Pseudo) for part in principal.parts):
        return No()
    return is_equal(principal, "*")


def unset(value: TextValue) -> Verdict:
    """Whether a bound is not there: `*` bounds nothing."""
    options = alternatives(value)
    if all(option is None or option == "*" for option in options):
        return Yes()
    if any(option is None or option == "*" for option in options):
        return Unsure(tuple(unknowns(value)))
    return No()


def allows(permission: Permission, action: str) -> Verdict:
    """Whether a permission's action covers one action."""
    return any_of(_covers_action(option, action) for option in alternatives(permission.action))


def invokes(permission: Permission) -> bool:
    """Whether a permission may be about invoking at all, directly or by a URL."""
    return any(not isinstance(allows(permission, action), No) for action in (INVOKE, INVOKE_URL))


def _covers_action(written: object, action: str) -> Verdict:
    known = literal(written) if isinstance(written, str) else None
    if known is None:
        return Unsure((Unknown("the action is only known after deployment"),))
    covered = known.lower() in (action.lower(), "*", "lambda:*", "lambda:invoke*")
    return Yes() if covered else No()


def _admits_by_url(permission: Permission, auth: str) -> Verdict:
    kind = any_of((unset(permission.url_auth_type), is_equal(permission.url_auth_type, auth)))
    return _proved(permission, (allows(permission, INVOKE_URL), everybody(permission), kind))


def _admits_invoke(permission: Permission, *, by_url: bool) -> Verdict:
    direct = any_of((unset_flag(permission.via_url), is_equal(permission.via_url, False)))
    conditions = [allows(permission, INVOKE), everybody(permission), unset(permission.url_auth_type)]
    token = Yes() if permission.event_source_token is None else No()
    return _proved(permission, (*conditions, token, *(() if by_url else (direct,))))


def unset_flag(value: object) -> Verdict:
    """Whether a flag is not set."""
    return Yes() if value is None else No() if isinstance(value, bool) else Unsure((Unknown("a flag is not known"),))


def _proved(permission: Permission, verdicts: Iterable[Verdict]) -> Verdict:
    answer = all_of(verdicts)
    if isinstance(answer, Yes):
        return Yes((Fact(f"{permission.shown} lets everybody in", permission.place("Principal")),))
    return No() if isinstance(answer, No) else answer
