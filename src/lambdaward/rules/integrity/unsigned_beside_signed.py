"""A function needs no signature while others beside it do.

## What it finds

Functions deployed as archives without a code-signing config, in a stack in which another function has one that refuses unsigned
code. Container images can't have one, and are silent.

## Why it matters

Somebody decided that code here has to be signed. Whoever wants to run unsigned code takes the function that was left out: code
signing is set function by function, and nothing else stops it.

## How to fix

Set `CodeSigningConfigArn` to the same config.

To hold every function of an account to it, let a service control policy deny `lambda:CreateFunction` unless
`lambda:CodeSigningConfigArn` is the config's ARN, and deny `lambda:DeleteFunctionCodeSigningConfig`,
`lambda:PutFunctionCodeSigningConfig` and `lambda:UpdateCodeSigningConfig` but for a role of last resort. Functions of images need
an exception, or a rule of their own:

```json
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": ["lambda:CreateFunction", "lambda:PutFunctionCodeSigningConfig"],
      "Resource": "*",
      "Condition": {
        "StringNotEquals": {"lambda:CodeSigningConfigArn": "CONFIG-ARN"},
        "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/break-glass"}
      }
    },
    {
      "Effect": "Deny",
      "Action": ["lambda:DeleteFunctionCodeSigningConfig", "lambda:UpdateCodeSigningConfig", "lambda:DeleteCodeSigningConfig"],
      "Resource": "*",
      "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/break-glass"}}
    }
  ]
}
```

## Examples

### fires: one of two is signed

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, CodeSigningConfigArn: !Ref Signing}
  Billing: # <- LWP051
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      CodeSigningPolicies: {UntrustedArtifactOnDeployment: Enforce}
```

### silent: nobody needs a signature, or the other one only warns

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, CodeSigningConfigArn: !Ref Signing}
  Billing:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
  Pictures:
    Type: AWS::Lambda::Function
    Properties: {PackageType: Image}
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      CodeSigningPolicies: {UntrustedArtifactOnDeployment: Warn}
```

### unknown: a condition decides whether it has one

```yaml template.yaml
Parameters:
  Stage:
    Type: String
Conditions:
  Production: !Equals [!Ref Stage, prod]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, CodeSigningConfigArn: !Ref Signing}
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      CodeSigningConfigArn: !If [Production, !Ref Signing, !Ref AWS::NoValue] # ?- LWP051
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      CodeSigningPolicies: {UntrustedArtifactOnDeployment: Enforce}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/governance-code-signing.html
- https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import CodeSigningConfig, Function, Yes, all_of, is_equal, negate
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer, unlinked

STANDARDS = Standards(cis_compute=("4.8",), checkov=("CKV_AWS_272",), cwe=("CWE-347",), mitre_attack=("T1525",))


@rule("LWP051", "unsigned-beside-signed", Severity.LOW, standards=STANDARDS, folds=("LWP001",))
def unsigned_beside_signed(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions outside of the code signing that others of their stack are under."""
    signed = {
        function.id.stack: function for function in analysis.estate.all(Function) if _enforced(analysis, function)
    }
    for function in analysis.estate.all(Function):
        other = signed.get(function.id.stack)
        if other is None or other.id == function.id:
            continue
        found = Found(
            record=function,
            place=function.place("CodeSigningConfigArn"),
            message=f"Lambda takes unsigned code for {function.shown}, and none for {other.shown} beside it",
        )
        verdict = all_of((negate(is_equal(function.package_type, "Image")), unlinked(function.code_signing)))
        yield from answer(verdict, found, f"must the code of {function.shown} be signed, as that of {other.shown}?")


def _enforced(analysis: Analysis, function: Function) -> bool:
    """Whether a function surely has a config that refuses unsigned code."""
    link = function.code_signing
    config = analysis.estate.follow(CodeSigningConfig, link)
    return (
        config is not None
        and link is not None
        and not link.possible
        and isinstance(is_equal(config.untrusted, "Enforce"), Yes)
    )
