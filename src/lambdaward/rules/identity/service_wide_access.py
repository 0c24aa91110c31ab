"""A function's role may do everything in a service.

## What it finds

Statements of execution roles that allow every action of a service on every resource, such as `dynamodb:*` on `*`.

## Why it matters

A function needs a handful of a service's actions. The rest is what an intruder uses: deleting tables, changing bucket policies,
reading what belongs to other applications.

## How to fix

Name the actions that the code calls, and the table, bucket or queue that it uses. AWS SAM's policy templates do that for most
services.

## Examples

### fires: all of DynamoDB

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
                Action: dynamodb:* # <- LWI002
                Resource: "*"
```

### silent: all actions on one table, and single actions

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
                Action: dynamodb:*
                Resource: !GetAtt Table.Arn
              - Effect: Allow
                Action: s3:GetObject
                Resource: arn:aws:s3:::orders/*
  Table:
    Type: AWS::DynamoDB::Table
    Properties: {}
```

### unknown: a parameter gives the resource

```yaml template.yaml
Parameters:
  Tables: {Type: String}
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
                Action: dynamodb:* # ?- LWI002
                Resource: !Ref Tables
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.roles import ExecutionRole, Grant
from lambdaward.catalog import actions
from lambdaward.model import Unsure, Yes
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.identity.services import severity_of, whole_services
from lambdaward.rules.identity.weight import about, grants, open_question

STANDARDS = Standards(
    owasp_serverless=("A5",),
    cwe=("CWE-250", "CWE-732"),
    checkov=("CKV_AWS_107", "CKV_AWS_108", "CKV_AWS_109", "CKV_AWS_111"),
    cdk_nag=("AwsSolutions-IAM5",),
)


@rule(
    "LWI002",
    "service-wide-access",
    Severity.MEDIUM,
    standards=STANDARDS,
    folds=("LWI003", "LWI006", "LWI008", "LWI013", "LWI018", "LWI019"),
    posture=("2",),
)
def service_wide_access(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Statements that allow all of a service on every resource."""
    for role, grant in grants(analysis):
        if not grant.elsewhere and grant.mask != actions().everything and not grant.stated.statement.not_action:
            for service in whole_services(grant):
                yield from _service(analysis, role, grant, service)


def _service(analysis: Analysis, role: ExecutionRole, grant: Grant, service: str) -> Iterator[Found | Doubt]:
    mask = actions().service_mask(service)
    if not isinstance(mask, int):
        return
    place = grant.place(next(actions().names(grant.mask & mask)))
    match analysis.roles.somewhere_wide(grant, mask):
        case Yes():
            severity, because = severity_of(service)
            message = f"the role of {role.names} may do everything in {service}"
            yield about(analysis, role, place, message, severity, because=because)
        case Unsure() as unsure:
            question = f"on what may {role.names} do everything in {service}?"
            yield from open_question(role, place, question, unsure.unknowns)
