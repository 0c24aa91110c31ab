"""Code is deployed without a signature.

## What it finds

Functions deployed as archives without a code-signing config. Container images can't have one, and are silent.

## Why it matters

Whoever may call `UpdateFunctionCode`, or write to the bucket that code is deployed from, decides what runs. With code
signing, Lambda only takes code that a trusted pipeline has signed.

## How to fix

Sign packages with AWS Signer, and set `CodeSigningConfigArn` to a config with `Enforce`.

## Examples

### fires: no config

```yaml template.yaml
Resources:
  Orders: # <- LWP001
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
```

### silent: a config, and an image

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, CodeSigningConfigArn: !Ref Signing}
  Pictures:
    Type: AWS::Lambda::Function
    Properties: {PackageType: Image}
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
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
      CodeSigningConfigArn: !If [Production, !Ref Signing, !Ref AWS::NoValue] # ?- LWP001
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties: {}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function, all_of, is_equal, negate
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer, unlinked

STANDARDS = Standards(cis_compute=("4.8",), checkov=("CKV_AWS_272",), cwe=("CWE-347",), mitre_attack=("T1525",))


@rule("LWP001", "no-code-signing", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("43",))
def no_code_signing(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions deployed as archives that need no signature."""
    for function in analysis.estate.all(Function):
        message = f"Lambda takes any code for {function.shown}, signed or not"
        found = Found(record=function, place=function.place("CodeSigningConfigArn"), message=message)
        verdict = all_of((negate(is_equal(function.package_type, "Image")), unlinked(function.code_signing)))
        yield from answer(verdict, found, f"must the code of {function.shown} be signed?")
