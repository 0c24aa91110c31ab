"""Functions at the edge of CloudFront, and behind VPC Lattice."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.analysis.exposure.targets import target_of
from lambdaward.analysis.exposure.trigger import Trigger
from lambdaward.model import (
    Distribution,
    Estate,
    Fact,
    LatticeListener,
    LatticeService,
    LatticeTargetGroup,
    No,
    Verdict,
    Yes,
    is_equal,
    literal,
    negate,
)


def edge_triggers(estate: Estate) -> Iterator[Trigger]:
    """The functions that distributions run on requests of viewers or of their own to origins."""
    for distribution in estate.all(Distribution):
        behaviors = (*((distribution.default,) if distribution.default else ()), *distribution.behaviors)
        on = _serves(distribution)
        for behavior in behaviors:
            for link in behavior.functions:
                yield Trigger(
                    kind="edge",
                    target=target_of(estate, link),
                    link=link,
                    record=distribution,
                    place=behavior.place("LambdaFunctionAssociations"),
                    shown=f"distribution {distribution.shown}",
                    auth="none",
                    public=on,
                    anonymous=on,
                )


def _serves(distribution: Distribution) -> Verdict:
    answer = negate(is_equal(distribution.enabled, False))
    fact = Fact(f"{distribution.shown} serves the internet", distribution.place())
    return Yes((fact,)) if isinstance(answer, Yes) else answer


def lattice_triggers(estate: Estate) -> Iterator[Trigger]:
    """The functions behind services of VPC Lattice, which only associated VPCs reach."""
    for listener in estate.all(LatticeListener):
        parent = estate.follow(LatticeListener, listener.listener) or listener
        service = estate.follow(LatticeService, listener.service or parent.service)
        auth = "?" if service is None else {"AWS_IAM": "iam"}.get(literal(service.auth) or "", "none")
        fact = Fact("VPC Lattice is reached from VPCs only", listener.place())
        for group in (estate.follow(LatticeTargetGroup, link) for link in listener.groups):
            for link in group.functions if group else ():
                yield Trigger(
                    kind="lattice",
                    target=target_of(estate, link),
                    link=link,
                    record=listener,
                    place=listener.place(),
                    shown=f"Lattice service {service.shown if service else '?'}",
                    front=service.id if service else None,
                    auth=auth,
                    public=No((fact,)),
                    anonymous=No((fact,)),
                )
