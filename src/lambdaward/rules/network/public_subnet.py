"""A function in a public subnet has no way to the internet.

## What it finds

Functions with a subnet whose default route leads to an internet gateway. The interfaces of a function get no public
address, so that such a route leads nowhere for them.

## Why it matters

Calls to the internet, and to AWS services without a VPC endpoint, hang until the function times out. The usual cure,
taking the function out of the VPC or opening more, makes things worse.

## How to fix

Move the function to a private subnet with a route to a NAT gateway, or with VPC endpoints.

## Examples

### fires: a default route to an internet gateway

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig:
        SubnetIds: [!Ref Public] # <- LWN005
        SecurityGroupIds: [sg-0a]
  Public:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc}
  Uses:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref Public, RouteTableId: !Ref Table}
  Table:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  Out:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}
  Gateway:
    Type: AWS::EC2::InternetGateway
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
```

### silent: a NAT gateway

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig:
        SubnetIds: [!Ref Private]
        SecurityGroupIds: [sg-0a]
  Private:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0a}
  Uses:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref Private, RouteTableId: !Ref Table}
  Table:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: vpc-0a}
  Out:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: nat-0a}
```

### unknown: a parameter names the gateway

```yaml template.yaml
Parameters:
  Gateway:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig:
        SubnetIds: [!Ref Subnet] # ?- LWN005
        SecurityGroupIds: [sg-0a]
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-0a}
  Uses:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}
  Table:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: vpc-0a}
  Out:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import (
    Estate,
    Link,
    No,
    ResourceId,
    Route,
    SubnetRouteTable,
    Verdict,
    VpcConfig,
    Yes,
    all_of,
    any_of,
    is_equal,
    literal,
)
from lambdaward.model import Function as LambdaFunction
from lambdaward.rules import Doubt, Found, Kind, Severity, rule
from lambdaward.rules.answering import answer, undecided

INTERNET_GATEWAY = "AWS::EC2::InternetGateway"


@rule("LWN005", "public-subnet", Severity.LOW, kind=Kind.ADVICE, posture=("n17",))
def public_subnet(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions with a subnet whose default route is of no use to them."""
    for function in analysis.estate.all(LambdaFunction):
        if function.vpc:
            message = f"{function.shown} has a public subnet, from which functions reach nothing outside the VPC"
            found = Found(record=function, place=function.vpc.place("SubnetIds"), message=message)
            question = f"does {function.shown} reach what is outside its VPC?"
            yield from answer(_public(analysis.estate, function.vpc), found, question)


def _public(estate: Estate, vpc: VpcConfig) -> Verdict:
    subnets = {subnet.target for subnet in vpc.subnets if subnet.target}
    associations = estate.all(SubnetRouteTable)
    tables = {a.table.target for a in associations if a.table and a.subnet and a.subnet.target in subnets}
    return any_of(_leads_out(estate, route, tables) for route in estate.all(Route))


def _leads_out(estate: Estate, route: Route, tables: set[ResourceId | None]) -> Verdict:
    if route.table is None or route.gateway is None or route.table.target not in tables - {None}:
        return No()
    return all_of((is_equal(route.cidr, "0.0.0.0/0"), _internet(estate, route.gateway)))


def _internet(estate: Estate, gateway: Link) -> Verdict:
    if gateway.target:
        return Yes() if estate.resources[gateway.target].type == INTERNET_GATEWAY else No()
    name = literal(gateway.value)
    if name is None:
        return undecided(gateway.value)
    return Yes() if name.startswith("igw-") else No()
