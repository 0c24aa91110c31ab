"""A function's role may not write logs.

## What it finds

Execution roles without permission to write the function's logs (`logs:CreateLogStream` and `logs:PutLogEvents`).

## Why it matters

The function runs, and nobody can say afterwards what it did: not in an outage, and not after an intrusion.

## How to fix

Attach the managed policy `service-role/AWSLambdaBasicExecutionRole`, or allow the two actions on the function's log group.

## Examples

### fires: a role without logs

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt OrdersRole.Arn}
  OrdersRole: # <- LWI014
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
                Action: dynamodb:GetItem
                Resource: "*"
```

### silent: the managed policy

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
      ManagedPolicyArns:
        - arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
```

### unknown: a policy that is not in the template

```yaml template.yaml
Parameters:
  Extra: {Type: String}
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt OrdersRole.Arn}
  OrdersRole: # ?- LWI014
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      ManagedPolicyArns:
        - !Ref Extra
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.catalog import actions
from lambdaward.model import Unknown
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.identity.weight import open_question

STANDARDS = Standards(owasp_serverless=("A10",), cwe=("CWE-778",), cfn_nag=("W58",))
NEEDED = ("logs:CreateLogStream", "logs:PutLogEvents")


@rule("LWI014", "no-log-access", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("14",))
def no_log_access(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Roles that write no logs."""
    wanted = actions().expand_many(NEEDED).mask
    for role in analysis.roles.execution:
        granted, doubts = 0, list[Unknown]()
        for grant in analysis.roles.grants(role.role):
            granted |= grant.mask & wanted
            doubts += [unknown for _, unknown in grant.listed.doubts]
        doubts += [unknown for written in analysis.access.policies(role.role) for unknown in written.policy.unknown]
        if granted == wanted:
            continue
        if doubts:
            yield from open_question(role, role.role.place(), f"may {role.names} write logs?", doubts)
        else:
            message = f"the role of {role.names} may not write logs"
            yield Found(record=role.role, place=role.role.place(), message=message, functions=role.identities)
