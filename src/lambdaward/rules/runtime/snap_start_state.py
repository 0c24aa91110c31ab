"""A snapshot starts every environment in the same state.

## What it finds

Functions with SnapStart.

## Why it matters

Whatever the function's start-up leaves in memory is in the snapshot, and every environment begins with it: secrets
that were fetched, connections, temporary credentials, and random numbers or identifiers that were meant to be unique.

## How to fix

Fetch secrets, open connections and seed random numbers after the restore (in a runtime hook) or in the handler.
Accept the finding with that as its reason.

## Examples

### fires: SnapStart is on

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: java25
      SnapStart:
        ApplyOn: PublishedVersions # <- LWR009
```

### silent: no snapshot

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: java25
```

### unknown: a parameter decides

```yaml template.yaml
Parameters:
  Snapshots:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: java25
      SnapStart:
        ApplyOn: !Ref Snapshots # ?- LWR009
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function, is_equal
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(cwe=("CWE-330", "CWE-524"))


@rule("LWR009", "snap-start-state", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("n33",))
def snap_start_state(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions whose environments all begin from one snapshot."""
    for function in analysis.estate.all(Function):
        message = f"every environment of {function.shown} begins with the same secrets and random state"
        found = Found(record=function, place=function.place("SnapStart", "ApplyOn"), message=message)
        verdict = is_equal(function.snap_start, "PublishedVersions")
        yield from answer(verdict, found, f"does {function.shown} start from a snapshot?")
