"""The policies of VPC endpoints that a function's requests go through.

An interface endpoint with private DNS, which is the default, takes all requests of its VPC to the service; a gateway endpoint
those of the subnets whose route table it is in. Where that is not settled, what the endpoint denies is in doubt.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from lambdaward.analysis.access.attached import Policies, Written
from lambdaward.iam import Kind, parse
from lambdaward.model import (
    Estate,
    Function,
    ResourceId,
    Subnet,
    SubnetRouteTable,
    Unknown,
    VpcEndpoint,
    Yes,
    is_equal,
    parts,
)

_EVERYTHING = parse({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})
_NAMES = {"kinesis": "kinesis-streams"}  # of services whose endpoints are not called as their actions are


class Endpoints:
    """The endpoints of one estate."""

    def __init__(self, estate: Estate, policies: Policies) -> None:
        self._estate = estate
        self._policies = policies

    def policies(self, function: Function, service: str) -> Iterator[Written]:
        """The policies that limit a function's requests to a service; none where it has no endpoint, or one without a policy."""
        subnets = [link.target for link in function.vpc.subnets] if function.vpc else []
        vpcs = {subnet.vpc.target for one in subnets if (subnet := self._estate.get(Subnet, one)) and subnet.vpc}
        for endpoint in self._estate.all(VpcEndpoint):
            there = endpoint.vpc is not None and endpoint.vpc.target is not None and endpoint.vpc.target in vpcs
            if there and endpoint.policy is not None and _is_of(endpoint, service):
                yield from self._limiting(endpoint, function, subnets)

    def _limiting(
        self, endpoint: VpcEndpoint, function: Function, subnets: list[ResourceId | None]
    ) -> Iterator[Written]:
        name = f"policy of endpoint {endpoint.shown}"
        written = self._policies.at(name, endpoint.policy, endpoint.place("PolicyDocument"), Kind.ANY)
        if self._takes_all(endpoint, subnets):
            yield written
            return
        doubt = Unknown(f"whether requests of {function.shown} go through endpoint {endpoint.shown} is not known")
        denies, allows = (
            structs.replace(
                written.policy, statements=tuple(one for one in written.policy.statements if one.allow is allow)
            )
            for allow in (False, True)
        )
        yield structs.replace(written, policy=denies, doubt=doubt)
        yield structs.replace(written, policy=allows)
        yield Written("another way out", _EVERYTHING, written.place, here=False, doubt=doubt)

    def _takes_all(self, endpoint: VpcEndpoint, subnets: list[ResourceId | None]) -> bool:
        """Whether an endpoint surely takes every request of some subnets to its service."""
        if isinstance(is_equal(endpoint.type, "Interface"), Yes):
            return endpoint.private_dns is None or isinstance(is_equal(endpoint.private_dns, True), Yes)
        if endpoint.type is not None and not isinstance(is_equal(endpoint.type, "Gateway"), Yes):
            return False
        tables = {link.target for link in endpoint.route_tables}
        routed = {
            one.subnet.target
            for one in self._estate.all(SubnetRouteTable)
            if one.subnet and one.table and one.table.target in tables
        }
        return bool(subnets) and None not in subnets and routed.issuperset(subnets)


def _is_of(endpoint: VpcEndpoint, service: str) -> bool:
    """Whether an endpoint is a service's, by the end of its name."""
    written = parts(endpoint.service)
    last = written[-1] if written else None
    return isinstance(last, str) and last.rpartition(".")[2] == _NAMES.get(service, service)
