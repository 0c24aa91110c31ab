"""A function in a VPC lives in one zone.

## What it finds

Functions whose subnets are a single one, or all in the same availability zone as far as the template says.

## Why it matters

When the zone fails, or its addresses run out, the function can't start.

## How to fix

Name subnets of at least two zones.

## Examples

### fires: one subnet, and two in one zone

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig:
        SubnetIds: [subnet-0a] # <- LWN002
        SecurityGroupIds: [sg-0a]
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig:
        SubnetIds: [!Ref One, !Ref Other] # <- LWN002
        SecurityGroupIds: [sg-0a]
  One:
    Type: AWS::EC2::Subnet
    Properties: {AvailabilityZone: eu-west-1a}
  Other:
    Type: AWS::EC2::Subnet
    Properties: {AvailabilityZone: eu-west-1a}
```

### silent: two subnets

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig:
        SubnetIds: [subnet-0a, subnet-0b]
        SecurityGroupIds: [sg-0a]
```

### unknown: a parameter lists them

```yaml template.yaml
Parameters:
  Subnets:
    Type: List<AWS::EC2::Subnet::Id>
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig:
        SubnetIds: !Ref Subnets # ?- LWN002
        SecurityGroupIds: [sg-0a]
```

## References

- https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-5
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function, Link, No, Subnet, Unknown, Unsure, Verdict, Yes, literal, unknowns
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(
    security_hub=("Lambda.5",), config=("lambda-vpc-multi-az-check",), prowler=("awslambda_function_vpc_multi_az",)
)


@rule("LWN002", "one-zone", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("54",))
def one_zone(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions in a VPC with subnets of one zone."""
    for function in analysis.estate.all(Function):
        if function.vpc and function.vpc.subnets:
            place = function.vpc.place("SubnetIds")
            found = Found(record=function, place=place, message=f"{function.shown} lives in one availability zone")
            question = f"does {function.shown} live in more than one availability zone?"
            yield from answer(_one(analysis, function.vpc.subnets), found, question)


def _one(analysis: Analysis, subnets: tuple[Link, ...]) -> Verdict:
    doubts = tuple(unknown for subnet in subnets for unknown in unknowns(subnet.value))
    if doubts or any(subnet.possible for subnet in subnets):
        return Unsure(doubts or (Unknown("a condition decides about a subnet"),))
    if len(subnets) == 1:
        return Yes()
    records = [analysis.estate.follow(Subnet, subnet) for subnet in subnets]
    zones = {literal(record.zone) if record else None for record in records}
    return Yes() if len(zones) == 1 and None not in zones else No()
