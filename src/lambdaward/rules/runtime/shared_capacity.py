"""Functions of different roles share a capacity provider.

## What it finds

Capacity providers (managed instances) on which functions with different execution roles run.

## Why it matters

On managed instances the containers of functions are no security boundary: the capacity provider is. Code that breaks
out of one function reaches the memory and the credentials of all functions on the same provider, so that the least
trusted function holds the powers of all.

## How to fix

Give functions of different trust capacity providers of their own.

## Examples

### fires: two roles on one provider

```yaml template.yaml
Resources:
  Shared: # <- LWR011
    Type: AWS::Lambda::CapacityProvider
    Properties: {}
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt OrdersRole.Arn
      CapacityProviderConfig:
        LambdaManagedInstancesCapacityProviderConfig:
          CapacityProviderArn: !GetAtt Shared.Arn
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt BillingRole.Arn
      CapacityProviderConfig:
        LambdaManagedInstancesCapacityProviderConfig:
          CapacityProviderArn: !GetAtt Shared.Arn
  OrdersRole:
    Type: AWS::IAM::Role
    Properties: {}
  BillingRole:
    Type: AWS::IAM::Role
    Properties: {}
```

### silent: one function

```yaml template.yaml
Resources:
  Own:
    Type: AWS::Lambda::CapacityProvider
    Properties: {}
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt OrdersRole.Arn
      CapacityProviderConfig:
        LambdaManagedInstancesCapacityProviderConfig:
          CapacityProviderArn: !GetAtt Own.Arn
  OrdersRole:
    Type: AWS::IAM::Role
    Properties: {}
```

### unknown: roles that parameters give

```yaml template.yaml
Parameters:
  OrdersRole:
    Type: String
  BillingRole:
    Type: String
Resources:
  Shared: # ?- LWR011
    Type: AWS::Lambda::CapacityProvider
    Properties: {}
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: !Ref OrdersRole
      CapacityProviderConfig:
        LambdaManagedInstancesCapacityProviderConfig:
          CapacityProviderArn: !GetAtt Shared.Arn
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Role: !Ref BillingRole
      CapacityProviderConfig:
        LambdaManagedInstancesCapacityProviderConfig:
          CapacityProviderArn: !GetAtt Shared.Arn
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import CapacityProvider, Function, No, Unsure, Verdict, Yes, unknowns
from lambdaward.rules import Doubt, Evidence, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(cwe=("CWE-653",), owasp_serverless=("A5",))


@rule("LWR011", "shared-capacity", Severity.MEDIUM, standards=STANDARDS, posture=("n29",))
def shared_capacity(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Capacity providers that functions of different roles share."""
    functions = analysis.estate.all(Function)
    for provider in analysis.estate.all(CapacityProvider):
        tenants = [f for f in functions if f.capacity_provider and f.capacity_provider.target == provider.id]
        found = Found(
            record=provider,
            place=provider.place(),
            message=f"functions of different roles share {provider.shown}: {', '.join(f.shown for f in tenants)}",
            evidence=tuple(Evidence(f"the role of {f.shown}", f.place("Role")) for f in tenants),
            functions=tuple(str(f.id) for f in tenants),
        )
        yield from answer(_differ(tenants), found, f"do the functions on {provider.shown} have one role?")


def _differ(functions: list[Function]) -> Verdict:
    """Whether the roles of some functions differ; roles are the same when they are the same resource or text."""
    roles = [function.role.target or function.role.value for function in functions if function.role]
    doubts = tuple(unknown for f in functions if f.role and not f.role.target for unknown in unknowns(f.role.value))
    if len(functions) > 1 and doubts:
        return Unsure(doubts)
    return Yes() if any(role != roles[0] for role in roles) else No()
