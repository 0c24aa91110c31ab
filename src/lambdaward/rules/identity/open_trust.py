"""Everybody may take a function's role.

## What it finds

Execution roles whose trust policy lets every AWS account assume them: `Principal: "*"` (or `AWS: "*"`) and no condition that
narrows it to known callers.

## Why it matters

No bug in the function is needed: anybody with an AWS account calls `sts:AssumeRole` and has everything that the function has.

## How to fix

An execution role needs one principal, `Service: lambda.amazonaws.com`. Where a person or account must take it too, name that
one.

## Examples

### fires: every account

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
        Statement:
          - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
          - Effect: Allow
            Principal: {AWS: "*"} # <- LWI010
            Action: sts:AssumeRole
```

### silent: only Lambda; everybody of the own organization

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
        Statement:
          - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
          - Effect: Allow
            Principal: {AWS: "*"}
            Action: sts:AssumeRole
            Condition: {StringEquals: {aws:PrincipalOrgID: o-a1b2c3d4e5}}
```

### unknown: a parameter gives the principal

```yaml template.yaml
Parameters:
  Who: {Type: String}
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt OrdersRole.Arn}
  OrdersRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
          - Effect: Allow
            Principal: {AWS: !Ref Who} # ?- LWI010
            Action: sts:AssumeRole
```

## References

- https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
- https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Unknown
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer, undecided
from lambdaward.rules.identity.weight import open_question, trusting

STANDARDS = Standards(
    owasp_serverless=("A2",), cwe=("CWE-284",), mitre_attack=("T1078.004",), checkov=("CKV_AWS_60", "CKV_AWS_61")
)


@rule("LWI010", "open-trust", Severity.CRITICAL, standards=STANDARDS, folds=("LWI015",), posture=("10",))
def open_trust(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Trust policies that admit everybody."""
    for role, caller, found in trusting(analysis, "everybody with an AWS account may take the role of {}"):
        question = f"who may take the role of {role.names}?"
        if caller.everybody:
            yield from answer(caller.strangers, found, question)
        elif caller.principal.kind == "AWS" and isinstance(caller.principal.value, Unknown):
            yield from open_question(role, caller.place, question, undecided(caller.principal.value).unknowns)
