"""Remarks on actions and resources that do not go together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lambdaward.catalog import Action, actions
from lambdaward.iam.context import Context
from lambdaward.iam.lint.remark import Remark
from lambdaward.iam.lint.said import Said
from lambdaward.iam.matching import Pattern, subject
from lambdaward.iam.reasoning.budget import Budget, Undecided
from lambdaward.iam.reasoning.strings import Wanted, arn_glob, find, glob

NAME = "no-such-resource"
_HOLE = re.compile(r"\$\{[^}]*\}")
_MOST_PAIRS = 20_000
_STEPS = 20_000
_NOTHING = Context()
_SHOWN = 4


def no_such_resource(said: Said) -> Iterator[Remark]:
    """An action that works on none of the statement's resources, and a resource that none of its actions works on."""
    patterns = _patterns(said)
    if patterns is None or len(patterns) * sum(len(found) for _, found in said.actions) > _MOST_PAIRS:
        return
    used: set[str] = set()
    for part, found in said.actions:
        fitting = {text for text in patterns for action in found if _fits(text, action)}
        used |= fitting
        if not fitting:
            reason = f"{part.value} works on {_targets(found)}, and never on {_listed(patterns)}"
            yield Remark(NAME, part.path, reason)
    if used and said.is_listed:
        for part in said.statement.resources or ():
            if isinstance(part.value, str) and part.value not in used:
                yield Remark(NAME, part.path, f"no action of the statement works on {part.value}")


def _patterns(said: Said) -> tuple[str, ...] | None:
    """The resources of a statement about particular ones; `None` when one is `*`, or not wholly known."""
    statement = said.statement
    if statement.not_resource or not statement.resources or statement.principals is not None:
        return None
    texts = tuple(part.value for part in statement.resources if isinstance(part.value, str))
    return None if "*" in texts or len(texts) < len(statement.resources) else texts


def _fits(text: str, action: Action) -> bool:
    """Whether a pattern may be about a resource of an action. One that AWS says nothing of may work on anything."""
    if action.targets is None:
        return True
    return any(_meets(text, target.type.arn) for target in action.targets)


@lru_cache(maxsize=65_536)
def _meets(text: str, template: str) -> bool:
    """Whether a pattern and an ARN's template have a text in common, whatever the parts are that vary. That of another service
    has none, though a `*` may reach over colons."""
    service = text.split(":", 3)[2:3]
    if service and not set("*?$") & set(service[0]) and service != template.split(":", 3)[2:3]:
        return False
    pattern, whole = _HOLE.sub("*", text), _HOLE.sub("*", template)
    if Pattern(pattern).meets(subject(whole, wildcards=True), _NOTHING) is False:
        return False
    return "/" not in pattern or _are_some(pattern, whole, template in _with_parts(template.split(":", 3)[2]))


def _are_some(pattern: str, whole: str, parted: bool) -> bool:  # noqa: FBT001 - a fact about the kind
    """Whether a pattern has a text in common with resources of a kind, field by field; those that are `parted` have no slash in
    their own name."""
    kind, parts = (arn_glob(glob(one, variables=False)) for one in (whole, f"{whole}/*"))
    if kind is None or parts is None:
        return True
    wanted = Wanted(((glob(pattern, variables=False),), (kind,)), (parts,) if parted else ())
    try:
        return find(wanted, Budget(_STEPS)) is not None
    except Undecided:
        return True


@lru_cache(maxsize=512)
def _with_parts(service: str) -> frozenset[str]:
    """The templates of a service whose last variable is the whole name of what has parts behind a slash, as a bucket has objects:
    that name has none itself."""
    found = actions().expand(f"{service}:*")
    names = actions().names(found) if isinstance(found, int) else ()
    known = (actions().action(name) for name in names)
    arns = {target.type.arn for one in known if isinstance(one, Action) for target in one.targets or ()}
    return frozenset(arn for arn in arns if arn.endswith("}") and any(other.startswith(f"{arn}/") for other in arns))


def _targets(found: tuple[Action, ...]) -> str:
    names = sorted({target.type.name for action in found for target in action.targets or ()})
    if not names:
        return "no particular resource, only `*`"
    return ", ".join(names[:_SHOWN]) + (" and others" if len(names) > _SHOWN else "")


def _listed(patterns: tuple[str, ...]) -> str:
    return patterns[0] if len(patterns) == 1 else f"one of {len(patterns)} resources"
