"""What everybody may do, over one estate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lambdaward.analysis.access import Access, Answer, Asker, Principal, Target, Who, told, unlisted
from lambdaward.analysis.paths import Paths
from lambdaward.analysis.permissions.admitted import admitted
from lambdaward.analysis.permissions.report import Report
from lambdaward.analysis.permissions.stock import Stock
from lambdaward.iam import Outcome
from lambdaward.model import ResourceId, Role, UsageError, User, Value

_NO = (Outcome.EXPLICITLY_DENIED, Outcome.IMPLICITLY_DENIED)


class Permissions:
    """Questions about all principals, and all permissions of one."""

    def __init__(self, access: Access, paths: Paths) -> None:
        self._access = access
        self._paths = paths
        self._stock = Stock(access)
        self._estate = access.estate

    def who_can(
        self,
        action: str,
        resource: Value | ResourceId | Target = "*",
        context: Mapping[str, Value] | None = None,
        *,
        closed: bool = False,
    ) -> tuple[Answer, ...]:
        """Whoever can take an action on a resource, surely (first) or perhaps: the roles and users of the estate, and the
        accounts, services and others that the resource's policy names. What would change an answer is left out.

        Raises `UsageError` for an action that the catalogue does not list: nothing can be said of it.
        """
        unknown = unlisted(action)
        if unknown is not None:
            raise UsageError(f"{unknown.reason}; {unknown.settle}")
        questions = self._access.questions
        target = questions.target(resource)
        keys = context or {}
        found = []
        for asker in self.askers(action, target):
            if questions.is_idle(asker, action, target):
                continue
            decision = questions.decide(asker, action, target, keys, closed=closed)
            if decision.outcome not in _NO:
                found.append(told(questions, asker, action, target, decision))
        return tuple(sorted(found, key=lambda answer: answer.outcome is not Outcome.ALLOWED))

    def of(self, who: Who | Asker) -> Report:
        """Everything that a principal, or a function by its role, may do."""
        return Report(self._access, self._paths, self._stock, self._access.questions.asker(who))

    def askers(self, action: str, target: Target) -> Iterator[Asker]:
        """Everybody who may be allowed anything on a resource."""
        principals: tuple[Principal, ...] = (*self._estate.all(Role), *self._estate.all(User))
        yield from map(self._access.questions.asker, principals)
        yield from dict.fromkeys(admitted(self._access, target, taking=action.lower().startswith("sts:")))
