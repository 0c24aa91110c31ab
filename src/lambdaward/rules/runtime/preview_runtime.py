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

### unknown: one of two runtimes, and only one of them is a preview

```yaml template.yaml
Parameters:
  New:
    Type: String
Conditions:
  TryNew: !Equals [!Ref New, "yes"]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: !If [TryNew, python3.15, python3.14] # ?- LWR003
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.catalog import runtime
from lambdaward.model import Function, No, Value, Verdict, Yes, literal, show
from lambdaward.rules import Doubt, Found, Kind, Severity, rule
from lambdaward.rules.answering import answer, judge


@rule("LWR003", "preview-runtime", Severity.LOW, kind=Kind.ADVICE, posture=("49",))
def preview_runtime(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions on a preview runtime."""
    for function in analysis.estate.all(Function):
        message = f"{function.shown} runs on {show(function.runtime)}, which is a preview"
        found = Found(record=function, place=function.place("Runtime"), message=message)
        yield from answer(judge(function.runtime, _preview), found, f"does {function.shown} run on a preview?")


def _preview(value: Value) -> Verdict:
    row = runtime(literal(value) or "")
    return Yes() if row and row.preview else No()
