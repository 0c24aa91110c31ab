"""Every IAM action that is known, numbered, so that a set of actions is an integer: bit `i` is the action of number `i`.

What is not listed is never an empty set: it is an `Unknown`, because AWS adds actions faster than any list, and drops them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, cached_property

from msgspec import Struct

from lambdaward.catalog import pack
from lambdaward.catalog.details import (
    Action,
    ConditionKey,
    Level,
    PackedIndex,
    PackedService,
    ResourceType,
    ServiceDetails,
    unpacked,
)
from lambdaward.catalog.sheet import FOLDER, Source
from lambdaward.catalog.wildcards import compiled, is_wild, literal_prefix
from lambdaward.model import Unknown

_AFTER = "\U0010ffff"
_SHOWN = 80
_SETTLE = "update lambdaward, or look it up in AWS's service authorization reference"


class Expansion(Struct, frozen=True):
    """The actions that some patterns match, and what is not known: one for each pattern that matches nothing listed."""

    mask: int
    unknowns: tuple[Unknown, ...]


class Universe:
    """The listed actions, in alphabetical order (case ignored), with what AWS says of each.

    `levels` are the sets of the actions of each level, `wildcard_only` is the set of those that work on no resource, so that a
    policy can only allow them on `*`.
    """

    def __init__(self, packed: pack.Pack) -> None:
        self._pack = packed
        self._facts = packed.block("index", PackedIndex)
        self._lower = self._facts.names.lower().split("\n")
        self._details: dict[str, ServiceDetails] = {}
        self._numbers: dict[str, int] = {}
        self.levels = {level: int.from_bytes(self._facts.levels[level.value], "big") for level in Level}
        self.wildcard_only = int.from_bytes(self._facts.wildcard_only, "big")

    def __len__(self) -> int:
        return len(self._lower)

    @property
    def everything(self) -> int:
        """The set of all listed actions."""
        return _run(range(len(self._lower)))

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where the list comes from: name and version, licence, day."""
        return self._pack.head.sources

    @property
    def services(self) -> tuple[str, ...]:
        """The prefixes of the listed services."""
        return tuple(self._facts.titles)

    def index(self, name: str) -> int | Unknown:
        """The number of an action; case does not matter."""
        number = self._number(_folded(name))
        return self._unlisted(name) if number is None else number

    def is_known(self, name: str) -> bool:
        """Whether a service (`lambda`) or an action (`lambda:InvokeFunction`) is listed."""
        folded = _folded(name)
        return self._number(folded) is not None if ":" in name else bool(self._span(folded + ":"))

    def names(self, mask: int) -> Iterator[str]:
        """The names of the actions of a set, in order."""
        first = (mask & -mask).bit_length() - 1 if mask else 0
        digits = f"{mask >> first:b}"[::-1]
        at = digits.find("1")
        while at >= 0:
            yield self._names[first + at]
            at = digits.find("1", at + 1)

    def name(self, number: int) -> str:
        """The name of the action of a number."""
        return self._names[number]

    def service_mask(self, service: str) -> int | Unknown:
        """All actions of a service, by its prefix."""
        return _run(self._span(_folded(service) + ":")) or self._unlisted(service)

    def expand(self, pattern: str) -> int | Unknown:
        """The actions that a pattern of a policy matches: `*`, `s3:Get*`, `lambda:InvokeFunction`. Never an empty set."""
        lower = _folded(pattern)
        number = self._number(lower)
        if number is not None:
            return 1 << number
        if lower and not lower.strip("*"):
            return self.everything
        return self._matching(lower) or self._unlisted(pattern)

    def expand_many(self, patterns: Iterable[str]) -> Expansion:
        """The union of what several patterns match."""
        mask = 0
        unknowns: list[Unknown] = []
        for pattern in patterns:
            found = self.expand(pattern)
            if isinstance(found, Unknown):
                unknowns.append(found)
            else:
                mask |= found
        return Expansion(mask, tuple(unknowns))

    def action(self, name: str) -> Action | Unknown:
        """What AWS says of an action."""
        number = self._number(_folded(name))
        if number is None:
            return self._unlisted(name)
        service = self._lower[number].partition(":")[0]
        level = next(level for level, mask in self.levels.items() if mask >> number & 1)
        position = number - self._span(service + ":").start
        return self._service(service).action(self._names[number], level, position)

    def resource_types(self, service: str) -> tuple[ResourceType, ...] | Unknown:
        """The resource types of a service, by its prefix."""
        return self._service(_folded(service)).types if self.is_known(service) else self._unlisted(service)

    def condition_keys(self, service: str) -> tuple[ConditionKey, ...] | Unknown:
        """The condition keys of a service, by its prefix."""
        return self._service(_folded(service)).keys if self.is_known(service) else self._unlisted(service)

    def services_of(self, segment: str) -> tuple[str, ...]:
        """The services with resource types whose ARNs have a service segment: `iam` roles are a type of `sts` too."""
        return self._facts.arns.get(segment, ())

    def has_resource_control(self, service: str) -> bool | Unknown:
        """Whether resource control policies decide on requests to a service."""
        return _folded(service) in self._facts.rcp if self.is_known(service) else self._unlisted(service)

    @cached_property
    def _names(self) -> list[str]:
        return self._facts.names.split("\n")

    def _number(self, folded: str) -> int | None:
        """The number of an action. A table of all would take longer to make than most scans ask, so it fills as they do."""
        number = self._numbers.get(folded)
        if number is None:
            place = bisect_left(self._lower, folded)
            if place < len(self._lower) and self._lower[place] == folded:
                number = self._numbers[folded] = place
        return number

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._lower))

    def _service(self, service: str) -> ServiceDetails:
        if service not in self._details:
            self._details[service] = unpacked(service, self._pack.block(service, PackedService))
        return self._details[service]

    def _span(self, prefix: str) -> range:
        return range(bisect_left(self._lower, prefix), bisect_left(self._lower, prefix + _AFTER))

    def _matching(self, pattern: str) -> int:
        prefix = literal_prefix(pattern)
        if ":" not in pattern or prefix == pattern:
            return 0
        span = self._span(prefix)
        if not pattern[len(prefix) :].strip("*"):
            return _run(span)
        if len(pattern.replace("*", "")) > self._longest:
            return 0
        matches = compiled(pattern).fullmatch
        return sum(1 << number for number in span if matches(self._lower[number]))

    def _unlisted(self, pattern: str) -> Unknown:
        service, colon, _ = pattern.lower().partition(":")
        shown = pattern if len(pattern) <= _SHOWN else pattern[:_SHOWN] + "..."
        if service in self._facts.withdrawn:
            return Unknown(f"`{shown}` is not listed: {self._facts.withdrawn[service]}", _SETTLE)
        if not colon and is_wild(pattern):
            return Unknown(f"`{shown}` names no service, which AWS refuses", "write `service:Action`")
        if is_wild(service) or self.is_known(service):
            return Unknown(f"`{shown}` matches no action that the catalogue lists", _SETTLE)
        return Unknown(f"`{shown}` is of no service that the catalogue lists", _SETTLE)


def _run(span: range) -> int:
    """The set of the numbers of a span."""
    return (1 << span.stop) - (1 << span.start)


def _folded(name: str) -> str:
    """A name in lower case. A character beyond ASCII stays: some have an ASCII letter as their lower case, and AWS does not
    take them for it."""
    return name.lower() if name.isascii() else name


@cache
def actions() -> Universe:
    """The listed actions."""
    return Universe(pack.load(FOLDER / "actions.bin"))
