"""A code-signing config trusts a signer of another account.

## What it finds

Code-signing configs that list a signing profile of another account. A list that names no profile at all trusts nobody
and is silent.

## Why it matters

Whoever may use that profile decides what code your functions take. You can neither see who that is nor revoke the
profile; and if it does not exist, Lambda accepts the config all the same.

## How to fix

Use a signing profile of your own account, or name the account as trusted.

## Examples

### fires: a profile elsewhere

```yaml template.yaml
Resources:
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      CodeSigningPolicies: {UntrustedArtifactOnDeployment: Enforce}
      AllowedPublishers:
        SigningProfileVersionArns:
          - arn:aws:signer:eu-west-1:210987654321:/signing-profiles/Partner/a1b2c3d4e5 # <- LWP007
```

### silent: an own profile

```yaml template.yaml
Resources:
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      CodeSigningPolicies: {UntrustedArtifactOnDeployment: Enforce}
      AllowedPublishers:
        SigningProfileVersionArns: [!GetAtt Signer.ProfileVersionArn]
  Signer:
    Type: AWS::Signer::SigningProfile
    Properties: {PlatformId: AWSLambda-SHA384-ECDSA}
```

### unknown: a parameter names the profile

```yaml template.yaml
Parameters:
  Profile:
    Type: String
Resources:
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      CodeSigningPolicies: {UntrustedArtifactOnDeployment: Enforce}
      AllowedPublishers:
        SigningProfileVersionArns:
          - !Ref Profile # ?- LWP007
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/governance-code-signing.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.arns import account
from lambdaward.model import CodeSigningConfig, show
from lambdaward.rules import Confidence, Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.arns import foreign

STANDARDS = Standards(cwe=("CWE-347", "CWE-829"), mitre_attack=("T1195.002",))


@rule("LWP007", "foreign-signer", Severity.MEDIUM, Confidence.MEDIUM, standards=STANDARDS, posture=("n10",))
def foreign_signer(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Code-signing configs that trust another account's signing profile."""
    for config in analysis.estate.all(CodeSigningConfig):
        for index, profile in enumerate(config.profiles):
            if profile.target is None:
                found = Found(
                    record=config,
                    place=config.place("AllowedPublishers", "SigningProfileVersionArns", index),
                    message=f"{config.shown} takes code that account {account(profile.value)} signs",
                    key=show(profile.value),
                )
                question = f"whose signing profile is {show(profile.value)}?"
                yield from answer(foreign(analysis, profile.value), found, question)
