"""A function URL is declared open, but its policy does not let everybody through.

## What it finds

Function URLs with `AuthType: NONE` in whose function's policy one of the two permissions is missing that an open URL needs:
`lambda:InvokeFunctionUrl` and, since October 2025, `lambda:InvokeFunction`, both for the principal `*`.

## Why it matters

Today every request gets 403: the URL does not work, or worked until AWS's exception for old URLs ended in November 2026. It is
also one permission away from the open internet, which a later change can add without anybody looking at the URL.

## How to fix

Decide which it is. For a closed URL set `AuthType: AWS_IAM`. For an open one add the permission for `lambda:InvokeFunction` with
`InvokedViaFunctionUrl: true`, which admits calls through the URL alone.

## Examples

### fires: the second permission is missing

```yaml template.yaml
Resources:
  Hook:
    Type: AWS::Lambda::Function
    Properties: {}
  HookUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: !GetAtt Hook.Arn
      AuthType: NONE # <- LWX003
  Everybody:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Hook
      Action: lambda:InvokeFunctionUrl
      Principal: "*"
      FunctionUrlAuthType: NONE
```

### silent: both permissions, or signed requests

```yaml template.yaml
Resources:
  Hook:
    Type: AWS::Lambda::Function
    Properties: {}
  HookUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: !GetAtt Hook.Arn
      AuthType: NONE
  Everybody:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Hook
      Action: lambda:*
      Principal: "*"
  Signed:
    Type: AWS::Lambda::Function
    Properties: {}
  SignedUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: !GetAtt Signed.Arn
      AuthType: AWS_IAM
```

### unknown: the function is in another stack

```yaml template.yaml
Resources:
  ElsewhereUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: !ImportValue HookArn
      AuthType: NONE # ?- LWX003
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import FunctionUrl, all_of, is_equal, negate
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.exposure.proof import called, functions

STANDARDS = Standards(cwe=("CWE-1188",), owasp_serverless=("A5",))


@rule("LWX003", "half-open-url", Severity.LOW, standards=STANDARDS, posture=("n22",))
def half_open_url(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Function URLs that ask nobody, and whose function's policy lets not everybody through."""
    for trigger in analysis.exposure.all:
        if not isinstance(trigger.record, FunctionUrl):
            continue
        name = called(analysis, trigger.link)
        found = Found(
            record=trigger.record,
            place=trigger.place,
            message=f"the URL of {name} asks nobody who they are, but the function's policy lets not everybody through",
            functions=functions(analysis, trigger.link),
        )
        half = all_of(
            (is_equal(trigger.record.auth_type, "NONE"), negate(analysis.exposure.url_admits(trigger.target)))
        )
        yield from answer(half, found, f"does the policy of {name} let everybody through its URL?")
