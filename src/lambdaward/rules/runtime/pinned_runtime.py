"""A function that stays on one runtime version.

## What it finds

Functions whose runtime management is `Manual`: they keep one version of the runtime until somebody changes it.

## Why it matters

AWS patches the language and the operating system by publishing new runtime versions. A pinned function gets none of them.
Pinning is meant for the hours after a runtime version broke something, not for keeps.

## How to fix

Set `UpdateRuntimeOn` to `Auto`, or to `FunctionUpdate` if patches are to come with deployments only.

## Examples

### fires: pinned

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      RuntimeManagementConfig:
        UpdateRuntimeOn: Manual # <- LWR006
        RuntimeVersionArn: arn:aws:lambda:eu-west-1::runtime:0123abcd
```

### silent: patched with each deployment

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      RuntimeManagementConfig:
        UpdateRuntimeOn: FunctionUpdate
```

### unknown: a parameter decides

```yaml template.yaml
Parameters:
  Updates:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      RuntimeManagementConfig:
        UpdateRuntimeOn: !Ref Updates # ?- LWR006
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function, is_equal
from lambdaward.rules import Doubt, Edit, Fix, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(owasp_serverless=("A9",), cwe=("CWE-1104",))


@rule("LWR006", "pinned-runtime", Severity.MEDIUM, standards=STANDARDS, posture=("n13",))
def pinned_runtime(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions that get no runtime patches because they pin a version."""
    for function in analysis.estate.all(Function):
        place = function.place("RuntimeManagementConfig", "UpdateRuntimeOn")
        found = Found(
            record=function,
            place=place,
            message=f"{function.shown} is pinned to one runtime version and gets no patches",
            fix=Fix("Take runtime patches automatically", (Edit(place, "Auto"),)),
        )
        question = f"does {function.shown} get runtime patches?"
        yield from answer(is_equal(function.runtime_update, "Manual"), found, question)
