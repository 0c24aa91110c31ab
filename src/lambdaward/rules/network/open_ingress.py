"""A function's security group lets the whole internet in.

## What it finds

Security groups of functions with an ingress rule from `0.0.0.0/0` or `::/0`. The finding is medium when something
else in the template has the same group.

## Why it matters

A function accepts no connections, whatever its group says: on a group that only functions have, the rule is dead and
misleading, and waits for the day somebody puts the group on something that listens. Where that is so already, the
rule is a real opening.

## How to fix

Remove the ingress rule, and give functions groups of their own.

## Examples

### fires: open to everybody

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig: {SubnetIds: [subnet-0a], SecurityGroupIds: [!Ref Group, !Ref Shared]}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: orders
      SecurityGroupIngress:
        - IpProtocol: "-1" # <- LWN003
          CidrIp: 0.0.0.0/0
  Shared:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: shop}
  Rule: # <- LWN003
    Type: AWS::EC2::SecurityGroupIngress
    Properties: {GroupId: !Ref Shared, IpProtocol: tcp, FromPort: 5432, ToPort: 5432, CidrIpv6: "::/0"}
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      VPCSecurityGroups: [!Ref Shared]
```

### silent: open inside, and a group that no function has

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig: {SubnetIds: [subnet-0a], SecurityGroupIds: [!Ref Group]}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: orders
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8}
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}
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
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: orders
      SecurityGroupIngress:
        - IpProtocol: tcp # ?- LWN003
          FromPort: 443
          ToPort: 443
          CidrIp: !Ref Range
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
- https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from lambdaward.analysis import Analysis
from lambdaward.model import (
    Estate,
    No,
    Place,
    Record,
    Ref,
    Resource,
    ResourceId,
    SecurityGroup,
    SecurityGroupIngress,
    SecurityGroupRule,
    Verdict,
    any_of,
    holes,
    is_equal,
)
from lambdaward.rules import Doubt, Evidence, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.groups import groups_of_functions

STANDARDS = Standards(cwe=("CWE-284",), owasp_serverless=("A6",))
# What refers to a group without being reached through it.
HARMLESS = (
    "AWS::Lambda::Function",
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::SecurityGroupIngress",
    "AWS::EC2::SecurityGroupEgress",
)


@rule("LWN003", "open-ingress", Severity.LOW, standards=STANDARDS, posture=("55",))
def open_ingress(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Ingress rules from everywhere on groups that functions have."""
    open_ = [
        (group, functions, record, place, verdict)
        for group, functions in groups_of_functions(analysis.estate)
        for record, place, ingress in _ingress(analysis, group)
        if not isinstance(verdict := _open(ingress), No)
    ]
    users = _users(analysis.estate, {group.id for group, *_ in open_})
    for group, functions, record, place, verdict in open_:
        others = users[group.id]
        found = Found(
            record=record,
            place=place,
            message=f"{group.shown}, a group of {', '.join(f.shown for f in functions)}, lets the whole internet in",
            severity=Severity.MEDIUM if others else Severity.LOW,
            because=(f"{others[0].shown or others[0].id.name} has the same group",) if others else (),
            evidence=tuple(Evidence(f"the groups of {f.shown}", f.place("VpcConfig")) for f in functions),
            key=".".join(map(str, place.path)),
            functions=tuple(str(f.id) for f in functions),
        )
        yield from answer(verdict, found, f"whom does {group.shown} let in?")


def _ingress(analysis: Analysis, group: SecurityGroup) -> Iterator[tuple[Record, Place, SecurityGroupRule]]:
    for ingress in group.ingress:
        yield group, ingress.place(), ingress
    for separate in analysis.estate.all(SecurityGroupIngress):
        if separate.group and separate.group.target == group.id and separate.rule:
            yield separate, separate.place(), separate.rule


def _open(ingress: SecurityGroupRule) -> Verdict:
    return any_of((is_equal(ingress.cidr, "0.0.0.0/0"), is_equal(ingress.ipv6_cidr, "::/0")))


def _users(estate: Estate, groups: AbstractSet[ResourceId]) -> Mapping[ResourceId, list[Resource]]:
    """What else has each group: whatever refers to it and is neither a function nor a rule."""
    users: dict[ResourceId, list[Resource]] = {group: [] for group in groups}
    for resource in estate.resources.values() if groups else ():
        if resource.type not in HARMLESS:
            named = dict.fromkeys(hole.resource for hole in holes(resource.properties) if isinstance(hole, Ref))
            for group in named.keys() & groups:
                users[group].append(resource)
    return users
