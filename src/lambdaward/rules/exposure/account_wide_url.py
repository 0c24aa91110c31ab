"""Every AWS account may call a function's URL.

## What it finds

Function URLs with `AuthType: AWS_IAM` whose function's policy lets the principal `*` call `lambda:InvokeFunctionUrl` with signed
requests.

## Why it matters

A signature proves that the caller has an AWS account, not that it is yours. Anybody can open one: the URL looks guarded and is
as public as an open one.

## How to fix

Name the account or role that calls, or set `PrincipalOrgID`. Callers of the same account need no permission on the function at
all: their own policy is enough.

## Examples

### fires: everybody with a signature

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  OrdersUrl:
    Type: AWS::Lambda::Url
    Properties: {TargetFunctionArn: !GetAtt Orders.Arn, AuthType: AWS_IAM}
  Callers:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunctionUrl
      Principal: "*" # <- LWX004
      FunctionUrlAuthType: AWS_IAM
```

### silent: one account

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Callers:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunctionUrl
      Principal: !Ref AWS::AccountId
      FunctionUrlAuthType: AWS_IAM
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
      Action: lambda:InvokeFunctionUrl
      Principal: !Ref Caller # ?- LWX004
      FunctionUrlAuthType: AWS_IAM
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.exposure import INVOKE_URL, allows, everybody
from lambdaward.model import Permission, all_of, is_equal
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.exposure.proof import about

STANDARDS = Standards(owasp_serverless=("A2",), cwe=("CWE-287",), mitre_attack=("T1190",), security_hub=("Lambda.1",))


@rule("LWX004", "account-wide-url", Severity.HIGH, standards=STANDARDS, posture=("15", "22"))
def account_wide_url(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Permissions that let every AWS account call a URL with a signature."""
    for permission in analysis.estate.all(Permission):
        found = about(
            analysis, permission, "Principal", f"{permission.shown} lets every AWS account call the URL of {{}}"
        )
        signed = is_equal(permission.url_auth_type, "AWS_IAM")
        verdict = all_of((signed, allows(permission, INVOKE_URL), everybody(permission)))
        yield from answer(verdict, found, f"may everybody call the URL by {permission.shown}?")
