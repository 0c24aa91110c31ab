"""Whether an action works on a kind of resource, and on which part of it where not on the whole: on a bucket's objects, say."""

from __future__ import annotations

import re
from functools import lru_cache

from lambdaward.catalog import Action, ResourceType, actions, resource_types_of
from lambdaward.iam import Textual
from lambdaward.model import Text, Unknown, parts, text

_PART = re.compile(r"\$\{\w+\}")
_SOME = "x"


def works_on_nothing(action: str) -> bool:
    """Whether an action works on no resource."""
    number = actions().index(action)
    return isinstance(number, int) and bool(actions().wildcard_only >> number & 1)


def fitted(action: str, arn: Textual) -> Textual:
    """The ARN of what an action works on, where it works on parts of a resource only: `*` stands for any of them."""
    if not isinstance(arn, str | Text) or arn == "*":
        return arn
    types, targets = _types(arn), _targets(action)
    if not types or not targets or any(kind in targets for kind in types):
        return arn
    inner = (
        target.arn.removeprefix(kind.arn) for kind in types for target in targets if target.arn.startswith(kind.arn)
    )
    rest = next(inner, "")
    return text(arn, _PART.sub("*", rest)) if rest else arn


@lru_cache(maxsize=1024)
def misfit(action: str, arn: Textual) -> str:
    """Why AWS never asks for an action on a resource of this kind; empty when it may."""
    if not isinstance(arn, str | Text) or arn == "*":
        return ""
    types, targets = _types(arn), _targets(action)
    if targets is not None and not targets:
        return f"{action} works on no resource: policies can only allow it on `*`"
    if not types or not targets or any(kind in targets for kind in types):
        return ""
    wanted = " or ".join(f"{kind.name} ({_PART.sub('*', kind.arn)})" for kind in targets[:3])
    return f"{action} works on {wanted}, not on {types[0].name}"


def _types(arn: str | Text) -> tuple[ResourceType, ...]:
    known = "".join(part if isinstance(part, str) else _SOME for part in parts(arn))
    found = resource_types_of(known.replace("*", _SOME))
    return () if isinstance(found, Unknown) else found


def _targets(action: str) -> tuple[ResourceType, ...] | None:
    """The resource types of an action; `None` when they are not known."""
    known = actions().action(action)
    if not isinstance(known, Action) or known.targets is None:
        return None
    return tuple(target.type for target in known.targets)
