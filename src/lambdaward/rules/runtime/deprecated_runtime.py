"""A runtime that AWS no longer supports.

## What it finds

Functions whose runtime has passed its deprecation date, by the day of the scan and a table of every runtime there has
been. A runtime that the table does not know stays an open question.

## Why it matters

Lambda stops patching the language and the operating system of a deprecated runtime, so that every weakness found
since then stays open. Later AWS refuses to create functions on it, and then to update them: from that day the code
can't be mended without a migration, and the finding is high.

## How to fix

Move the function to the newest runtime of its language, test it, and deploy it before updates are blocked.

## Examples

### fires: support has ended

today: 2026-11-23

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs18.x # <- LWR001
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python2.7 # <- LWR001
```

### silent: supported on that day

today: 2025-08-31

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs18.x
  Picture:
    Type: AWS::Lambda::Function
    Properties:
      PackageType: Image
```

### unknown: a runtime that nobody knows, one that a parameter gives, and one of two

```yaml template.yaml
Parameters:
  Old:
    Type: String
  Chosen:
    Type: String
Conditions:
  KeepOld: !Equals [!Ref Old, "yes"]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python9.9 # ?- LWR001
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: !Ref Chosen # ?- LWR001
  Stock:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: !If [KeepOld, python3.8, python3.14] # ?- LWR001
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
- https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-2
"""

import datetime as dt
from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.catalog import Phase, Runtime, runtime, runtimes
from lambdaward.model import Function, No, Unknown, Unsure, Value, Verdict, Yes, alternatives, literal
from lambdaward.rules import Doubt, Edit, Evidence, Fix, Found, Severity, Standards, doubt, rule
from lambdaward.rules.answering import judge, undecided

STANDARDS = Standards(
    security_hub=("Lambda.2",),
    config=("lambda-function-settings-check",),
    cis_compute=("4.11",),
    owasp_serverless=("A9",),
    cwe=("CWE-1104",),
    prowler=("awslambda_function_using_supported_runtimes",),
    checkov=("CKV_AWS_363",),
    cfn_lint=("E2531", "W2531", "E2533"),
    cdk_nag=("AwsSolutions-L1",),
)


@rule("LWR001", "deprecated-runtime", Severity.MEDIUM, standards=STANDARDS, posture=("48", "49"))
def deprecated_runtime(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions on a runtime past its deprecation date."""
    today = analysis.given.today
    for function in analysis.estate.all(Function):
        match judge(function.runtime, lambda value: _deprecated(value, today)):
            case Yes():
                yield _found(function, today)
            case Unsure() as unsure:
                question = f"is the runtime of {function.shown} still supported?"
                yield doubt(function, function.place("Runtime"), question, unsure)


def _deprecated(value: Value, today: dt.date) -> Verdict:
    """Whether one runtime is deprecated; a function without one (an image) has none that could be."""
    if value is None:
        return No()
    name = literal(value)
    if name is None:
        return undecided(value)
    row = runtime(name)
    if row is None:
        return Unsure(
            (Unknown(f"the runtime {name} is not in the catalogue", "correct its name or update lambdaward"),)
        )
    return Yes() if row.phase(today) >= Phase.DEPRECATED else No()


def _found(function: Function, today: dt.date) -> Found:
    """The finding for the runtime; of several possible ones, for the one that lasts longest."""
    names = [literal(option) or "" for option in alternatives(function.runtime)]
    name, row = max(((name, runtimes()[name]) for name in names), key=lambda pair: pair[1].deprecated or today)
    blocked = row.phase(today) is Phase.UPDATE_BLOCKED
    place = function.place("Runtime")
    return Found(
        record=function,
        place=place,
        message=f"{function.shown} runs on {name}, which AWS has not supported since {row.deprecated}",
        severity=Severity.HIGH if blocked else Severity.MEDIUM,
        because=(f"AWS has refused to update functions on it since {row.update_blocked}",) if blocked else (),
        evidence=tuple(Evidence(text) for text in _dates(row)),
        fix=Fix(f"Move to {row.successor}", (Edit(place, row.successor),)),
    )


def _dates(row: Runtime) -> Iterator[str]:
    for what, day in (
        ("support ends", row.deprecated),
        ("functions are no longer created", row.create_blocked),
        ("functions are no longer updated", row.update_blocked),
    ):
        if day:
            yield f"{what}: {day}"
