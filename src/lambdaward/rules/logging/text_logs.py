"""A function logs plain text.

## What it finds

Functions whose log format is not `JSON`.

## Why it matters

In plain text, a line break in an input forges a log line, and a search for a field is a guess. Log levels can only be
set for JSON.

## How to fix

Set `LoggingConfig.LogFormat` to `JSON`.

## Examples

### fires: the default, and text by choice

```yaml template.yaml
Resources:
  Orders: # <- LWL007
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      LoggingConfig: {LogFormat: Text} # <- LWL007
```

### silent: JSON

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      LoggingConfig: {LogFormat: JSON}
```

### unknown: a parameter decides

```yaml template.yaml
Parameters:
  Format:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      LoggingConfig: {LogFormat: !Ref Format} # ?- LWL007
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function, is_equal, negate
from lambdaward.rules import Doubt, Edit, Fix, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(
    config=(
        "lambda-function-log-format-json",
        "lambda-function-application-log-level-check",
        "lambda-function-system-log-level-check",
    ),
    cwe=("CWE-117",),
)


@rule("LWL007", "text-logs", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("63",))
def text_logs(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions that do not log JSON."""
    for function in analysis.estate.all(Function):
        place = function.place("LoggingConfig", "LogFormat")
        fix = Fix("Log JSON", (Edit(place, "JSON"),))
        found = Found(record=function, place=place, message=f"{function.shown} logs plain text", fix=fix)
        yield from answer(negate(is_equal(function.log_format, "JSON")), found, f"does {function.shown} log JSON?")
