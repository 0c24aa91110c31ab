"""A function may take all of the account's concurrency.

## What it finds

Functions without reserved concurrency.

## Why it matters

A function without a limit of its own can use up the concurrency of the whole account in the Region, so that a flood
of events for one starves all others, and costs without a bound. Whether a limit is worth its own risk (throttling) is
an opinion.

## How to fix

Set `ReservedConcurrentExecutions` to the most that the function ever needs.

## Examples

### fires: not set

```yaml template.yaml
Resources:
  Orders: # <- LWR012
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
```

### silent: set

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      ReservedConcurrentExecutions: 10
```

### unknown: a condition decides

```yaml template.yaml
Parameters:
  Stage:
    Type: String
Conditions:
  Production: !Equals [!Ref Stage, prod]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      ReservedConcurrentExecutions: !If [Production, 10, !Ref AWS::NoValue] # ?- LWR012
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import lacking

STANDARDS = Standards(
    config=("lambda-concurrency-check",),
    checkov=("CKV_AWS_115",),
    cfn_nag=("W92",),
    cdk_nag=("LambdaConcurrency",),
    cwe=("CWE-770",),
)


@rule("LWR012", "no-reserved-concurrency", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("68",))
def no_reserved_concurrency(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions without reserved concurrency."""
    return lacking(
        analysis,
        "ReservedConcurrentExecutions",
        lambda function: function.reserved_concurrency,
        "{} has no limit of its own and may use the whole account's concurrency",
    )
