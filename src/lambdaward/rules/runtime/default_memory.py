"""A function runs with the default memory.

## What it finds

Functions that do not say how much memory they need.

## Why it matters

The default is 128 MB, and with it the smallest share of a processor. Few functions are right there; more memory is
often cheaper.

## How to fix

Measure, and set `MemorySize`.

## Examples

### fires: not set

```yaml template.yaml
Resources:
  Orders: # <- LWR013
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
      MemorySize: 512
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
      MemorySize: !If [Production, 512, !Ref AWS::NoValue] # ?- LWR013
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import lacking

STANDARDS = Standards(config=("lambda-function-settings-check",), cdk_nag=("LambdaDefaultMemorySize",))


@rule("LWR013", "default-memory", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("70",))
def default_memory(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions that do not say how much memory they need."""
    return lacking(analysis, "MemorySize", lambda function: function.memory, "{} runs with the default of 128 MB")
