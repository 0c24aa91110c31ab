"""A package is stored without a customer key.

## What it finds

Functions deployed as archives without `SourceKMSKeyArn`, so that Lambda encrypts its copy of the package with a key
of AWS.

## Why it matters

Whoever may call `GetFunction` downloads the code. With a customer key they also need `kms:Decrypt` on it, and every
download leaves a line in CloudTrail.

## How to fix

Set `Code.SourceKMSKeyArn`.

## Examples

### fires: no key

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: packages, S3Key: orders.zip} # <- LWP009
```

### silent: a key, and an image

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: packages, S3Key: orders.zip, SourceKMSKeyArn: !GetAtt Key.Arn}
  Pictures:
    Type: AWS::Lambda::Function
    Properties: {PackageType: Image}
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
  Production: !Equals [!Ref Stage, prod]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        S3Bucket: packages
        S3Key: orders.zip
        SourceKMSKeyArn: !If [Production, !GetAtt Key.Arn, !Ref AWS::NoValue] # ?- LWP009
  Key:
    Type: AWS::KMS::Key
    Properties: {}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/encrypt-zip-package.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function, all_of, is_equal, negate
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer, unlinked

STANDARDS = Standards(cwe=("CWE-311",))


@rule("LWP009", "code-key", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("n20",))
def code_key(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions whose package has no customer key."""
    for function in analysis.estate.all(Function):
        path = ("Code", "SourceKMSKeyArn") if function.code_kms_key else ("Code",)
        message = f"the package of {function.shown} is encrypted with a key of AWS, not with one of yours"
        found = Found(record=function, place=function.place(*path), message=message)
        verdict = all_of((negate(is_equal(function.package_type, "Image")), unlinked(function.code_kms_key)))
        yield from answer(verdict, found, f"has the package of {function.shown} its own key?")
