"""Anybody on the internet gets through a function's URL.

## What it finds

Function URLs with `AuthType: NONE` whose function's policy lets everybody through: since October 2025 (for older URLs since
November 2026) that takes both `lambda:InvokeFunctionUrl` and `lambda:InvokeFunction` for the principal `*`.

## Why it matters

Nothing stands before the function: no authorizer, no web ACL, no throttling but the account's own. Whatever the function's code
does not check itself, nobody checks. Its role, its data and its bill are as safe as its first line of code.

## How to fix

Set `AuthType: AWS_IAM` and let callers sign their requests, or put CloudFront with an origin access control in front. Where the
URL must be open, as for a webhook, verify each request's signature in the code and limit the reserved concurrency.

## Examples

### fires: no authentication, and both permissions

```yaml template.yaml
Resources:
  Hook:
    Type: AWS::Lambda::Function
    Properties: {}
  HookUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: !GetAtt Hook.Arn
      AuthType: NONE # <- LWX002
  Everybody:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Hook
      Action: lambda:InvokeFunctionUrl
      Principal: "*"
      FunctionUrlAuthType: NONE
  EverybodyInvokes:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Hook
      Action: lambda:InvokeFunction
      Principal: "*"
      InvokedViaFunctionUrl: true
```

### silent: signed requests only, or nobody admitted

```yaml template.yaml
Resources:
  Hook:
    Type: AWS::Lambda::Function
    Properties: {}
  SignedUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: !GetAtt Hook.Arn
      AuthType: AWS_IAM
  Other:
    Type: AWS::Lambda::Function
    Properties: {}
  ClosedUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: !GetAtt Other.Arn
      AuthType: NONE
```

### unknown: the function is in another stack

```yaml template.yaml
Resources:
  ElsewhereUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: !ImportValue HookArn
      AuthType: NONE # ?- LWX002
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import FunctionUrl
from lambdaward.rules import Doubt, Edit, Fix, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.exposure.proof import called, evidence, functions

STANDARDS = Standards(
    owasp_serverless=("A2",),
    cwe=("CWE-306",),
    mitre_attack=("T1190",),
    prowler=("awslambda_function_url_public",),
    checkov=("CKV_AWS_258",),
    cdk_nag=("LambdaFunctionUrlAuth",),
)


@rule("LWX002", "public-function-url", Severity.MEDIUM, standards=STANDARDS, folds=("LWX009",), posture=("22", "31"))
def public_function_url(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Function URLs that anybody gets through."""
    for trigger in analysis.exposure.all:
        if not isinstance(trigger.record, FunctionUrl):
            continue
        name = called(analysis, trigger.link)
        found = Found(
            record=trigger.record,
            place=trigger.place,
            message=f"anybody on the internet can call {name} by its URL",
            evidence=evidence(trigger.anonymous),
            fix=Fix("ask callers to sign their requests", (Edit(trigger.place, "AWS_IAM"),)),
            functions=functions(analysis, trigger.link),
        )
        yield from answer(trigger.anonymous, found, f"does anybody get through the URL of {name}?")
