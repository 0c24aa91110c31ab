"""One function is invoked by several services.

## What it finds

Functions that permissions open to more than one service, or to a service and to accounts.

## Why it matters

Each service sends events of its own shape, and vouches for other things in them: the path and user of an API's request, the
bucket and key of an upload. A handler that tells them apart by what is in the event can be made to take one for the other. Its
role needs what all of them need.

## How to fix

Give each kind of caller a function of its own; they can share their code.

## Examples

### fires: a topic and a bucket

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  FromTopic:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: sns.amazonaws.com
      SourceArn: !Sub arn:aws:sns:${AWS::Region}:${AWS::AccountId}:orders
  FromBucket:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: s3.amazonaws.com # <- LWX010
      SourceAccount: !Ref AWS::AccountId
```

### silent: two topics

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  First:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: sns.amazonaws.com
      SourceArn: !Sub arn:aws:sns:${AWS::Region}:${AWS::AccountId}:orders
  Second:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: sns.amazonaws.com
      SourceArn: !Sub arn:aws:sns:${AWS::Region}:${AWS::AccountId}:returns
```

### unknown: a parameter names the second caller

```yaml template.yaml
Parameters:
  Caller:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  FromTopic:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: sns.amazonaws.com
      SourceArn: !Sub arn:aws:sns:${AWS::Region}:${AWS::AccountId}:orders
  FromElsewhere:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: !Ref Caller # ?- LWX010
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.exposure import Target, invokes
from lambdaward.model import Function, Permission, any_of, is_equal, negate, show
from lambdaward.rules import Doubt, Evidence, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.exposure.proof import about

STANDARDS = Standards(cwe=("CWE-441",), owasp_serverless=("A1",))


@rule("LWX010", "mixed-callers", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("20",))
def mixed_callers(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions that several services may invoke; the finding stands at the first permission that adds another."""
    for function in analysis.estate.all(Function):
        permissions = [
            permission for permission in analysis.exposure.grants.of(Target(function.id)) if invokes(permission)
        ]
        for permission in permissions[1:]:
            answers = list(_answers(analysis, permissions[0], permission))
            yield from answers
            if answers:
                break


def _answers(analysis: Analysis, first: Permission, other: Permission) -> Iterator[Found | Doubt]:
    callers = f"{show(first.principal)} and {show(other.principal)}"
    found = about(
        analysis,
        other,
        "Principal",
        f"{{}} is invoked by {callers}, which send events of different shapes",
        (Evidence(f"{first.shown} names the first caller", first.place("Principal")),),
    )
    same = any_of((is_equal(other.principal, first.principal), is_equal(first.principal, other.principal)))
    yield from answer(negate(same), found, f"do {first.shown} and {other.shown} admit the same service?")
