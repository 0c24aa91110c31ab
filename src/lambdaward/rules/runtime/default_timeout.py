"""A function has the default or the longest timeout.

## What it finds

Functions with no timeout (3 seconds then) or with the longest one, 900 seconds.

## Why it matters

The default cuts off work that is merely slow; the longest lets a stuck or abused invocation run, and cost, for a
quarter of an hour. Both tend to be set by nobody.

## How to fix

Set `Timeout` to a little more than the longest run that is normal.

## Examples

### fires: nobody chose one, or the longest

```yaml template.yaml
Resources:
  Orders: # <- LWR016
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Timeout: 900 # <- LWR016
```

### silent: a chosen timeout

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Timeout: 20
```

### unknown: a parameter gives it

```yaml template.yaml
Parameters:
  Seconds:
    Type: Number
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Timeout: !Ref Seconds # ?- LWR016
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function, any_of, is_equal, show
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import absent, answer

LONGEST = 900
STANDARDS = Standards(config=("lambda-function-settings-check",), cdk_nag=("LambdaDefaultTimeout",), cwe=("CWE-400",))


@rule("LWR016", "default-timeout", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("69",))
def default_timeout(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions with the default or the longest timeout."""
    for function in analysis.estate.all(Function):
        chosen = "3 s, the default" if function.timeout is None else f"{show(function.timeout)} s, the longest there is"
        message = f"the timeout of {function.shown} is {chosen}"
        found = Found(record=function, place=function.place("Timeout"), message=message)
        verdict = any_of((absent(function.timeout), is_equal(function.timeout, LONGEST)))
        yield from answer(verdict, found, f"is the timeout of {function.shown} a chosen one?")
