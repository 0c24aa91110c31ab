"""A permission names a service that its source does not belong to.

## What it finds

Permissions whose `SourceArn` is of another service than the principal: `events.amazonaws.com` with the ARN of a bucket.

## Why it matters

The permission never applies: the service sends another ARN. The trigger fails without a word, or works by another, wider
permission that nobody meant to keep.

## How to fix

Name the service that the source belongs to, or the source that the service sends.

## Examples

### fires: EventBridge, and a topic

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Topic:
    Type: AWS::SNS::Topic
  ByTopic:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: events.amazonaws.com
      SourceArn: !Ref Topic # <- LWX008
  ByTable:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: s3.amazonaws.com
      SourceArn: !Sub arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orders # <- LWX008
```

### silent: they belong together

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Topic:
    Type: AWS::SNS::Topic
  ByTopic:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: sns.amazonaws.com
      SourceArn: !Ref Topic
  ByApi:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: apigateway.amazonaws.com
      SourceArn: !Sub arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:*/*/GET/orders
```

### unknown: a parameter is the source

```yaml template.yaml
Parameters:
  Source:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  BySomething:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: sns.amazonaws.com
      SourceArn: !Ref Source # ?- LWX008
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.exposure import source_service
from lambdaward.catalog import Service, service
from lambdaward.model import No, Permission, Value, Verdict, Yes, literal, show
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer, judge, undecided
from lambdaward.rules.exposure.proof import about, service_of

STANDARDS = Standards(cwe=("CWE-1188",), cfn_lint=("W3664",))


@rule("LWX008", "mismatched-source", Severity.LOW, standards=STANDARDS, posture=("21",))
def mismatched_source(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Permissions whose source is not one of their service's."""
    for permission in analysis.estate.all(Permission):
        caller = service(service_of(permission))
        if caller is None or not caller.arns or permission.source_arn is None:
            continue
        source = show(permission.source_arn)
        found = about(
            analysis,
            permission,
            "SourceArn",
            f"{permission.shown} never lets {caller.service} invoke {{}}: {source} is of another service",
        )
        verdict = judge(permission.source_arn, lambda option, caller=caller: _differs(analysis, caller, option))  # type: ignore[misc]
        yield from answer(verdict, found, f"is {source} of {caller.service}?")


def _differs(analysis: Analysis, caller: Service, source: Value) -> Verdict:
    named = literal(source_service(analysis.estate, source))
    if named is None:
        return undecided(source)
    return No() if named in caller.arns else Yes()
