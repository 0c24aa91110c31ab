"""Which services a grant covers wholly, and what it means to have all of one."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lambdaward.catalog import actions
from lambdaward.model import literal
from lambdaward.rules import Severity

if TYPE_CHECKING:
    from lambdaward.analysis.roles import Grant

# All of one of these is the way to everything else: identities, code that runs as others, keys and secrets.
KEYS_TO_OTHERS = frozenset({"cloudformation", "iam", "kms", "lambda", "organizations", "secretsmanager", "sts"})
# What these hold tells of an application and is not its data.
HARMLESS = frozenset(
    {"cloudwatch", "xray", "ec2messages", "ssmmessages", "application-autoscaling", "applicationinsights"}
)


def whole_services(grant: Grant) -> tuple[str, ...]:
    """The services of which one pattern of a grant matches every action."""
    texts = (literal(part.value) or "" for part, _ in grant.listed.patterns)
    return _whole(tuple(text for text in texts if text.endswith("*")))


@lru_cache(maxsize=16_384)
def _whole(patterns: tuple[str, ...]) -> tuple[str, ...]:
    found = set()
    services = {pattern.partition(":")[0].lower() for pattern in patterns}
    for pattern in patterns:
        own = pattern.partition(":")[0].lower()
        found |= {
            service for service in (services if "*" in own or "?" in own else (own,)) if _covers(pattern, service)
        }
    return tuple(sorted(found))


def _covers(pattern: str, service: str) -> bool:
    """Whether a pattern matches every action of a service."""
    whole, mask = actions().service_mask(service), actions().expand(pattern)
    return isinstance(whole, int) and isinstance(mask, int) and mask & whole == whole


def severity_of(service: str) -> tuple[Severity, tuple[str, ...]]:
    """How bad all of a service is, and why."""
    if service in KEYS_TO_OTHERS:
        return Severity.HIGH, (f"{service} gives access to what other principals have",)
    return (Severity.LOW if service in HARMLESS else Severity.MEDIUM), ()
