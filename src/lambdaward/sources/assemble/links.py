"""Links: which resource of the estate a value means, by identity first, by declared name where it is unique."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from lambdaward.model import Hole, Link, Pseudo, Ref, Resource, ResourceId, Text, Value, alternatives, literal
from lambdaward.sources.assemble.kinds import KINDS
from lambdaward.sources.assemble.names import named

Found = tuple[ResourceId | None, Value]
NOTHING: Found = (None, None)
_PROFILE = ":/signing-profiles/"


class Linker:
    """Resolves values to resources of one estate. `names` gives the declared name of every resource that has one; `arns` is
    known of resources of an account, `accounts` of the stacks whose account is known."""

    def __init__(
        self,
        resources: Mapping[ResourceId, Resource],
        arns: Mapping[ResourceId, str | Text] = MappingProxyType({}),
        accounts: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._accounts = accounts
        self._arns = {arn: identity for identity, arn in arns.items() if isinstance(arn, str)}
        self._types = {identity: resource.type for identity, resource in resources.items()}
        self._tokens: dict[Hole, str] = {}
        self._named: dict[tuple[str, str], list[ResourceId]] = {}
        self.names: dict[ResourceId, Value] = {}
        for identity, resource in resources.items():
            kind = KINDS.get(resource.type)
            name = resource.properties.get(kind.declared) if kind and kind.declared else None
            if name is not None:
                self.names[identity] = name
                if spelled := self._spelled(name):
                    self._named.setdefault((resource.type, spelled), []).append(identity)

    def link(self, value: Value, types: Iterable[str]) -> Link | None:
        """The link that a value is, or `None` when it is absent. Alternatives that disagree have no target."""
        options = alternatives(value)
        found = [self._resolve(option, tuple(types)) for option in options if option is not None]
        if not found:
            return None
        targets = {target for target, _ in found}
        target, qualifier = found[0] if len(targets) == 1 else NOTHING
        return Link(value, target, qualifier, possible=None in options)

    def _resolve(self, value: Value, types: tuple[str, ...]) -> Found:
        if isinstance(value, Text):
            for position, part in enumerate(value.parts):
                if isinstance(part, Ref) and self._types.get(part.resource) in types:
                    return part.resource, _qualifier(value.parts[position + 1 :])
        return self._by_name(value, types)

    def _by_name(self, value: Value, types: tuple[str, ...]) -> Found:
        """The one resource that is declared under the name that a value spells. Behind a literal account, only one
        of a stack that is known to be deployed to it."""
        if isinstance(value, str) and value.startswith("arn:") and (known := self._by_arn(value, types)) != NOTHING:
            return known
        found = named(self._spelled(value))
        for kind in types:
            for name in found.candidates:
                identities = self._named.get((kind, name), [])
                if found.account.isdigit():
                    identities = [one for one in identities if self._accounts.get(one.stack) == found.account]
                if len(identities) == 1:
                    return identities[0], found.qualifier if found.qualifier.isprintable() and found.qualifier else None
        return NOTHING

    def _by_arn(self, arn: str, types: tuple[str, ...]) -> Found:
        """The resource of an account with an ARN. What follows a function's ARN behind a colon is a qualifier, and what follows
        a signing profile's behind a slash its version."""
        mark = "/" if _PROFILE in arn else ":"
        for head, qualifier in ((arn, None), arn.rpartition(mark)[::2]):
            target = self._arns.get(head)
            if target is not None and self._types[target] in types:
                return target, qualifier
        return NOTHING

    def _spelled(self, value: Value) -> str:
        """A text with each symbol as a token of its own; empty when a part is not known, as it could read anything."""
        if not isinstance(value, Text):
            return literal(value) or ""
        if not all(isinstance(part, str | Pseudo | Ref) for part in value.parts):
            return ""
        return "".join(part if isinstance(part, str) else self._token(part) for part in value.parts)

    def _token(self, hole: Hole) -> str:
        return self._tokens.setdefault(hole, f"\0{len(self._tokens)}\0")


def _qualifier(rest: tuple[str | Hole, ...]) -> Value:
    """What follows a function's name or ARN behind a colon: a version or alias."""
    if not rest or not isinstance(rest[0], str) or not rest[0].startswith(":"):
        return None
    head = rest[0][1:]
    if "/" in head or len(rest) == 1:
        return head.split("/")[0] or None
    return Text((head, *rest[1:]) if head else rest[1:])
