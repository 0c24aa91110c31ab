"""A function runs on somebody else's runtime.

## What it finds

Functions on a customer-managed runtime (`Runtime: custom`) that belongs to an account that is neither the stack's own nor a
trusted one. The finding is medium when the function is kept on one version of it.

## Why it matters

A runtime's code starts before the function's, with its role and its secrets. Where the function follows an alias, the runtime's
owner puts new code into it at the next cold start, and nothing about the function changes: no deployment, no new version, no
code signature to check.

## How to fix

Publish the runtime in an account of your own, or name its owner as trusted; keep functions on one version with
`UpdateRuntimeOn: Manual`.

## Examples

### fires: a runtime of a stranger, by its alias

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: custom
      RuntimeConfig:
        RuntimeArn: arn:aws:lambda:eu-west-1:210987654321:runtime:zig # <- LWP010
        RuntimeAlias: live
```

### silent: an own runtime, or one of AWS

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: custom
      RuntimeConfig:
        RuntimeArn: !Sub arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:runtime:zig
        RuntimeAlias: live
  Billing:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
```

### unknown: a parameter names the runtime

```yaml template.yaml
Parameters:
  Runtime:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: custom
      RuntimeConfig:
        RuntimeArn: !Ref Runtime # ?- LWP010
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function, Yes, is_equal, show
from lambdaward.rules import Confidence, Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer, judge
from lambdaward.rules.arns import foreign

STANDARDS = Standards(cwe=("CWE-829",), mitre_attack=("T1195.002",))


@rule("LWP010", "foreign-runtime", Severity.HIGH, Confidence.MEDIUM, standards=STANDARDS, posture=("n32",))
def foreign_runtime(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions on runtimes of accounts that are neither own nor trusted."""
    for function in analysis.estate.all(Function):
        arn = function.runtime_arn
        if arn is None:
            continue
        kept = isinstance(is_equal(function.runtime_update, "Manual"), Yes)
        found = Found(
            record=function,
            place=function.place("RuntimeConfig", "RuntimeArn"),
            message=f"{function.shown} runs on a runtime of another account: {show(arn)}",
            severity=Severity.MEDIUM if kept else Severity.HIGH,
            because=("the function is kept on one version",) if kept else ("its owner can replace it at any time",),
        )
        verdict = judge(arn, lambda option: foreign(analysis, option))
        yield from answer(verdict, found, f"whose runtime is {show(arn)} of {function.shown}?")
