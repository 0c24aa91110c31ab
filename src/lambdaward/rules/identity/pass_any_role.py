"""A function's role may pass every role.

## What it finds

Execution roles that are allowed `iam:PassRole` on every role.

## Why it matters

Whoever passes a role to a service makes the service act with it. Together with one action that starts something (a function, an
instance, a task, a pipeline) every role of the account is within reach.

## How to fix

Name the roles that are passed, and the service that they are passed to:
`Condition: {StringEquals: {iam:PassedToService: states.amazonaws.com}}`.

## Examples

### fires: any role to any service

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
                Action: [states:StartExecution, iam:PassRole] # <- LWI006
                Resource: "*"
```

### silent: one role

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
                Action: iam:PassRole
                Resource: arn:aws:iam::111122223333:role/orders-task
```

### unknown: a parameter gives the role

```yaml template.yaml
Parameters:
  TaskRole: {Type: String}
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
                Action: iam:PassRole # ?- LWI006
                Resource: !Ref TaskRole
```

## References

- https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.identity.everything import everything_of

STANDARDS = Standards(owasp_serverless=("A5",), cwe=("CWE-269",), mitre_attack=("T1098",), checkov=("CKV_AWS_110",))


@rule("LWI006", "pass-any-role", Severity.MEDIUM, standards=STANDARDS, posture=("6",))
def pass_any_role(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Statements that allow every role to be passed."""
    yield from everything_of(analysis, ("iam:PassRole",), Severity.MEDIUM, "pass every role to every service")
