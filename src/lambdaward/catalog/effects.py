"""What each action of Lambda that changes something is worth to an intruder."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache

from msgspec import Struct

from lambdaward.catalog.sheet import sheet


class Effect(Enum):
    """What an action is worth: code or credentials of another principal, data, what others run or believe, what works, or
    nothing."""

    PATH = "path"
    DATA = "data"
    INTEGRITY = "integrity"
    AVAILABILITY = "availability"
    HARMLESS = "harmless"


class Evidence(Enum):
    """How a claim is known: others carried it out and published that, AWS says it, or it follows from the API's model."""

    VERIFIED = "verified"
    DOCUMENTED = "documented"
    INFERRED = "inferred"


class LambdaAction(Struct, frozen=True):
    """The worst effect of an action, how that is known, and why, in one sentence."""

    effect: Effect
    evidence: Evidence
    why: str


@cache
def lambda_actions() -> Mapping[str, LambdaAction]:
    """Every action of Lambda that changes something, by its name."""
    return sheet("lambda_actions", dict[str, LambdaAction]).rows
