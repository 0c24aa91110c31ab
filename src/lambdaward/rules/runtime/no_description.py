"""A function has no description.

## What it finds

Functions without a description.

## Why it matters

A reader of the console, of an alert or of a bill can't tell what the function is for.

## How to fix

Set `Description`.

## Examples

### fires: not set

```yaml template.yaml
Resources:
  Orders: # <- LWR014
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
      Description: Takes orders
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
      Description: !If [Production, Takes orders, !Ref AWS::NoValue] # ?- LWR014
```

## References

- https://docs.aws.amazon.com/config/latest/developerguide/lambda-function-description.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import lacking

STANDARDS = Standards(config=("lambda-function-description",))


@rule("LWR014", "no-description", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("77",))
def no_description(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions without a description."""
    return lacking(analysis, "Description", lambda function: function.description, "{} has no description")
