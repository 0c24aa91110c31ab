"""Protection against recursive loops is off.

## What it finds

Functions with `RecursiveLoop: Allow`.

## Why it matters

Lambda stops a function that calls itself through a queue, topic or bucket after about sixteen rounds. With the protection
off, one wrong event, or one that somebody sends on purpose, runs until the bill is noticed.

## How to fix

Remove `RecursiveLoop`, or set it to `Terminate`. Where the loop is meant, bound it in code and limit the concurrency.

## Examples

### fires: loops run on

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      RecursiveLoop: Allow # <- LWR007
```

### silent: loops are stopped

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      RecursiveLoop: Terminate
```

### unknown: a parameter decides

```yaml template.yaml
Parameters:
  Loops:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      RecursiveLoop: !Ref Loops # ?- LWR007
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function, is_equal
from lambdaward.rules import Doubt, Edit, Fix, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(cwe=("CWE-400", "CWE-674"), mitre_attack=("T1499",))


@rule("LWR007", "recursion-allowed", Severity.LOW, standards=STANDARDS, posture=("n14",))
def recursion_allowed(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions with the protection against recursive loops off."""
    for function in analysis.estate.all(Function):
        place = function.place("RecursiveLoop")
        found = Found(
            record=function,
            place=place,
            message=f"a recursive loop through {function.shown} is not stopped",
            fix=Fix("Stop recursive loops", (Edit(place, "Terminate"),)),
        )
        question = f"are recursive loops through {function.shown} stopped?"
        yield from answer(is_equal(function.recursive_loop, "Allow"), found, question)
