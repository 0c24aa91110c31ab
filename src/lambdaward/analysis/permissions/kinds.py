"""Which actions work on a resource, and on which parts of it: sets of actions by the forms of ARNs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from lambdaward.catalog import Action, ResourceType, actions, resource_types_of
from lambdaward.iam import Textual
from lambdaward.model import Text, Unknown, parts

_PART = re.compile(r"\$\{\w+\}")
_SOME = "x"
Aspect = tuple[str, int]
"""What stands behind a resource's own ARN (empty for the resource itself), and the set of actions on that."""


def aspects(arn: Textual) -> tuple[Aspect, ...]:
    """The actions on a resource, and on each kind of thing in it: on a bucket, and on its objects."""
    return _aspects(_written(arn))


def on_pattern(arn: Textual) -> int:
    """The actions that a pattern of resources may be about."""
    written = _written(arn)
    tails = ("", "/x", ":x") if written.endswith(_SOME) and isinstance(arn, str) and arn.endswith("*") else ("",)
    return _union(mask_of(kind) for tail in tails for kind in _types(written + tail))


@cache
def mask_of(kind: ResourceType) -> int:
    """The actions on a resource type."""
    return _by_type(kind.service).get(kind.arn, 0)


@cache
def by_their_policies() -> int:
    """The actions that nothing allows without the resource's own policy, also within an account: on keys, and taking roles."""
    keys = (mask_of(kind) for kind in types("kms") if kind.name == "key")
    roles = (mask_of(kind) for kind in types("sts") if kind.name == "role")
    return _union((*keys, *roles))


@cache
def untold(service: str) -> int:
    """The actions of a service of which it is not known what they work on."""
    mask = actions().service_mask(service)
    names = actions().names(mask & ~actions().wildcard_only) if isinstance(mask, int) else ()
    found = (actions().action(name) for name in names)
    return actions().expand_many(one.name for one in found if isinstance(one, Action) and one.targets is None).mask


@cache
def types(service: str) -> tuple[ResourceType, ...]:
    """The resource types of a service."""
    found = actions().resource_types(service)
    return () if isinstance(found, Unknown) else found


@cache
def _by_type(service: str) -> Mapping[str, int]:
    table: dict[str, int] = {}
    universe = actions()
    mask = universe.service_mask(service)
    for name in universe.names(mask) if isinstance(mask, int) else ():
        known, number = universe.action(name), universe.index(name)
        if isinstance(known, Action) and isinstance(number, int):
            for target in known.targets or ():
                table[target.type.arn] = table.get(target.type.arn, 0) | 1 << number
    return table


@cache
def _aspects(written: str) -> tuple[Aspect, ...]:
    found = _types(written)
    own = _union(map(mask_of, found))
    inner = dict(rest for kind in found for rest in _inner(kind))
    return (("", own), *inner.items()) if own or inner else ()


def _inner(kind: ResourceType) -> Iterator[Aspect]:
    """What is in a resource of a type: types whose ARNs go on where its own ends."""
    for other in types(kind.service):
        rest = other.arn.removeprefix(kind.arn)
        if rest != other.arn and rest[:1] in ("/", ":"):
            yield _PART.sub("*", rest), mask_of(other)


def _types(written: str) -> tuple[ResourceType, ...]:
    found = resource_types_of(written)
    return () if isinstance(found, Unknown) else found


def _written(arn: Textual) -> str:
    """An ARN with something in the place of what is open. The same for all names of a kind, so that few are looked up."""
    if not isinstance(arn, str | Text):
        return ""
    known = "".join(part if isinstance(part, str) else _SOME for part in parts(arn))
    return known.replace("*", _SOME).replace("?", _SOME)


def _union(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found
