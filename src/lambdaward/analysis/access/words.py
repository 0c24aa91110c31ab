"""Principals and resources by the words that people use for them: names, logical ids, ARNs, accounts, services."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import structs

from lambdaward.analysis.access.access import Access
from lambdaward.analysis.access.asking import ANYBODY, EVERYTHING, Asker, Target, outsider
from lambdaward.analysis.access.fitting import fitted
from lambdaward.iam import CallerKind, caller
from lambdaward.model import Function, ResourceId, Role, UsageError, literal

_PRINCIPALS = {"AWS::Lambda::Function": "function", "AWS::IAM::Role": "role", "AWS::IAM::User": "user"}
_MOST = 5


class Words:
    """The words for what is in one estate."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._estate = access.estate
        self._questions = access.questions

    def asker(self, word: str) -> Asker:
        """Who is meant: a function (its role then asks), a role, a user, an account, a service, or `*` for anybody.

        Raises `UsageError` when nobody is, or several are."""
        if word == "*":
            return ANYBODY
        if word.startswith("arn:"):
            return self._by_arn(word)
        if word.endswith((".amazonaws.com", ".amazonaws.com.cn")) or (word.isdecimal() and len(word) == 12):
            return outsider(caller(word), word)
        return self._questions.asker(self._access.estate.get(Function, found := self._principal(word)) or found)

    def function(self, word: str) -> Function:
        """The function that is meant. Raises `UsageError` when none is, or several are."""
        found = self._questions.targets.of(word).id if word.startswith("arn:") else self._chosen(word, ("function",))
        function = self._estate.get(Function, found)
        if function is None:
            raise UsageError(f"no function has the ARN {word}{self._instead(word, ('function',))}")
        return function

    def target(self, word: str, action: str) -> Target:
        """What is to be acted on: an ARN, a resource of the estate, or `*`. A bucket stands for its objects where the action
        works on these. Raises `UsageError` when nothing is meant, or several are."""
        if word == "*":
            return EVERYTHING
        if word.startswith("arn:"):
            return self._questions.targets.of(word)
        found = self._questions.targets.of(self._chosen(word, ()))
        arn = fitted(action, found.arn)
        return found if arn == found.arn else structs.replace(found, arn=arn, shown=f"anything in {found.shown}")

    def _by_arn(self, arn: str) -> Asker:
        target = self._questions.targets.of(arn)
        likely = [identity for identity in target.perhaps if self._kind(identity) in ("role", "user", "function")]
        identity = target.id or (likely[0] if len(likely) == 1 else None)
        if identity is not None and self._kind(identity):
            return self._questions.asker(self._estate.get(Function, identity) or identity)
        who = caller(arn)
        roles = [
            role for role in self._estate.all(Role) if who.kind is CallerKind.SESSION and literal(role.name) == who.name
        ]
        if len(roles) == 1:
            return structs.replace(self._questions.asker(roles[0]), caller=who, shown=arn)
        if who.kind is CallerKind.EXTERNAL and not arn.split(":")[4:5] == [""]:
            raise UsageError(f"{arn} is no role, user or function that was scanned, nor a principal elsewhere")
        return outsider(who, who.account if who.kind is CallerKind.ROOT else arn)  # type: ignore[arg-type]

    def _principal(self, word: str) -> ResourceId:
        return self._chosen(word, tuple(_PRINCIPALS.values()))

    def _chosen(self, word: str, kinds: tuple[str, ...]) -> ResourceId:
        """The one resource that is meant, of some kinds of principals or (none given) of any."""
        found = list(dict.fromkeys(self._named.get(word, ())))
        if kinds:
            found = [identity for identity in found if self._kind(identity) in kinds]
        found = self._without_own_roles(found)
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(f"`{identity}`" for identity in found[:_MOST])
            raise UsageError(f"{len(found)} resources are called `{word}`; say which: {listed}")
        what = " or ".join(kinds) if kinds else "resource"
        raise UsageError(f"no {what} is called `{word}` in what was read{self._instead(word, kinds)}")

    def _without_own_roles(self, found: list[ResourceId]) -> list[ResourceId]:
        """Several that share a word, without the roles of the functions among them."""
        functions = [function for identity in found if (function := self._estate.get(Function, identity))]
        own = {function.role.target for function in functions if function.role}
        return [identity for identity in found if identity not in own] if len(found) > 1 else found

    def _instead(self, word: str, kinds: tuple[str, ...]) -> str:
        """What may have been meant, for an error."""
        from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

        known = dict.fromkeys(identity.name for ids in self._named.values() for identity in ids)
        if kinds:
            known = dict.fromkeys(i.name for ids in self._named.values() for i in ids if self._kind(i) in kinds)
        near = get_close_matches(word, list(known)[:20_000], _MOST, 0.6) or sorted(known)[:_MOST]
        return f"; there {'is' if len(near) == 1 else 'are'} {', '.join(f'`{name}`' for name in near)}" if near else ""

    def _kind(self, identity: ResourceId) -> str:
        return _PRINCIPALS.get(self._estate.resources[identity].type, "")

    @cached_property
    def _named(self) -> Mapping[str, list[ResourceId]]:
        """Every word for each resource: its identity, its names, and its kind before them."""
        table: dict[str, list[ResourceId]] = {}
        for identity, resource in self._estate.resources.items():
            for word in dict.fromkeys(self._words(identity, resource.shown)):
                table.setdefault(word, []).append(identity)
        return table

    def _words(self, identity: ResourceId, shown: str) -> Iterator[str]:
        names: Iterable[str] = filter(None, (identity.name, shown, literal(self._estate.names.get(identity))))
        kind = self._kind(identity)
        for name in names:
            yield name
            if kind:
                yield f"{kind}/{name}"
        yield str(identity)
