"""A function runs without Lambda Insights.

## What it finds

Functions deployed as archives without the Lambda Insights layer. What an image contains is not known from its
configuration.

## Why it matters

Insights record processor time, memory and network bytes of each invocation. Mining and exfiltration show there first.

## How to fix

Add the layer `LambdaInsightsExtension` and the policy `CloudWatchLambdaInsightsExecutionRolePolicy`.

## Examples

### fires: no layer

```yaml template.yaml
Resources:
  Orders: # <- LWL004
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
```

### silent: the layer, and an image

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Layers: [!Sub "arn:aws:lambda:${AWS::Region}:580247275435:layer:LambdaInsightsExtension:53"]
  Pictures:
    Type: AWS::Lambda::Function
    Properties: {PackageType: Image}
```

### unknown: a layer that a parameter names

```yaml template.yaml
Parameters:
  Extra:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Layers: [!Ref Extra] # ?- LWL004
```

## References

- https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Lambda-Insights.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.arns import fields
from lambdaward.model import Function, Link, No, Verdict, Yes, all_of, is_equal, literal, negate, unknowns
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer, undecided

STANDARDS = Standards(cis_compute=("4.2",), cwe=("CWE-778",))


@rule("LWL004", "no-insights", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("60",))
def no_insights(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions without the Lambda Insights layer."""
    for function in analysis.estate.all(Function):
        message = f"{function.shown} runs without Lambda Insights"
        found = Found(record=function, place=function.place("Layers"), message=message)
        archive = negate(is_equal(function.package_type, "Image"))
        verdict = all_of((archive, *(_other(layer) for layer in function.layers)))
        yield from answer(verdict, found, f"does {function.shown} run with Lambda Insights?")


def _other(layer: Link) -> Verdict:
    """Whether a layer is another one than Lambda Insights."""
    if layer.target:
        return Yes()
    if any(True for _ in unknowns(layer.value)) and not fields(layer.value):
        return undecided(layer.value)
    name = literal(fields(layer.value)[6]) if len(fields(layer.value)) > 6 else ""
    return No() if name and name.startswith("LambdaInsightsExtension") else Yes()
