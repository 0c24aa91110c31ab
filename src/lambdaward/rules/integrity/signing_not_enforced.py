"""Code signing only warns.

## What it finds

Code-signing configs whose policy is `Warn`, which is also the default, so that unsigned code is deployed all the same.

## Why it matters

With `Warn`, an unsigned package, or one that a stranger signed, is accepted; the only trace is a metric and a line in
CloudTrail. The control looks as if it were on.

## How to fix

Set `CodeSigningPolicies.UntrustedArtifactOnDeployment` to `Enforce`.

## Examples

### fires: a warning, and the default

```yaml template.yaml
Resources:
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      CodeSigningPolicies:
        UntrustedArtifactOnDeployment: Warn # <- LWP002
  Default: # <- LWP002
    Type: AWS::Lambda::CodeSigningConfig
    Properties: {Description: packages of the shop}
```

### silent: enforced

```yaml template.yaml
Resources:
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      CodeSigningPolicies:
        UntrustedArtifactOnDeployment: Enforce
```

### unknown: a parameter decides

```yaml template.yaml
Parameters:
  Policy:
    Type: String
Resources:
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      CodeSigningPolicies:
        UntrustedArtifactOnDeployment: !Ref Policy # ?- LWP002
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import CodeSigningConfig, Function, any_of, is_equal
from lambdaward.rules import Doubt, Edit, Fix, Found, Severity, Standards, rule
from lambdaward.rules.answering import absent, answer

STANDARDS = Standards(cwe=("CWE-347",), mitre_attack=("T1525",))


@rule("LWP002", "signing-not-enforced", Severity.LOW, standards=STANDARDS, posture=("44",))
def signing_not_enforced(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Code-signing configs that let unsigned code pass."""
    functions = analysis.estate.all(Function)
    for config in analysis.estate.all(CodeSigningConfig):
        place = config.place("CodeSigningPolicies", "UntrustedArtifactOnDeployment")
        found = Found(
            record=config,
            place=place,
            message=f"{config.shown} lets unsigned code pass with a warning",
            fix=Fix("Refuse unsigned code", (Edit(place, "Enforce"),)),
            functions=tuple(str(f.id) for f in functions if f.code_signing and f.code_signing.target == config.id),
        )
        verdict = any_of((absent(config.untrusted), is_equal(config.untrusted, "Warn")))
        yield from answer(verdict, found, f"does {config.shown} refuse unsigned code?")
