"""Environment variables are encrypted without a customer key.

## What it finds

Functions with environment variables and no `KmsKeyArn`.

## Why it matters

The variables are encrypted at rest in any case, with a key of AWS. A customer key adds a second lock: without
`kms:Decrypt` on it, who may read the function's configuration reads no values. It does not hide them from the
function's own code, layers and role.

## How to fix

Set `KmsKeyArn`. Better still, keep secrets out of the environment.

## Examples

### fires: variables and no key

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Environment: # <- LWS001
        Variables: {TABLE: orders}
```

### silent: a key, and no variables

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      KmsKeyArn: !GetAtt Key.Arn
      Environment:
        Variables: {TABLE: orders}
  Billing:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
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
      KmsKeyArn: !If [Production, !GetAtt Key.Arn, !Ref AWS::NoValue] # ?- LWS001
      Environment:
        Variables: {TABLE: orders}
  Key:
    Type: AWS::KMS::Key
    Properties: {}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.environment import variables
from lambdaward.model import Function
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer, unlinked

STANDARDS = Standards(
    prowler=("awslambda_function_env_vars_not_encrypted_with_cmk",), checkov=("CKV_AWS_173",), cwe=("CWE-311",)
)


@rule("LWS001", "environment-key", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("39",))
def environment_key(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions whose variables have no customer key."""
    for function in analysis.estate.all(Function):
        if any(True for _ in variables(function)):
            message = f"the variables of {function.shown} are encrypted with a key of AWS, not with one of yours"
            place = function.place("KmsKeyArn") if function.kms_key else function.place("Environment")
            found = Found(record=function, place=place, message=message)
            yield from answer(
                unlinked(function.kms_key), found, f"have the variables of {function.shown} their own key?"
            )
