"""Names that imitate those of well-known packages, so that a slip of the hand installs them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from lambdaward.model import pattern
from lambdaward.packages.components.component import Component
from lambdaward.packages.components.tables import table

_IMITATED = 2000
"""How many of the most downloaded names are imitated. The longer list tells which names are well known themselves."""

_SHORTEST, _LONG = 5, 8
_CONFUSED = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("5", "s"))
_SEPARATORS = pattern(r"[-_.]+")


@cache
def popular() -> Mapping[str, tuple[str, ...]]:
    """The most downloaded names of each ecosystem, the most downloaded first."""
    return {ecosystem: tuple(names.split()) for ecosystem, names in table("popular", dict[str, str]).items()}


def imitated(component: Component) -> str:
    """The well-known name that a component's is almost equal to; empty when there is none, or it is well known itself.

    Short names are only compared by what looks alike: swapped, doubled or similar letters, and separators; long ones by any one
    letter more, less or other behind the first. Numbers tell names apart, and names with an npm scope are not compared.
    """
    name = component.name.lower()
    if component.group or len(name) < _SHORTEST or name in _known(component.ecosystem.value):
        return ""
    index = _index(component.ecosystem.value)
    for variant in _variants(name):
        for target in index.get(variant, ()):
            if _alike(name, target):
                return target
    return ""


@cache
def _known(ecosystem: str) -> frozenset[str]:
    return frozenset(popular().get(ecosystem, ()))


@cache
def _index(ecosystem: str) -> Mapping[str, tuple[str, ...]]:
    """The imitated names by each of their variants."""
    found: dict[str, list[str]] = {}
    for name in popular().get(ecosystem, ())[:_IMITATED]:
        if len(name) >= _SHORTEST and not name.startswith("@"):
            for variant in _variants(name):
                found.setdefault(variant, []).append(name)
    return {variant: tuple(names) for variant, names in found.items()}


def _variants(name: str) -> Iterator[str]:
    """A name in its plainest form, and that with each letter left out: two names that are one letter apart share one."""
    plain = _plain(name)
    yield plain
    for at in range(len(plain)):
        yield plain[:at] + plain[at + 1 :]


def _plain(name: str) -> str:
    plain = _SEPARATORS.sub("", name)
    for look, like in _CONFUSED:
        plain = plain.replace(look, like)
    return plain


def _alike(name: str, target: str) -> bool:
    """Whether a name may be taken for another: after a slip, or by its looks."""
    left, right = _plain(name), _plain(target)
    if left == right:
        return True
    at = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    if left[at : at + 2] == right[at : at + 2][::-1] and left[at + 2 :] == right[at + 2 :]:
        return True
    if not at or {*left[at : at + 1], *right[at : at + 1]} & set("0123456789"):
        return False
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    if len(longer) == len(shorter) + 1 and longer[:at] + longer[at + 1 :] == shorter:
        return len(shorter) >= _LONG or longer[at] in (longer[at - 1 : at], longer[at + 1 : at + 2])
    return len(left) == len(right) >= _LONG and left[at + 1 :] == right[at + 1 :]
