"""A runtime that AWS will soon no longer support.

## What it finds

Functions whose runtime is supported today but will be deprecated within 180 days (the setting `days` of this rule).

## Why it matters

A move to a new language version needs time for tests. AWS warns account owners by mail 180 days ahead; who owns the
template may never see that mail.

## How to fix

Plan the move to the newest runtime of the language before the date.

## Examples

### fires: less than half a year left

today: 2026-11-23

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x # <- LWR002
```

### silent: plenty of time, or support has ended already

today: 2026-11-23

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs20.x
```

### unknown: one of two runtimes, and only one of them is ending

today: 2026-11-23

```yaml template.yaml
Parameters:
  Old:
    Type: String
Conditions:
  KeepOld: !Equals [!Ref Old, "yes"]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: !If [KeepOld, nodejs22.x, nodejs24.x] # ?- LWR002
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
"""

import datetime as dt
from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.catalog import runtime
from lambdaward.model import Function, No, Value, Verdict, Yes, alternatives, literal, show
from lambdaward.rules import Doubt, Found, Setting, Severity, Standards, rule
from lambdaward.rules.answering import answer, judge, setting

STANDARDS = Standards(owasp_serverless=("A9",), cwe=("CWE-1104",))
DAYS = Setting("days", 180, "How many days before its end a runtime is reported.")


@rule("LWR002", "runtime-ending", Severity.LOW, standards=STANDARDS, posture=("49",), settings=(DAYS,))
def runtime_ending(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions on a runtime that will be deprecated soon. What LWR001 leaves open, it leaves to LWR001."""
    today = analysis.given.today
    last = today + dt.timedelta(days=setting(analysis, "LWR002", DAYS))
    for function in analysis.estate.all(Function):
        ends = min((day for option in alternatives(function.runtime) if (day := _end(option))), default=None)
        found = Found(
            record=function,
            place=function.place("Runtime"),
            message=f"{function.shown} runs on {show(function.runtime)}, which AWS will deprecate on {ends}",
        )
        verdict = judge(function.runtime, lambda value: _between(today, _end(value), last))
        yield from answer(verdict, found, f"will AWS deprecate the runtime of {function.shown} soon?")


def _end(value: Value) -> dt.date | None:
    row = runtime(literal(value) or "")
    return row.deprecated if row else None


def _between(today: dt.date, end: dt.date | None, last: dt.date) -> Verdict:
    return Yes() if end and today < end <= last else No()
