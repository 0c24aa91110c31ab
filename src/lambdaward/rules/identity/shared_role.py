"""Several functions share a role.

## What it finds

Roles that more than one function runs with, where they allow more than writing logs, traces and network interfaces.

## Why it matters

Each function can do what any of them needs. A fault in the least important one costs as much as a fault in the most important
one, and nobody can tell from CloudTrail's role name which of them called.

## How to fix

Give each function a role of its own. AWS SAM does so where a function has `Policies` and no `Role`.

## Examples

### fires: one role for two functions

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Shared.Arn
  Invoices:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Shared.Arn
  Shared: # <- LWI007
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: shared
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{Effect: Allow, Action: "dynamodb:GetItem", Resource: "*"}]
```

### silent: the second function has a role of its own

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Shared.Arn
  Invoices:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::111122223333:role/invoices
  Shared:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: shared
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{Effect: Allow, Action: "dynamodb:GetItem", Resource: "*"}]
```

### unknown: a parameter gives the role of the second function

```yaml template.yaml
Parameters:
  Role: {Type: String}
Conditions:
  Own: !Equals [!Ref Role, own]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Shared.Arn
  Invoices:
    Type: AWS::Lambda::Function
    Properties:
      Role: !If [Own, !Ref Role, !GetAtt Shared.Arn]
  Shared: # ?- LWI007
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: shared
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{Effect: Allow, Action: "dynamodb:GetItem", Resource: "*"}]
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
"""

from collections.abc import Iterator
from functools import cache

from lambdaward.analysis import Analysis
from lambdaward.catalog import actions
from lambdaward.model import Function, Link, Ref, Role, Unknown, holes
from lambdaward.rules import Doubt, Evidence, Found, Kind, Severity, Standards, rule

STANDARDS = Standards(cis_compute=("4.5",), owasp_serverless=("A5",), cwe=("CWE-653",))
# What every function does: a role that allows no more than this gives nothing away.
COMMON = ("logs:*", "xray:*", "cloudwatch:PutMetricData", "ec2:*NetworkInterface*", "ec2:*PrivateIpAddresses")


@rule("LWI007", "shared-role", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("7",))
def shared_role(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Roles that several functions run with."""
    for role in analysis.estate.all(Role):
        certain = [f for f in analysis.estate.all(Function) if f.role and f.role.target == role.id]
        possible = [f for f in analysis.estate.all(Function) if f not in certain and _may_be(f.role, role)]
        if len(certain) + len(possible) < 2 or not _more_than_common(analysis, role):
            continue
        if len(certain) > 1:
            yield _found(role, certain)
        else:
            why = Unknown(f"a condition decides which role {possible[0].shown} has")
            yield Doubt(
                record=role, place=role.place(), message=f"do several functions share {role.shown}?", unknowns=(why,)
            )


def _may_be(link: Link | None, role: Role) -> bool:
    """Whether one of the alternatives of a link is a role."""
    return link is not None and any(isinstance(hole, Ref) and hole.resource == role.id for hole in holes(link.value))


def _found(role: Role, functions: list[Function]) -> Found:
    names = ", ".join(function.shown for function in functions)
    return Found(
        record=role,
        place=role.place(),
        message=f"{names} share the role {role.shown}",
        evidence=tuple(Evidence(f"the role of {function.shown}", function.place("Role")) for function in functions),
        functions=tuple(str(function.id) for function in functions),
    )


def _more_than_common(analysis: Analysis, role: Role) -> bool:
    return any(
        grant.mask & ~_common() or grant.listed.doubts or grant.listed.unlisted for grant in analysis.roles.grants(role)
    )


@cache
def _common() -> int:
    return actions().expand_many(COMMON).mask
