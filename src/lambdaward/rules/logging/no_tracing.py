"""A function is not traced.

## What it finds

Functions without a tracing mode.

## Why it matters

Without traces it takes longer to see which call of which function was slow, failed, or went somewhere new.

## How to fix

Set `TracingConfig.Mode` to `Active`.

## Examples

### fires: not set

```yaml template.yaml
Resources:
  Orders: # <- LWL003
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
```

### silent: set

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      TracingConfig: {Mode: Active}
```

### unknown: a condition decides

```yaml template.yaml
Parameters:
  Stage:
    Type: String
Conditions:
  Production: !Equals [!Ref Stage, prod]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      TracingConfig:
        Mode: !If [Production, Active, !Ref AWS::NoValue] # ?- LWL003
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import lacking

STANDARDS = Standards(
    security_hub=("Lambda.7",),
    config=("lambda-function-xray-enabled",),
    checkov=("CKV_AWS_50",),
    trivy=("AWS-0066",),
    cdk_nag=("LambdaTracing",),
)


@rule("LWL003", "no-tracing", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("59",))
def no_tracing(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions without a tracing mode."""
    return lacking(analysis, "TracingConfig.Mode", lambda function: function.tracing, "{} is not traced")
