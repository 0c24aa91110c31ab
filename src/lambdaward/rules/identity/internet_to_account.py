"""A path leads from the internet to the whole account.

## What it finds

Functions that anybody on the internet can start and from which a path leads to being an administrator over the credentials of
others:
the function's role may change another function, pass a role or take one, and so on, until one of them may do everything. A role
of the function's own that is an administrator is LWI001.

## Why it matters

One flaw in the code of one public function is then all that stands between anybody and the account. Each step is harmless where
it stands; the path is not.

## How to fix

Break the path at its cheapest place: `lambdaward cut --from FUNCTION` finds the fewest edits that do, and `lambdaward paths
--from FUNCTION --to admin` shows every step with its proof.

## Examples

### fires: the code of an administrator's function can be replaced

```yaml template.yaml
Resources:
  Orders: # <- LWI020
    Type: AWS::Lambda::Function
    Properties: {FunctionName: orders, Role: !GetAtt OrdersRole.Arn}
  OrdersUrl:
    Type: AWS::Lambda::Url
    Properties: {TargetFunctionArn: !Ref Orders, AuthType: NONE}
  OpenUrl:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Orders, Action: lambda:InvokeFunctionUrl, Principal: "*", FunctionUrlAuthType: NONE}
  OpenFunction:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Orders, Action: lambda:InvokeFunction, Principal: "*", InvokedViaFunctionUrl: true}
  OrdersRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: &trust
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: deploy
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: lambda:UpdateFunctionCode
                Resource: !GetAtt Tool.Arn
  Tool:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: tool, Role: !GetAtt ToolRole.Arn}
  ToolRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: *trust
      ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]
```

### silent: a caller signs, and a function that leads nowhere

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: orders, Role: !GetAtt OrdersRole.Arn}
  OrdersUrl:
    Type: AWS::Lambda::Url
    Properties: {TargetFunctionArn: !Ref Orders, AuthType: AWS_IAM}
  OrdersRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: &trust
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: deploy
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: lambda:UpdateFunctionCode
                Resource: !GetAtt Tool.Arn
  Tool:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: tool, Role: !GetAtt ToolRole.Arn}
  ToolRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: *trust
      ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]
```

### unknown: a parameter says who gets through the URL

```yaml template.yaml
Parameters:
  Auth: {Type: String}
Resources:
  Orders: # ?- LWI020
    Type: AWS::Lambda::Function
    Properties: {FunctionName: orders, Role: !GetAtt OrdersRole.Arn}
  OrdersUrl:
    Type: AWS::Lambda::Url
    Properties: {TargetFunctionArn: !Ref Orders, AuthType: !Ref Auth}
  OpenUrl:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Orders, Action: lambda:InvokeFunctionUrl, Principal: "*", FunctionUrlAuthType: NONE}
  OpenFunction:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Orders, Action: lambda:InvokeFunction, Principal: "*", InvokedViaFunctionUrl: true}
  OrdersRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: &trust
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: deploy
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: lambda:UpdateFunctionCode
                Resource: !GetAtt Tool.Arn
  Tool:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: tool, Role: !GetAtt ToolRole.Arn}
  ToolRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: *trust
      ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
- https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lambdaward.analysis import Analysis
from lambdaward.findings import Evidence
from lambdaward.model import Function, No, Unsure, Yes
from lambdaward.rules import Doubt, Found, Severity, Standards, doubt, rule

if TYPE_CHECKING:
    from lambdaward.analysis.paths import Edge

STANDARDS = Standards(owasp_serverless=("A5", "A6"), cwe=("CWE-269",), mitre_attack=("T1190", "T1078.004"))
# Function, own role, administrator: that short a path is the role's own matter.
OWN = 2


@rule("LWI020", "internet-to-account", Severity.CRITICAL, standards=STANDARDS, posture=("n1",))
def internet_to_account(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Public functions from which a path leads to the whole account."""
    for function in analysis.estate.all(Function):
        open_ = analysis.exposure.anonymous(function)
        path = () if isinstance(open_, No) else _path(analysis, function)
        if not path:
            continue
        steps = " -> ".join([function.shown, *(edge.target.shown for edge in path)])
        message = f"a path leads from anybody on the internet to the whole account: {steps}"
        match open_:
            case Yes():
                facts = (*open_.proof, *(fact for edge in path for fact in edge.proof))
                evidence = tuple(Evidence(fact.text, fact.place) for fact in facts)
                yield Found(record=function, place=function.place(), message=message, evidence=evidence)
            case Unsure():
                yield doubt(function, function.place(), message, open_)


def _path(analysis: Analysis, function: Function) -> tuple[Edge, ...]:
    """The shortest path to being an administrator, where it is longer than by the function's own role."""
    from lambdaward.analysis.paths import ADMINISTRATOR  # noqa: PLC0415 - few functions are public

    radius = analysis.takeovers.radius(analysis.takeovers.node(function))
    path = radius.path(ADMINISTRATOR) if ADMINISTRATOR in radius.nodes else ()
    return path if len(path) > OWN else ()
