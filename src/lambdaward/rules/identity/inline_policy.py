"""A role's policy is written inline.

## What it finds

Execution roles with inline policies.

## Why it matters

Some organizations want every policy to be a managed one, so that it has versions, an owner and a place in reviews. An inline
policy has none of these, but it does disappear with its role.

## How to fix

Move the statements to an `AWS::IAM::ManagedPolicy` and attach that.

## Examples

### fires: an inline policy

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt OrdersRole.Arn}
  OrdersRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: orders # <- LWI017
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: dynamodb:GetItem
                Resource: "*"
```

### silent: a managed policy

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt OrdersRole.Arn}
  OrdersRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      ManagedPolicyArns: [!Ref Orders2]
  Orders2:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Action: "dynamodb:GetItem", Resource: "*"}]
```

### unknown: a condition decides

```yaml template.yaml
Parameters:
  Mode: {Type: String}
Conditions:
  Inline: !Equals [!Ref Mode, inline]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt OrdersRole.Arn}
  OrdersRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - !If # ?- LWI017
          - Inline
          - PolicyName: orders
            PolicyDocument:
              Version: "2012-10-17"
              Statement: [{Effect: Allow, Action: "dynamodb:GetItem", Resource: "*"}]
          - !Ref AWS::NoValue
```

## References

- https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import AttachedPolicy, Place, Role, Unknown
from lambdaward.rules import Doubt, Found, Kind, Severity, rule
from lambdaward.rules.identity.weight import open_question


@rule("LWI017", "inline-policy", Severity.INFO, kind=Kind.ADVICE, posture=("11",))
def inline_policy(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Inline policies of execution roles."""
    for role in analysis.roles.execution:
        for place, doubt in _inline(analysis, role.role):
            if doubt:
                yield from open_question(role, place, f"has {role.role.shown} an inline policy?", (doubt,))
            else:
                yield Found(
                    record=role.role,
                    place=place,
                    message=f"{role.role.shown} has an inline policy",
                    key=".".join(map(str, place.path)),
                    functions=role.identities,
                )


def _inline(analysis: Analysis, role: Role) -> Iterator[tuple[Place, Unknown | None]]:
    for written in analysis.access.policies(role):
        if written.here and analysis.estate.get(AttachedPolicy, written.place.resource) is None:
            yield Place(written.place.resource, written.place.path[:-1]), written.doubt
