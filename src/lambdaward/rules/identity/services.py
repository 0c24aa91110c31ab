"""Which services a grant covers wholly, and what it means to have all of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdaward.catalog import actions
from lambdaward.rules import Severity

if TYPE_CHECKING:
    from lambdaward.analysis.roles import Grant
    from lambdaward.analysis.roles.grant import Pattern

# All of one of these is the way to everything else: identities, code that runs as others, keys and secrets.
KEYS_TO_OTHERS = frozenset({"cloudformation", "iam", "kms", "lambda", "organizations", "secretsmanager", "sts"})
# What these hold tells of an application and is not its data.
HARMLESS = frozenset(
    {"cloudwatch", "xray", "ec2messages", "ssmmessages", "application-autoscaling", "applicationinsights"}
)


def whole_services(grant: Grant) -> tuple[str, ...]:
    """The services of which one pattern of a grant matches every action."""
    wild = [pattern for pattern in grant.patterns if pattern.text.endswith("*")]
    services = {pattern.text.partition(":")[0].lower() for pattern in wild}
    return tuple(sorted(service for service in services if _covers(wild, service)))


def _covers(patterns: list[Pattern], service: str) -> bool:
    mask = actions().service_mask(service)
    return isinstance(mask, int) and any(mask & ~pattern.mask == 0 for pattern in patterns)


def severity_of(service: str) -> tuple[Severity, tuple[str, ...]]:
    """How bad all of a service is, and why."""
    if service in KEYS_TO_OTHERS:
        return Severity.HIGH, (f"{service} gives access to what other principals have",)
    return (Severity.LOW if service in HARMLESS else Severity.MEDIUM), ()
