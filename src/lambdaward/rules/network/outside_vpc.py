"""A function runs outside a VPC.

## What it finds

Functions without a `VpcConfig`.

## Why it matters

Such a function reaches the whole internet, and nothing in AWS can filter or record its traffic but GuardDuty. Inside
a VPC there are flow logs, firewalls and endpoint policies, but also costs and more to get wrong: for functions that
only call AWS APIs it is often not worth it. Being in a VPC has no bearing on who may invoke the function.

## How to fix

Add a `VpcConfig` with private subnets and VPC endpoints where the function handles data that must not leave.

## Examples

### fires: no VPC

```yaml template.yaml
Resources:
  Orders: # <- LWN001
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
```

### silent: in a VPC

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig:
        SubnetIds: [subnet-0a, subnet-0b]
        SecurityGroupIds: [sg-0a]
```

### unknown: a condition decides

```yaml template.yaml
Parameters:
  Stage:
    Type: String
Conditions:
  Production: !Equals [!Ref Stage, prod]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig:
        SubnetIds: !If [Production, [subnet-0a, subnet-0b], !Ref AWS::NoValue] # ?- LWN001
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function, No, Unknown, Unsure, Verdict, Yes
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(
    security_hub=("Lambda.3",),
    config=("lambda-inside-vpc",),
    prowler=("awslambda_function_inside_vpc",),
    checkov=("CKV_AWS_117",),
    cfn_nag=("W89",),
    cdk_nag=("LambdaInsideVPC",),
)


@rule("LWN001", "outside-vpc", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("53",))
def outside_vpc(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions without a VPC."""
    for function in analysis.estate.all(Function):
        message = f"{function.shown} runs outside a VPC and reaches the whole internet"
        found = Found(record=function, place=function.place("VpcConfig", "SubnetIds"), message=message)
        yield from answer(_outside(function), found, f"does {function.shown} run in a VPC?")


def _outside(function: Function) -> Verdict:
    if function.capacity_provider is not None:
        return No()
    subnets = function.vpc.subnets if function.vpc else ()
    if subnets and all(subnet.possible for subnet in subnets):
        return Unsure((Unknown("a condition decides whether there are subnets"),))
    return No() if subnets else Yes()
