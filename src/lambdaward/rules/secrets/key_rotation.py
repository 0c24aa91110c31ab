"""A key that protects functions is not rotated.

## What it finds

Symmetric KMS keys of the template that encrypt a function's variables, package or history, or a secret, and whose
rotation is not turned on. Keys with imported or external material can't be rotated, and are silent.

## Why it matters

Rotation bounds what a leaked key opens. AWS does it without any change to what was encrypted before.

## How to fix

Set `EnableKeyRotation` to true.

## Examples

### fires: a key without rotation

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      KmsKeyArn: !GetAtt Key.Arn
  Key: # <- LWS002
    Type: AWS::KMS::Key
    Properties: {Description: orders}
```

### silent: rotated, and a key of something else

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      KmsKeyArn: !GetAtt Key.Arn
  Key:
    Type: AWS::KMS::Key
    Properties: {EnableKeyRotation: true}
  Other:
    Type: AWS::KMS::Key
    Properties: {Description: backups}
```

### unknown: a parameter decides

```yaml template.yaml
Parameters:
  Rotate:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      KmsKeyArn: !GetAtt Key.Arn
  Key:
    Type: AWS::KMS::Key
    Properties: {EnableKeyRotation: !Ref Rotate} # ?- LWS002
```

## References

- https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import (
    Key,
    Value,
    Verdict,
    all_of,
    any_of,
    is_equal,
    negate,
)
from lambdaward.rules import Doubt, Edit, Fix, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import absent, answer
from lambdaward.rules.secrets.keys import used_keys

STANDARDS = Standards(
    security_hub=("KMS.4",),
    config=("cmk-backing-key-rotation-enabled",),
    checkov=("CKV_AWS_7",),
    cfn_nag=("F19",),
    cwe=("CWE-324",),
)


@rule("LWS002", "key-rotation", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("40",))
def key_rotation(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Keys that protect functions or secrets and are not rotated."""
    used = used_keys(analysis)
    for key in analysis.estate.all(Key):
        if key.id in used:
            place = key.place("EnableKeyRotation")
            fix = Fix("Rotate the key every year", (Edit(place, value=True),), safe=True)
            found = Found(record=key, place=place, message=f"the key {key.shown} is not rotated", fix=fix)
            verdict = all_of(
                (
                    _is_or_absent(key.spec, "SYMMETRIC_DEFAULT"),
                    _is_or_absent(key.origin, "AWS_KMS"),
                    negate(is_equal(key.rotation, expected=True)),
                )
            )
            yield from answer(verdict, found, f"is the key {key.shown} rotated?")


def _is_or_absent(value: Value, default: str) -> Verdict:
    return any_of((absent(value), is_equal(value, default)))
