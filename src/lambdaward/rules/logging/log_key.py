"""A function's log group has no customer key.

## What it finds

Log groups of functions, as the template declares them, without `KmsKeyId`.

## Why it matters

Logs are encrypted with a key of AWS in any case. A customer key decides who may read them, apart from who may call
the Logs API.

## How to fix

Set `KmsKeyId` to a key whose policy lets `logs.amazonaws.com` use it for this group.

## Examples

### fires: no key

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
  Group: # <- LWL006
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: !Sub "/aws/lambda/${Orders}"}
```

### silent: a key, and a group of something else

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
  Group:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: !Sub "/aws/lambda/${Orders}", KmsKeyId: !GetAtt Key.Arn}
  Other:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: queries}
  Key:
    Type: AWS::KMS::Key
    Properties: {}
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
    Properties: {Runtime: python3.14}
  Group:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: !Sub "/aws/lambda/${Orders}"
      KmsKeyId: !If [Test, !Ref AWS::NoValue, !GetAtt Key.Arn] # ?- LWL006
  Key:
    Type: AWS::KMS::Key
    Properties: {}
```

## References

- https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer, unlinked
from lambdaward.rules.log_groups import log_group

STANDARDS = Standards(checkov=("CKV_AWS_158",), cfn_nag=("W84",), cwe=("CWE-311",))


@rule("LWL006", "log-key", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("62",))
def log_key(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Log groups of functions without a customer key."""
    functions = analysis.estate.all(Function)
    groups = {group.id: group for function in functions if (group := log_group(analysis.estate, function))}
    for group in groups.values():
        message = f"the logs in {group.shown} are encrypted with a key of AWS, not with one of yours"
        found = Found(record=group, place=group.place("KmsKeyId"), message=message)
        yield from answer(unlinked(group.kms_key), found, f"have the logs in {group.shown} their own key?")
