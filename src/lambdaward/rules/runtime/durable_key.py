"""A durable execution keeps its history without a customer key.

## What it finds

Durable functions without a key of their own for the history of their executions.

## Why it matters

The history holds the input, the result of every step and the final result, for up to 90 days. With an AWS owned key,
everybody who may call `GetDurableExecutionHistory` reads it: there is no key policy as a second lock, and no log of
decryptions.

## How to fix

Set `DurableConfig.KMSKeyArn` to a key whose policy names who may read, and keep the retention short.

## Examples

### fires: no key

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      DurableConfig: # <- LWR010
        RetentionPeriodInDays: 30
```

### silent: a key, and a function that is not durable

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      DurableConfig:
        RetentionPeriodInDays: 7
        KMSKeyArn: !GetAtt Key.Arn
  Billing:
    Type: AWS::Lambda::Function
    Properties: {}
  Key:
    Type: AWS::KMS::Key
    Properties: {}
```

### unknown: a condition decides

```yaml template.yaml
Parameters:
  KeyArn:
    Type: String
Conditions:
  Encrypted: !Not [!Equals [!Ref KeyArn, ""]]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      DurableConfig:
        RetentionPeriodInDays: 30
        KMSKeyArn: !If [Encrypted, !Ref KeyArn, !Ref AWS::NoValue] # ?- LWR010
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/durable-functions.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer, unlinked

STANDARDS = Standards(cwe=("CWE-311",))


@rule("LWR010", "durable-key", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("n28",))
def durable_key(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Durable functions whose history has no customer key."""
    for function in analysis.estate.all(Function):
        if function.durable is None:
            continue
        path = ("DurableConfig", "KMSKeyArn") if function.durable_kms_key else ("DurableConfig",)
        message = f"the history of {function.shown} is encrypted with a key of AWS, not with one of yours"
        found = Found(record=function, place=function.place(*path), message=message)
        yield from answer(
            unlinked(function.durable_kms_key), found, f"has the history of {function.shown} its own key?"
        )
