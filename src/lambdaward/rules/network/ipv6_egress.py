"""A function may leave its VPC by IPv6.

## What it finds

Functions in a VPC with `Ipv6AllowedForDualStack: true`.

## Why it matters

IPv6 has routes, gateways and rules of its own. Egress that was closed or filtered for IPv4 is often open for IPv6, as
nobody looked at that half.

## How to fix

Turn IPv6 off, or check the routes, security groups and network ACLs of the subnets for `::/0`.

## Examples

### fires: both protocols

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig:
        SubnetIds: [subnet-0a]
        SecurityGroupIds: [sg-0a]
        Ipv6AllowedForDualStack: true # <- LWN007
```

### silent: IPv4 only

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig: {SubnetIds: [subnet-0a], SecurityGroupIds: [sg-0a]}
```

### unknown: a parameter decides

```yaml template.yaml
Parameters:
  Both:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig:
        SubnetIds: [subnet-0a]
        SecurityGroupIds: [sg-0a]
        Ipv6AllowedForDualStack: !Ref Both # ?- LWN007
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function, is_equal
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(cwe=("CWE-284",), mitre_attack=("T1041",))


@rule("LWN007", "ipv6-egress", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("n18",))
def ipv6_egress(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions that may leave their VPC by IPv6."""
    for function in analysis.estate.all(Function):
        if function.vpc:
            place = function.vpc.place("Ipv6AllowedForDualStack")
            message = f"{function.shown} may leave its VPC by IPv6 as well"
            found = Found(record=function, place=place, message=message)
            verdict = is_equal(function.vpc.ipv6, expected=True)
            yield from answer(verdict, found, f"does {function.shown} use IPv6?")
