"""A function's security group lets everything out.

## What it finds

Security groups of functions that allow all protocols, or all TCP ports, to `0.0.0.0/0` or `::/0`: also a group
without any egress rule, as AWS then adds one that allows all.

## Why it matters

A function that was taken over sends what it finds to wherever it likes.

## How to fix

Allow what the function needs: HTTPS to prefix lists of AWS services, the port of its database.

## Examples

### fires: everything, by choice and by default

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig: {SubnetIds: [subnet-0a], SecurityGroupIds: [!Ref Group, !Ref Default]}
  Group: # <- LWN004
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: orders
      SecurityGroupEgress:
        - {IpProtocol: "-1", CidrIp: 0.0.0.0/0}
  Default: # <- LWN004
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: orders}
```

### silent: one port, inside

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig: {SubnetIds: [subnet-0a], SecurityGroupIds: [!Ref Group, !Ref Other]}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: orders
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 5432, ToPort: 5432, CidrIp: 10.0.0.0/16}
  Other:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: orders}
  Rule:
    Type: AWS::EC2::SecurityGroupEgress
    Properties: {GroupId: !Ref Other, IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}
```

### unknown: a parameter gives the range

```yaml template.yaml
Parameters:
  Range:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig: {SubnetIds: [subnet-0a], SecurityGroupIds: [!Ref Group]}
  Group: # ?- LWN004
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: orders
      SecurityGroupEgress:
        - {IpProtocol: "-1", CidrIp: !Ref Range}
```

## References

- https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import (
    SecurityGroup,
    SecurityGroupEgress,
    SecurityGroupRule,
    Verdict,
    Yes,
    all_of,
    any_of,
    is_equal,
)
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.groups import groups_of_functions

STANDARDS = Standards(cwe=("CWE-284",), mitre_attack=("T1567", "T1041"))


@rule("LWN004", "open-egress", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("56",))
def open_egress(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Groups of functions that let everything out."""
    for group, functions in groups_of_functions(analysis.estate):
        names = ", ".join(function.shown for function in functions)
        found = Found(
            record=group,
            place=group.place(),
            message=f"{group.shown}, a group of {names}, lets everything out to the whole internet",
            functions=tuple(str(function.id) for function in functions),
        )
        rules = _egress(analysis, group)
        verdict = any_of(_open(egress) for egress in rules) if rules else Yes()
        yield from answer(verdict, found, f"what does {group.shown} let out?")


def _egress(analysis: Analysis, group: SecurityGroup) -> list[SecurityGroupRule]:
    separate = analysis.estate.all(SecurityGroupEgress)
    mine = (egress.rule for egress in separate if egress.group and egress.group.target == group.id)
    return [*group.egress, *(egress for egress in mine if egress)]


def _open(egress: SecurityGroupRule) -> Verdict:
    anywhere = any_of((is_equal(egress.cidr, "0.0.0.0/0"), is_equal(egress.ipv6_cidr, "::/0")))
    every_port = all_of(
        (is_equal(egress.protocol, "tcp"), is_equal(egress.from_port, 0), is_equal(egress.to_port, 65535))
    )
    return all_of((anywhere, any_of((is_equal(egress.protocol, "-1"), every_port))))
