"""The network that functions, capacity providers and connectors live in: VPCs, routes, security groups, ACLs, endpoints."""

from typing import Annotated, ClassVar

from lambdaward.model.fields import Block, Blocks, Items, Link, LinksTo, LinkTo, Prop
from lambdaward.model.record import BlockRecord, Record
from lambdaward.model.values import FlagValue, NumberValue, TextValue, Value

VPC = "AWS::EC2::VPC"
SUBNET = "AWS::EC2::Subnet"
ROUTE_TABLE = "AWS::EC2::RouteTable"
SECURITY_GROUP = "AWS::EC2::SecurityGroup"
PREFIX_LIST = "AWS::EC2::PrefixList"
NETWORK_ACL = "AWS::EC2::NetworkAcl"
GATEWAYS = ("AWS::EC2::InternetGateway", "AWS::EC2::VPNGateway")


class Vpc(Record, frozen=True, kw_only=True):
    """A virtual private cloud."""

    TYPES: ClassVar[tuple[str, ...]] = (VPC,)

    cidr: Annotated[TextValue, Prop("CidrBlock", "text")] = None


class VpcCidrBlock(Record, frozen=True, kw_only=True):
    """A further address range of a VPC."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::EC2::VPCCidrBlock",)

    vpc: Annotated[Link | None, LinkTo("VpcId", (VPC,))] = None
    cidr: Annotated[TextValue, Prop("CidrBlock", "text")] = None
    ipv6_cidr: Annotated[TextValue, Prop("Ipv6CidrBlock", "text")] = None
    amazon_ipv6: Annotated[FlagValue, Prop("AmazonProvidedIpv6CidrBlock", "flag")] = None


class Subnet(Record, frozen=True, kw_only=True):
    """A subnet."""

    TYPES: ClassVar[tuple[str, ...]] = (SUBNET,)

    vpc: Annotated[Link | None, LinkTo("VpcId", (VPC,))] = None
    cidr: Annotated[TextValue, Prop("CidrBlock", "text")] = None
    ipv6_cidr: Annotated[TextValue, Prop("Ipv6CidrBlock", "text")] = None
    zone: Annotated[TextValue, Prop("AvailabilityZone|AvailabilityZoneId", "text")] = None
    public_addresses: Annotated[FlagValue, Prop("MapPublicIpOnLaunch", "flag")] = None


class RouteTable(Record, frozen=True, kw_only=True):
    """A route table; its routes and its subnets are resources of their own."""

    TYPES: ClassVar[tuple[str, ...]] = (ROUTE_TABLE,)

    vpc: Annotated[Link | None, LinkTo("VpcId", (VPC,))] = None


class Route(Record, frozen=True, kw_only=True):
    """One route: a destination and where traffic for it goes. Exactly one of the targets is written."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::EC2::Route",)

    table: Annotated[Link | None, LinkTo("RouteTableId", (ROUTE_TABLE,))] = None
    cidr: Annotated[TextValue, Prop("DestinationCidrBlock", "text")] = None
    ipv6_cidr: Annotated[TextValue, Prop("DestinationIpv6CidrBlock", "text")] = None
    prefix_list: Annotated[Link | None, LinkTo("DestinationPrefixListId", (PREFIX_LIST,))] = None
    gateway: Annotated[Link | None, LinkTo("GatewayId", GATEWAYS)] = None
    nat_gateway: Annotated[Link | None, LinkTo("NatGatewayId", ("AWS::EC2::NatGateway",))] = None
    egress_only_gateway: Annotated[
        Link | None, LinkTo("EgressOnlyInternetGatewayId", ("AWS::EC2::EgressOnlyInternetGateway",))
    ] = None
    endpoint: Annotated[Link | None, LinkTo("VpcEndpointId", ("AWS::EC2::VPCEndpoint",))] = None
    instance: Annotated[Value, Prop("InstanceId|NetworkInterfaceId")] = None
    transit_gateway: Annotated[Value, Prop("TransitGatewayId")] = None
    peering: Annotated[Value, Prop("VpcPeeringConnectionId")] = None
    other: Annotated[Value, Prop("CarrierGatewayId|CoreNetworkArn|LocalGatewayId|OdbNetworkArn")] = None


