"""Ways out of a VPC, and what watches or blocks them: gateways, peering, flow logs, block public access."""

from typing import Annotated, ClassVar

from lambdaward.model.fields import Link, LinkTo, Prop
from lambdaward.model.network import GATEWAYS, SUBNET, VPC
from lambdaward.model.record import Record
from lambdaward.model.values import TextValue, Value


class InternetGateway(Record, frozen=True, kw_only=True):
    """An internet gateway; `GatewayAttachment` says which VPC it serves."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::EC2::InternetGateway",)


class GatewayAttachment(Record, frozen=True, kw_only=True):
    """An internet or VPN gateway attached to a VPC."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::EC2::VPCGatewayAttachment",)

    vpc: Annotated[Link | None, LinkTo("VpcId", (VPC,))] = None
    gateway: Annotated[Link | None, LinkTo("InternetGatewayId|VpnGatewayId", GATEWAYS)] = None


class EgressOnlyGateway(Record, frozen=True, kw_only=True):
    """An egress-only internet gateway, for IPv6."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::EC2::EgressOnlyInternetGateway",)

    vpc: Annotated[Link | None, LinkTo("VpcId", (VPC,))] = None


class NatGateway(Record, frozen=True, kw_only=True):
    """A NAT gateway. `connectivity` `private` gives no internet; a `regional` one has no subnet."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::EC2::NatGateway",)

    subnet: Annotated[Link | None, LinkTo("SubnetId", (SUBNET,))] = None
    vpc: Annotated[Link | None, LinkTo("VpcId", (VPC,))] = None
    connectivity: Annotated[TextValue, Prop("ConnectivityType", "text")] = None
    availability: Annotated[TextValue, Prop("AvailabilityMode", "text")] = None


class PeeringConnection(Record, frozen=True, kw_only=True):
    """A peering of two VPCs."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::EC2::VPCPeeringConnection",)

    vpc: Annotated[Link | None, LinkTo("VpcId", (VPC,))] = None
    peer: Annotated[Link | None, LinkTo("PeerVpcId", (VPC,))] = None
    peer_account: Annotated[TextValue, Prop("PeerOwnerId", "text")] = None


class BlockPublicAccess(Record, frozen=True, kw_only=True):
    """The account's block of internet gateway traffic in one Region: `block-bidirectional` or `block-ingress`."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::EC2::VPCBlockPublicAccessOptions",)

    mode: Annotated[TextValue, Prop("InternetGatewayBlockMode", "text")] = None


class FlowLog(Record, frozen=True, kw_only=True):
    """A flow log of a VPC, subnet or network interface."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::EC2::FlowLog",)

    target: Annotated[Link | None, LinkTo("ResourceId", (VPC, SUBNET))] = None
    traffic: Annotated[TextValue, Prop("TrafficType", "text")] = None
    destination: Annotated[Value, Prop("LogDestination|LogGroupName")] = None
