"""A code-signing config lists a signing profile that can't sign for it.

## What it finds

Code-signing configs that list no signing profile, a profile for something else than Lambda code, or the ARN of a profile instead
of one of its versions; and, by the answers of `aws signer list-signing-profiles` and `get-signing-profile`, profiles that are not
there, canceled or revoked. Of a profile of which only the ARN is known, only AWS can tell whether it exists.

## Why it matters

Lambda accepts a config whose profiles do not exist. With `Enforce`, nothing can be deployed any more, and the quick way out of an
incident is to take code signing off; with `Warn`, the control looks as if it were on. A name that nobody holds can also be taken:
whoever makes the profile signs your code.

## How to fix

List versions of signing profiles for the platform `AWSLambda-SHA384-ECDSA` of the config's own Region.

## Examples

### fires: no profile, one for containers, and one without its version

```yaml template.yaml
Resources:
  Nobody:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      AllowedPublishers: {SigningProfileVersionArns: []} # <- LWP052
  Containers:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      AllowedPublishers:
        SigningProfileVersionArns:
          - !GetAtt Images.ProfileVersionArn # <- LWP052
  Unversioned:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      AllowedPublishers:
        SigningProfileVersionArns:
          - !Sub arn:aws:signer:${AWS::Region}:${AWS::AccountId}:/signing-profiles/orders # <- LWP052
  Images:
    Type: AWS::Signer::SigningProfile
    Properties: {PlatformId: Notation-OCI-SHA384-ECDSA}
```

### fires: in an account, a profile that is revoked, and one that is not there

```json config.json
{"CodeSigningConfig": {
  "AllowedPublishers": {"SigningProfileVersionArns": [
    "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/release/a1b2c3d4e5",
    "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/nobody/a1b2c3d4e5"]},
  "CodeSigningPolicies": {"UntrustedArtifactOnDeployment": "Enforce"},
  "CodeSigningConfigArn": "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-1" # <- LWP052
}}
```

```json profiles.json
{"profiles": [
  {"profileName": "release", "profileVersion": "a1b2c3d4e5", "platformId": "AWSLambda-SHA384-ECDSA", "status": "Revoked",
   "profileVersionArn": "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/release/a1b2c3d4e5"}
]}
```

### silent: a version of a profile for Lambda

```yaml template.yaml
Resources:
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      AllowedPublishers:
        SigningProfileVersionArns:
          - !GetAtt Signer.ProfileVersionArn
          - !Sub arn:aws:signer:${AWS::Region}:${AWS::AccountId}:/signing-profiles/orders/a1b2c3d4e5
  Signer:
    Type: AWS::Signer::SigningProfile
    Properties: {PlatformId: AWSLambda-SHA384-ECDSA}
```

### unknown: a parameter gives the platform

```yaml template.yaml
Parameters:
  Platform:
    Type: String
Resources:
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      AllowedPublishers:
        SigningProfileVersionArns:
          - !GetAtt Signer.ProfileVersionArn # ?- LWP052
  Signer:
    Type: AWS::Signer::SigningProfile
    Properties: {PlatformId: !Ref Platform}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
- https://docs.aws.amazon.com/signer/latest/developerguide/gs-platform.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.arns import fields
from lambdaward.model import (
    CodeSigningConfig,
    Fact,
    Link,
    Listing,
    No,
    SigningProfile,
    Verdict,
    Yes,
    is_equal,
    literal,
    negate,
    show,
)
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(cwe=("CWE-347",), mitre_attack=("T1525",))
ENDED = ("Canceled", "Revoked")
PLATFORM = "AWSLambda-SHA384-ECDSA"
AT = ("AllowedPublishers", "SigningProfileVersionArns")


@rule("LWP052", "dead-publisher", Severity.MEDIUM, standards=STANDARDS)
def dead_publisher(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Code-signing configs with profiles that can't sign for them."""
    for config in analysis.estate.all(CodeSigningConfig):
        if not config.profiles and analysis.estate.resources[config.id].properties.get("AllowedPublishers") is not None:
            message = f"{config.shown} lists no signing profile: nobody can sign for it"
            yield Found(record=config, place=config.place(*AT), message=message)
        for index, link in enumerate(config.profiles):
            verdict, why = _dead(analysis, link)
            found = Found(
                record=config,
                place=config.place(*AT, index),
                message=f"{show(link.value)} can't sign for {config.shown}: {why}",
                key=show(link.value),
            )
            yield from answer(verdict, found, f"can {show(link.value)} sign Lambda code?")


def _dead(analysis: Analysis, link: Link) -> tuple[Verdict, str]:
    """Whether a profile can't sign, and why."""
    profile = analysis.estate.follow(SigningProfile, link)
    if profile is not None:
        if literal(profile.status) in ENDED:
            return Yes(), f"it is {show(profile.status).lower()}"
        why = f"it is a profile for {show(profile.platform)}, not for {PLATFORM}"
        return negate(is_equal(profile.platform, PLATFORM)), why
    arn = fields(link.value)
    known = literal(arn[5]) if len(arn) > 5 else None
    if known is None or not known.startswith("/signing-profiles/"):
        return No(), ""
    if known.count("/") < 3:
        why = "its ARN names a profile, not a version of one"
        return Yes((Fact(why),)), why
    stack = f"{literal(arn[4])}/{literal(arn[3])}"
    for listing in analysis.estate.all(Listing):
        if listing.subject == "signing-profiles" and listing.id.stack == stack and listing.whole is True:
            return Yes(), "the account has no such profile"
    return No(), ""