class SubnetRouteTable(Record, frozen=True, kw_only=True):
    """Which route table a subnet uses."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::EC2::SubnetRouteTableAssociation",)

    subnet: Annotated[Link | None, LinkTo("SubnetId", (SUBNET,))] = None
    table: Annotated[Link | None, LinkTo("RouteTableId", (ROUTE_TABLE,))] = None


class SecurityGroupRule(BlockRecord, frozen=True):
    """A rule of a security group, in either direction. `peer` is the other security group."""

    protocol: Annotated[TextValue, Prop("IpProtocol", "text")] = None
    from_port: Annotated[NumberValue, Prop("FromPort", "number")] = None
    to_port: Annotated[NumberValue, Prop("ToPort", "number")] = None
    cidr: Annotated[TextValue, Prop("CidrIp", "text")] = None
    ipv6_cidr: Annotated[TextValue, Prop("CidrIpv6", "text")] = None
    prefix_list: Annotated[Link | None, LinkTo("SourcePrefixListId|DestinationPrefixListId", (PREFIX_LIST,))] = None
    peer: Annotated[Link | None, LinkTo("SourceSecurityGroupId|DestinationSecurityGroupId", (SECURITY_GROUP,))] = None


class SecurityGroup(Record, frozen=True, kw_only=True):
    """A security group with the rules that are written inside it. Without any egress rule, all egress is allowed."""

    TYPES: ClassVar[tuple[str, ...]] = (SECURITY_GROUP,)

    name: Annotated[TextValue, Prop("GroupName", "text")] = None
    vpc: Annotated[Link | None, LinkTo("VpcId", (VPC,))] = None
    ingress: Annotated[tuple[SecurityGroupRule, ...], Blocks("SecurityGroupIngress", SecurityGroupRule)] = ()
    egress: Annotated[tuple[SecurityGroupRule, ...], Blocks("SecurityGroupEgress", SecurityGroupRule)] = ()


class SecurityGroupIngress(Record, frozen=True, kw_only=True):
    """An ingress rule that is declared apart from its group."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::EC2::SecurityGroupIngress",)

    group: Annotated[Link | None, LinkTo("GroupId|GroupName", (SECURITY_GROUP,))] = None
    rule: Annotated[SecurityGroupRule | None, Block("", SecurityGroupRule)] = None


class SecurityGroupEgress(Record, frozen=True, kw_only=True):
    """An egress rule that is declared apart from its group."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::EC2::SecurityGroupEgress",)

    group: Annotated[Link | None, LinkTo("GroupId", (SECURITY_GROUP,))] = None
    rule: Annotated[SecurityGroupRule | None, Block("", SecurityGroupRule)] = None


class NetworkAcl(Record, frozen=True, kw_only=True):
    """A network ACL; its entries and its subnets are resources of their own."""

    TYPES: ClassVar[tuple[str, ...]] = (NETWORK_ACL,)

    vpc: Annotated[Link | None, LinkTo("VpcId", (VPC,))] = None


class NetworkAclEntry(Record, frozen=True, kw_only=True):
    """One numbered entry of a network ACL; the lowest number that matches decides. Protocol -1 is every protocol."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::EC2::NetworkAclEntry",)

    acl: Annotated[Link | None, LinkTo("NetworkAclId", (NETWORK_ACL,))] = None
    number: Annotated[NumberValue, Prop("RuleNumber", "number")] = None
    action: Annotated[TextValue, Prop("RuleAction", "text")] = None
    egress: Annotated[FlagValue, Prop("Egress", "flag")] = None
    protocol: Annotated[NumberValue, Prop("Protocol", "number")] = None
    cidr: Annotated[TextValue, Prop("CidrBlock", "text")] = None
    ipv6_cidr: Annotated[TextValue, Prop("Ipv6CidrBlock", "text")] = None
    from_port: Annotated[NumberValue, Prop("PortRange.From", "number")] = None
    to_port: Annotated[NumberValue, Prop("PortRange.To", "number")] = None


class SubnetNetworkAcl(Record, frozen=True, kw_only=True):
    """Which network ACL a subnet uses."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::EC2::SubnetNetworkAclAssociation",)

    subnet: Annotated[Link | None, LinkTo("SubnetId", (SUBNET,))] = None
    acl: Annotated[Link | None, LinkTo("NetworkAclId", (NETWORK_ACL,))] = None


class PrefixList(Record, frozen=True, kw_only=True):
    """A customer-managed prefix list."""

    TYPES: ClassVar[tuple[str, ...]] = (PREFIX_LIST,)

    entries: Annotated[tuple[Value, ...], Items("Entries")] = ()


class VpcEndpoint(Record, frozen=True, kw_only=True):
    """A VPC endpoint. Without a policy it lets everything through to the service; without a type it is a gateway endpoint."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::EC2::VPCEndpoint",)

    vpc: Annotated[Link | None, LinkTo("VpcId", (VPC,))] = None
    service: Annotated[TextValue, Prop("ServiceName", "text")] = None
    type: Annotated[TextValue, Prop("VpcEndpointType", "text")] = None
    policy: Annotated[Value, Prop("PolicyDocument")] = None
    private_dns: Annotated[FlagValue, Prop("PrivateDnsEnabled", "flag")] = None
    subnets: Annotated[tuple[Link, ...], LinksTo("SubnetIds", (SUBNET,))] = ()
    security_groups: Annotated[tuple[Link, ...], LinksTo("SecurityGroupIds", (SECURITY_GROUP,))] = ()
    route_tables: Annotated[tuple[Link, ...], LinksTo("RouteTableIds", (ROUTE_TABLE,))] = ()
