"""A function has a large ephemeral storage.

## What it finds

Functions with more than 512 MB of ephemeral storage.

## Why it matters

What lies in `/tmp` stays there for the next invocation in the same environment. The more room there is, the
more gets left behind.

## How to fix

Use the default of 512 MB where it is enough, and delete what an invocation wrote.

## Examples

### fires: ten gigabytes

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      EphemeralStorage: {Size: 10240} # <- LWR017
```

### silent: the default

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      EphemeralStorage: {Size: 512}
```

### unknown: a parameter gives it

```yaml template.yaml
Parameters:
  Megabytes:
    Type: Number
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      EphemeralStorage: {Size: !Ref Megabytes} # ?- LWR017
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function, No, Value, Verdict, Yes, show
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer, judge, undecided

DEFAULT = 512


@rule(
    "LWR017", "large-storage", Severity.INFO, kind=Kind.ADVICE, standards=Standards(cwe=("CWE-459",)), posture=("71",)
)
def large_storage(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions with more than the default ephemeral storage."""
    for function in analysis.estate.all(Function):
        message = f"{function.shown} has {show(function.ephemeral_storage)} MB of storage that outlives an invocation"
        found = Found(record=function, place=function.place("EphemeralStorage", "Size"), message=message)
        yield from answer(judge(function.ephemeral_storage, _large), found, f"how much storage has {function.shown}?")


def _large(value: Value) -> Verdict:
    if isinstance(value, (int, float)):
        return Yes() if value > DEFAULT else No()
    return No() if value is None else undecided(value)
