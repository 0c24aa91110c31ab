"""A function's role may stop logs or detectors.

## What it finds

Execution roles that may stop, delete or blind what watches the account, whichever one it is: trails of CloudTrail, detectors of
GuardDuty, the recorder of AWS Config, Security Hub, Inspector, Macie, Access Analyzer, Detective, flow logs; and, of low
severity, delete log groups and alarms of CloudWatch. A grant on one named trail is not one of these.

## Why it matters

The first thing an intruder does with such a role is to switch the light off. What he does next is in no log, and what he did
before may be deleted.

## How to fix

Take these actions away: a function that handles requests needs none. To write its own logs it needs `logs:CreateLogStream` and
`logs:PutLogEvents`, not `logs:*`. What really manages trails or detectors should name them.

## Examples

### fires: any trail and any detector

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: orders, Role: !GetAtt OrdersRole.Arn}
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
                Action: [cloudtrail:StopLogging, guardduty:DeleteDetector] # <- LWI019
                Resource: "*"
```

### fires: an action that no resource limits

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: orders, Role: !GetAtt OrdersRole.Arn}
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
                Action: inspector2:Disable # <- LWI019
                Resource: "*"
```

### silent: a denied one, one trail by its name, and reading

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: orders, Role: !GetAtt OrdersRole.Arn}
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
                Action: [cloudtrail:LookupEvents, guardduty:ListFindings, guardduty:DeleteDetector]
                Resource: "*"
              - Effect: Deny
                Action: guardduty:Delete*
                Resource: "*"
              - Effect: Allow
                Action: cloudtrail:StopLogging
                Resource: arn:aws:cloudtrail:eu-west-1:111122223333:trail/own
```

### silent: to write logs

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: orders, Role: !GetAtt OrdersRole.Arn}
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
                Action: [logs:CreateLogGroup, logs:CreateLogStream, logs:PutLogEvents]
                Resource: "*"
```

### unknown: a parameter gives the trail

```yaml template.yaml
Parameters:
  Trail: {Type: String}
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: orders, Role: !GetAtt OrdersRole.Arn}
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
                Action: cloudtrail:StopLogging # ?- LWI019
                Resource: !Ref Trail
```

## References

- https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_id-based-policy-examples.html
- https://attack.mitre.org/techniques/T1562/008/
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.roles import ExecutionRole, Grant
from lambdaward.catalog import actions
from lambdaward.model import Unknown, Unsure, Yes
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.identity.weight import about, grants, listed, open_question

STANDARDS = Standards(owasp_serverless=("A5",), cwe=("CWE-778",), mitre_attack=("T1562.008", "T1562.001"))
DETECTORS = (
    "access-analyzer:DeleteAnalyzer",
    "cloudtrail:DeleteEventDataStore",
    "cloudtrail:DeleteTrail",
    "cloudtrail:PutEventSelectors",
    "cloudtrail:StopEventDataStoreIngestion",
    "cloudtrail:StopLogging",
    "cloudtrail:UpdateTrail",
    "config:DeleteConfigurationRecorder",
    "config:DeleteDeliveryChannel",
    "config:StopConfigurationRecorder",
    "detective:DeleteGraph",
    "ec2:DeleteFlowLogs",
    "guardduty:CreateFilter",
    "guardduty:DeleteDetector",
    "guardduty:DeletePublishingDestination",
    "guardduty:StopMonitoringMembers",
    "guardduty:UpdateDetector",
    "inspector2:Disable",
    "macie2:DisableMacie",
    "securityhub:BatchDisableStandards",
    "securityhub:DisableSecurityHub",
)
LOGS = (
    "cloudwatch:DeleteAlarms",
    "cloudwatch:DisableAlarmActions",
    "logs:DeleteLogGroup",
    "logs:DeleteLogStream",
    "logs:DeleteSubscriptionFilter",
)


@rule("LWI019", "stops-detection", Severity.MEDIUM, standards=STANDARDS)
def stops_detection(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Statements that stop or delete what watches the account."""
    for role, grant in grants(analysis):
        if not grant.elsewhere:
            yield from _stopped(analysis, role, grant, DETECTORS, Severity.MEDIUM, "detectors")
            yield from _stopped(analysis, role, grant, LOGS, Severity.LOW, "logs and alarms")


def _stopped(  # noqa: PLR0913, PLR0917 - what is asked
    analysis: Analysis, role: ExecutionRole, grant: Grant, names: tuple[str, ...], severity: Severity, what: str
) -> Iterator[Found | Doubt]:
    mask = grant.mask & actions().expand_many(names).mask
    if not mask:
        return
    reach = analysis.roles.everywhere(grant, mask)
    alone, doubts = _alone(analysis, role, mask)
    found = (*reach.actions, *alone)
    if found:
        message = f"the role of {role.names} may stop {what} of the account: {listed(found)}"
        yield about(analysis, role, grant.place(found[0]), message, severity)
    else:
        first = next(actions().names(mask))
        yield from open_question(
            role, grant.place(first), f"may {role.names} stop {what} of the account?", (*reach.doubts, *doubts)
        )


def _alone(analysis: Analysis, role: ExecutionRole, mask: int) -> tuple[tuple[str, ...], tuple[Unknown, ...]]:
    """The actions of a set that no resource limits and that the role may take, and what would settle others."""
    powers = analysis.paths.powers(role.role)
    asked = {name: powers.allowed(name, "*", {}) for name in actions().names(mask & actions().wildcard_only)}
    unsure = (unknown for answer in asked.values() if isinstance(answer, Unsure) for unknown in answer.unknowns)
    return tuple(name for name, answer in asked.items() if isinstance(answer, Yes)), tuple(unsure)
