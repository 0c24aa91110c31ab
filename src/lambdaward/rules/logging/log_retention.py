"""Logs of a function are kept for ever.

## What it finds

Functions whose log group is not declared, so that Lambda makes one that never expires, or is declared without a
retention. The group is found by `LoggingConfig` or by its name, `/aws/lambda/` and the function's name.

## Why it matters

Logs collect what they should not hold, personal data first of all, and grow without an end. Some rules demand a
retention, some a minimum of one; only a decision meets either.

## How to fix

Declare the log group, and set `RetentionInDays`.

## Examples

### fires: no group, and a group without retention

```yaml template.yaml
Resources:
  Orders: # <- LWL005
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      LoggingConfig: {LogGroup: !Ref Group} # <- LWL005
  Group:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: billing}
```

### silent: a retention

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
  Group:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: !Sub "/aws/lambda/${Orders}", RetentionInDays: 90}
```

### unknown: a condition decides

```yaml template.yaml
Parameters:
  Stage:
    Type: String
Conditions:
  Test: !Equals [!Ref Stage, test]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      LoggingConfig: {LogGroup: !Ref Group} # ?- LWL005
  Group:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: !If [Test, 7, !Ref AWS::NoValue]}
```

## References

- https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function, Yes
from lambdaward.rules import Doubt, Evidence, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import absent, answer
from lambdaward.rules.log_groups import log_group

STANDARDS = Standards(checkov=("CKV_AWS_66",), cfn_nag=("W86",), cwe=("CWE-779",))


@rule("LWL005", "log-retention", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("61",))
def log_retention(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions whose logs never expire."""
    for function in analysis.estate.all(Function):
        group = log_group(analysis.estate, function)
        if group is None and function.log_group is not None:
            continue
        found = Found(
            record=function,
            place=function.place("LoggingConfig", "LogGroup"),
            message=f"the logs of {function.shown} are kept for ever",
            evidence=(Evidence("its log group", group.place()),) if group else (),
        )
        verdict = absent(group.retention) if group else Yes()
        yield from answer(verdict, found, f"do the logs of {function.shown} expire?")
