"""A function has no tags.

## What it finds

Functions without tags.

## Why it matters

Tags say who owns a function, and policies by tag (attribute-based access control) only see what is tagged.

## How to fix

Set `Tags`, at least with an owner.

## Examples

### fires: not set

```yaml template.yaml
Resources:
  Orders: # <- LWR015
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
      Tags:
        - {Key: owner, Value: shop}
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
      Tags: !If [Production, [{Key: owner, Value: shop}], !Ref AWS::NoValue] # ?- LWR015
```

## References

- https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-6
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import lacking

STANDARDS = Standards(security_hub=("Lambda.6",))


@rule("LWR015", "no-tags", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("76",))
def no_tags(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions without tags."""
    return lacking(analysis, "Tags", lambda function: function.tags, "{} has no tags")
