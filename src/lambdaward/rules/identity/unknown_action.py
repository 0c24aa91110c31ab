"""A policy names an action that does not exist.

## What it finds

Statements of execution roles with an action that no action of its service matches, or whose service does not exist.

## Why it matters

The statement does not allow (or deny) what its author meant: a typing error in an allow breaks the function one day, one in a
deny protects nothing.

## How to fix

Correct the name. The service authorization reference lists each service's actions.

## Examples

### fires: a typing error

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
        - PolicyName: orders
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: dynamodb:GetItems # <- LWI012
                Resource: "*"
```

### silent: actions that exist, in any case

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
        - PolicyName: orders
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: [dynamodb:getitem, "s3:Get*"]
                Resource: arn:aws:s3:::orders/*
```

### unknown: a parameter gives a part of the name

```yaml template.yaml
Parameters:
  Verb: {Type: String}
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
        - PolicyName: orders
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: !Sub "dynamodb:${Verb}Item" # ?- LWI012
                Resource: "*"
```

## References

- https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.access import Stated
from lambdaward.catalog import actions
from lambdaward.model import Unknown, literal
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.identity.weight import open_question

STANDARDS = Standards(cwe=("CWE-1288",), cfn_lint=("W3037",))


@rule("LWI012", "unknown-action", Severity.LOW, standards=STANDARDS, posture=("12",))
def unknown_action(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Actions that no service has."""
    for role in analysis.roles.execution:
        for stated in analysis.access.statements(role.role):
            for part in (stated.statement.actions or ()) if _written_here(analysis, stated) else ():
                place, known = stated.at(part), literal(part.value)
                if known is None:
                    why = Unknown("a part of the action is only known after deployment")
                    yield from open_question(role, place, "does the action exist?", (why,))
                elif isinstance(found := actions().expand(known), Unknown):
                    yield Found(
                        record=role.role,
                        place=place,
                        message=f"{stated.shown} of {role.role.shown} names an action that is not listed: {found.reason}",
                        key=known.lower(),
                        functions=role.identities,
                    )


def _written_here(analysis: Analysis, stated: Stated) -> bool:
    """Whether the estate's own authors wrote a statement: not where it is in a policy of AWS, nor where a policy template of
    SAM stands for a whole document, so that both are at one place."""
    origin = analysis.estate.origin
    return stated.written.here and origin(stated.place) != origin(stated.written.place)
