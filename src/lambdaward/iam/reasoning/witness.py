"""Requests that prove an answer, each confirmed by evaluating it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from lambdaward.iam.context import Context
from lambdaward.iam.evaluation import ANONYMOUS, Asking, Caller, Naming, PolicySet, Request, analyse
from lambdaward.iam.language import Source
from lambdaward.iam.matching.items import Variable
from lambdaward.iam.reasoning.cells import PRINCIPAL, RESOURCE, Space
from lambdaward.iam.reasoning.keys import Values
from lambdaward.iam.reasoning.search import Found
from lambdaward.iam.reasoning.strings import shown
from lambdaward.model import show

_STAR = ("*",)
_ANONYMOUS = "anonymous"


class Witness(Struct, frozen=True, kw_only=True):
    """One request. `principal` is empty where the policies name none. A key that `context` does not have is absent."""

    principal: str
    action: str
    resource: str
    context: Mapping[str, tuple[str, ...]]
    source: Source

    @property
    def caller(self) -> Caller | str:
        """Who makes it."""
        return ANONYMOUS if self.principal in ("", _ANONYMOUS) else self.principal

    @property
    def given(self) -> Context:
        """The keys of the request, with one value each where one is enough."""
        return Context({key: many[0] if len(many) == 1 else many for key, many in self.context.items()})


def witness(space: Space, found: Found, source: Source) -> Witness:
    """The request that a search found, with values for its policy variables."""
    mask, values = found
    texts = {name: value for name, value in values.items() if isinstance(value, tuple)}
    who = values.get(PRINCIPAL)
    resource = texts.pop(RESOURCE, (_STAR,))
    variables = _variables(resource, texts)
    context = {
        **{name: (value,) for name, value in variables.items()},
        **{key: tuple(shown(text, variables) for text in many) for key, many in texts.items() if many},
    }
    return Witness(
        principal=named(who if isinstance(who, Caller) else None),
        action=space.actions.name(mask),
        resource=shown(resource[0], variables),
        context=context,
        source=source,
    )


def named(who: Caller | None) -> str:
    """A caller's name in a witness; empty where the policies name none."""
    return "" if who is None else show(who.arn) or _ANONYMOUS


def _variables(resource: Values, texts: Mapping[str, Values]) -> dict[str, str]:
    """A value for each policy variable: the one that its own key has, or a name of its own."""
    found: dict[str, str] = {}
    for token in (token for many in (resource, *texts.values()) for text in many for token in text):
        if isinstance(token, Variable) and token.key not in found:
            own = texts.get(token.key) or ((),)
            found[token.key] = "".join(t for t in own[0] if isinstance(t, str)) or f"name{len(found) + 1}"
    return found


def allows(policies: PolicySet, asked: Witness, *, named: bool) -> bool | None:
    """Whether policies allow a request; `None` when they do not settle it. `named`: whether statements must name principals."""
    request = Request(asked.caller, asked.action, asked.resource, context=asked.given, wildcard_only=True)
    said = analyse(policies, request, Asking(Naming.ALWAYS if named else Naming.NEVER))
    if said.deny is True or said.allow is False:
        return False
    return True if said.allow is True and said.deny is False else None
