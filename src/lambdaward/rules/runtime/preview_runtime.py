"""A runtime that is only a preview.

## What it finds

Functions on a runtime that AWS offers for trial, before it supports it.

## Why it matters

A preview comes without support, and its patches come without a promise.

## How to fix

Use the newest supported runtime of the language in production.

## Examples

### fires: a preview

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.15 # <- LWR003
```

### silent: a supported runtime

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.catalog import runtime
from lambdaward.model import Function, literal
from lambdaward.rules import Found, Kind, Severity, rule


@rule("LWR003", "preview-runtime", Severity.LOW, kind=Kind.ADVICE, posture=("49",))
def preview_runtime(analysis: Analysis) -> Iterator[Found]:
    """Functions on a preview runtime."""
    for function in analysis.estate.all(Function):
        name = literal(function.runtime) or ""
        row = runtime(name)
        if row and row.preview:
            message = f"{function.shown} runs on {name}, which is a preview"
            yield Found(record=function, place=function.place("Runtime"), message=message)
