"""Which resource of an estate an ARN means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from lambdaward.analysis.access.asking import EVERYTHING, Target
from lambdaward.analysis.access.names import Names
from lambdaward.analysis.arns import fields
from lambdaward.iam import Context, Textual, Truth, either, pattern, subject
from lambdaward.model import Estate, Pseudo, ResourceId, Text, Unknown, Value, literal, show, text

# What an ARN has behind that of the resource whose policy decides: an object's key, an index, a log stream.
_INNER = ("/", ":")
_FIELDS, _LONGEST, _MOST_HEADS = 5, 2048, 8
_FUNCTION = "AWS::Lambda::Function"
_NOTHING = Context()


class Targets:
    """Finds the resources of one estate."""

    def __init__(self, estate: Estate, names: Names) -> None:
        self._estate = estate
        self._names = names

    def of(self, value: Value | ResourceId) -> Target:
        """What a resource, or an ARN, means. A text that is no ARN is taken as it is."""
        if isinstance(value, ResourceId):
            return self._of_estate(value)
        arn = self._names.resolve(value)
        if arn == "*":
            return EVERYTHING
        if not isinstance(arn, str | Text | Unknown):
            return Target(Unknown(f"{show(arn)} is not one resource", "give the parameters that decide it"), show(arn))
        return self._of_arn(arn)

    def _of_estate(self, identity: ResourceId) -> Target:
        arn = self._names.arn(identity)
        known = (
            arn if isinstance(arn, str | Text | Unknown) else Unknown(f"the name of {identity.name} has alternatives")
        )
        return Target(known, self._shown(identity), identity, account=self._account(identity))

    def _of_arn(self, arn: Textual) -> Target:
        shown = show(arn)
        if not isinstance(arn, str):
            return Target(arn, shown, self._by_text.get(arn) if isinstance(arn, Text) else None)
        found = next((self._by_arn[whole] for whole in (arn, *_heads(arn)) if whole in self._by_arn), None)
        if found is not None:
            return Target(arn, shown, found, self._qualifier(found, arn), self._account(found))
        perhaps = dict(self._perhaps(arn))
        sure = next((identity for identity, truth in perhaps.items() if truth is True), None)
        if sure is not None:
            return Target(arn, shown, sure, account=self._account(sure))
        return Target(arn, shown, perhaps=tuple(perhaps))

    def _qualifier(self, identity: ResourceId, arn: str) -> str:
        known = self._names.arn(identity)
        whole = isinstance(known, str) and self._estate.resources[identity].type == _FUNCTION
        return arn.removeprefix(f"{known}:") if whole and arn != known else ""

    def _perhaps(self, arn: str) -> Iterator[tuple[ResourceId, Truth]]:
        """Resources whose ARN has holes and may turn out to be an ARN, or what it is a part of."""
        asked = [subject(whole) for whole in (arn, *_heads(arn))]
        service = arn.split(":", 3)[2] if arn.count(":") >= _FIELDS else ""
        for identity, known in (*self._uncertain.get(service, ()), *self._uncertain.get("", ())):
            found = either(pattern(known).covers(one, _NOTHING) for one in asked)
            if found is not False:
                yield identity, found

    def account(self, stack: str) -> Textual:
        """The account of a stack: a number, or the symbol that stands for it."""
        return self._accounts.get(stack) or text(Pseudo("AWS::AccountId", stack))

    def _account(self, identity: ResourceId) -> Textual:
        return self.account(identity.stack)

    def _shown(self, identity: ResourceId) -> str:
        return self._estate.resources[identity].shown or identity.name

    @cached_property
    def _arns(self) -> tuple[tuple[ResourceId, Value], ...]:
        return tuple((identity, self._names.arn(identity)) for identity in self._estate.resources)

    @cached_property
    def _by_arn(self) -> Mapping[str, ResourceId]:
        return {known: identity for identity, arn in self._arns if (known := literal(arn)) is not None}

    @cached_property
    def _uncertain(self) -> Mapping[str, list[tuple[ResourceId, Text]]]:
        """The resources whose ARN has holes, by the service that it names; by an empty text where that is not known."""
        found: dict[str, list[tuple[ResourceId, Text]]] = {}
        for identity, arn in self._arns:
            if isinstance(arn, Text):
                service = literal(fields(arn)[2]) if fields(arn) else None
                found.setdefault(service or "", []).append((identity, arn))
        return found

    @cached_property
    def _by_text(self) -> Mapping[Text, ResourceId]:
        return {arn: identity for identity, arn in self._arns if isinstance(arn, Text)}

    @cached_property
    def _accounts(self) -> Mapping[str, Textual]:
        """The account that the ARNs of each stack name."""
        found: dict[str, Textual] = {}
        for identity, arn in self._arns:
            if identity.stack not in found and isinstance(arn, str | Text):
                owner = fields(arn)[4:5]
                found.update({identity.stack: owner[0]} if owner and owner[0] else {})
        return found


def _heads(arn: str) -> list[str]:
    """What an ARN may be a part of, the longest first: a bucket for its object, a table for its index. Of very many beginnings
    only the longest and the shortest."""
    if arn.count(":") < _FIELDS or len(arn) > _LONGEST:
        return []
    start = len(arn) - len(arn.split(":", _FIELDS)[_FIELDS])
    ends = [end for end in range(len(arn) - 1, start, -1) if arn[end] in _INNER]
    kept = ends if len(ends) <= 2 * _MOST_HEADS else (*ends[:_MOST_HEADS], *ends[-_MOST_HEADS:])
    return [arn[:end] for end in kept]
