"""Every AWS account may invoke a function.

## What it finds

Permissions that let the principal `*` invoke a function, on the function itself or on one of its aliases and versions, with
nothing that narrows it down: no source ARN, no source account, no organization, no event source token. Whole policy documents
(`AWS::Lambda::ResourcePolicy`) count as well, with their conditions and denies.

## Why it matters

Anybody with an AWS account, which is anybody, can run the function as often as they like, with any event they like. The function
sees events that no API, queue or bucket has shaped or checked. It runs with its role, and its owner pays.

## How to fix

Name who may invoke: one account, one role, or a service with `SourceArn`. For callers of one's own organization, set
`PrincipalOrgID`.

## Examples

### fires: everybody may invoke

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Everybody:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: "*" # <- LWX001
```

### fires: only an alias is open

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Live:
    Type: AWS::Lambda::Alias
    Properties: {FunctionName: !Ref Orders, FunctionVersion: "3", Name: live}
  Everybody:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Live
      Action: lambda:*
      Principal: "*" # <- LWX001
```

### fires: a whole document

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Policy:
    Type: AWS::Lambda::ResourcePolicy
    Properties:
      ResourceArn: !GetAtt Orders.Arn
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "*"}, Action: "lambda:Invoke*", Resource: !GetAtt Orders.Arn} # <- LWX001
```

### silent: a document whose conditions or denies keep strangers out

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Policy:
    Type: AWS::Lambda::ResourcePolicy
    Properties:
      ResourceArn: !GetAtt Orders.Arn
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: "*", Action: lambda:InvokeFunction, Resource: !GetAtt Orders.Arn}
          - Effect: Deny
            Principal: "*"
            Action: lambda:*
            Resource: "*"
            Condition: {StringNotEquals: {aws:PrincipalOrgID: o-a1b2c3d4e5}}
```

### silent: one organization, or what a URL needs beside its own permission

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Organization:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: "*"
      PrincipalOrgID: o-abcde12345
  ByUrl:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: "*"
      InvokedViaFunctionUrl: true
```

### unknown: a parameter says who

```yaml template.yaml
Parameters:
  Caller:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Callers:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: !Ref Caller # ?- LWX001
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
- https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html
"""

from collections.abc import Iterator

from msgspec.structs import replace

from lambdaward.analysis import Analysis
from lambdaward.analysis.exposure import INVOKE
from lambdaward.model import Permission
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.exposure.documents import stated
from lambdaward.rules.exposure.proof import about

STANDARDS = Standards(
    security_hub=("Lambda.1",),
    config=("lambda-function-public-access-prohibited",),
    cis_compute=("4.6",),
    owasp_serverless=("A5",),
    cwe=("CWE-284",),
    mitre_attack=("T1190",),
    prowler=("awslambda_function_not_publicly_accessible",),
    checkov=("CKV_AWS_301",),
    cfn_nag=("F13",),
    cdk_nag=("LambdaFunctionPublicAccessProhibited",),
)


@rule(
    "LWX001",
    "public-invoke",
    Severity.HIGH,
    standards=STANDARDS,
    folds=("LWX009", "LWX010"),
    posture=("15", "n4"),
)
def public_invoke(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Permissions that let every AWS account invoke a function."""
    for permission in analysis.estate.all(Permission):
        found = about(analysis, permission, "Principal", f"{permission.shown} lets every AWS account invoke {{}}")
        yield from answer(
            analysis.exposure.grants.direct(permission), found, f"may everybody invoke by {permission.shown}?"
        )
    for admitted, found in stated(analysis):
        whole = replace(found, message=f"{admitted.stated.shown} lets every AWS account invoke {found.message}")
        yield from answer(analysis.guards.everybody(admitted, INVOKE), whole, f"who may invoke {found.message}?")
