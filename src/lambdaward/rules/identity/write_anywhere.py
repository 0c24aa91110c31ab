"""A function's role may write to every resource of a kind.

## What it finds

Statements of execution roles that name writing or permission-changing actions (by AWS's own access levels) on every resource,
where the action could be limited to some. Writing logs and the network interfaces of a VPC do not count: neither reaches data.

## Why it matters

`dynamodb:DeleteItem` on `*` is every table of the account, also those of other teams. The next table is included as soon as it
is made.

## How to fix

Name the resource: `!GetAtt Table.Arn`, `!Sub "${Bucket.Arn}/*"`. Where the name is not known, limit by a tag condition
(`aws:ResourceTag/...`).

## Examples

### fires: items of every table

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
                Action: [dynamodb:GetItem, dynamodb:PutItem] # <- LWI003
                Resource: "*"
```

### silent: one table; actions that no resource limits; logs

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
                Action: dynamodb:PutItem
                Resource: !GetAtt Table.Arn
              - Effect: Allow
                Action: [xray:PutTraceSegments, logs:PutLogEvents, ec2:CreateNetworkInterface, cloudwatch:PutMetricData]
                Resource: "*"
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
                Action: dynamodb:PutItem # ?- LWI003
                Resource: !Ref Tables
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
- https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from collections.abc import Iterator
from functools import cache

from lambdaward.analysis import Analysis
from lambdaward.analysis.roles import ExecutionRole, Grant
from lambdaward.catalog import Level, actions
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.identity.services import whole_services
from lambdaward.rules.identity.stops_detection import DETECTORS
from lambdaward.rules.identity.weight import about, grants, listed, open_question

STANDARDS = Standards(
    owasp_serverless=("A5",),
    cwe=("CWE-732",),
    checkov=("CKV_AWS_111", "CKV_AWS_290", "CKV_AWS_355"),
    cdk_nag=("AwsSolutions-IAM5",),
)
# What AWS's own policies and guides for functions allow on `*`: logs, traces, metrics, network interfaces, their own state.
USUAL = (
    "logs:*",
    "xray:*",
    "cloudwatch:PutMetricData",
    "s3-object-lambda:WriteGetObjectResponse",
    "lambda:CheckpointDurableExecution",
    "lambda:GetDurableExecutionState",
    "ec2:*NetworkInterface*",
    "ec2:*PrivateIpAddresses",
    "ssmmessages:*",
    "appconfig:StartConfigurationSession",
)
# Rules of their own ask for these.
ELSEWHERE = ("iam:PassRole", "lambda:InvokeFunction", "lambda:InvokeAsync", "kms:Decrypt", *DETECTORS)


@rule("LWI003", "write-anywhere", Severity.MEDIUM, standards=STANDARDS, posture=("3",))
def write_anywhere(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Statements that write to every resource of a kind."""
    for role, grant in grants(analysis):
        if not grant.elsewhere and not grant.stated.statement.not_action:
            yield from _written(analysis, role, grant)


def _written(analysis: Analysis, role: ExecutionRole, grant: Grant) -> Iterator[Found | Doubt]:
    mask = grant.mask & _writing()
    for service in whole_services(grant):
        whole = actions().service_mask(service)
        mask &= ~whole if isinstance(whole, int) else mask
    if grant.mask == actions().everything or not mask:
        return
    reach = analysis.roles.everywhere(grant, mask)
    if reach.actions:
        message = f"the role of {role.names} may use {listed(reach.actions)} on every resource"
        yield about(analysis, role, grant.place(reach.actions[0]), message, _severity(reach.actions))
    else:
        first = next(actions().names(mask))
        message = f"on which resources may {role.names} use {listed(actions().names(mask))}?"
        yield from open_question(role, grant.place(first), message, reach.doubts)


@cache
def _writing() -> int:
    levels = actions().levels
    changing = levels[Level.WRITE] | levels[Level.PERMISSIONS]
    return changing & ~actions().expand_many(USUAL).mask & ~actions().expand_many(ELSEWHERE).mask


def _severity(names: tuple[str, ...]) -> Severity:
    """Changing permissions is worse than changing data."""
    permissions = actions().levels[Level.PERMISSIONS]
    return Severity.HIGH if permissions & actions().expand_many(names).mask else Severity.MEDIUM
