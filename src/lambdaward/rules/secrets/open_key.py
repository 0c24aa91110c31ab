"""Strangers may use a key that protects functions.

## What it finds

Key policies that let everybody, or an account that is neither own nor trusted, decrypt with a key, or manage it, that functions
or secrets are encrypted with.

## Why it matters

A customer key is the second lock on environment variables, packages and secrets: whoever has the first, such as a leaked
snapshot or a role that reads too much, still can't read them. A key that strangers may use is no lock.

## How to fix

Name the roles that need the key, or bind accounts with `aws:PrincipalOrgID` and services with `kms:ViaService` and
`kms:CallerAccount`.

## Examples

### fires: everybody may decrypt, and another account may

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {KmsKeyArn: !GetAtt Key.Arn}
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}
            Action: kms:*
            Resource: "*"
          - {Effect: Allow, Principal: "*", Action: "kms:Decrypt", Resource: "*"} # <- LWS006
          - Effect: Allow
            Principal: {AWS: "arn:aws:iam::210987654321:root"} # <- LWS006
            Action: [kms:Decrypt, kms:Encrypt]
            Resource: "*"
```

### silent: the own account, a service for it, and a key that nothing here uses

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {KmsKeyArn: !GetAtt Key.Arn}
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}
            Action: kms:*
            Resource: "*"
          - Effect: Allow
            Principal: {AWS: "*"}
            Action: kms:Decrypt
            Resource: "*"
            Condition: {StringEquals: {kms:CallerAccount: !Ref AWS::AccountId, kms:ViaService: lambda.eu-west-1.amazonaws.com}}
  Other:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: "*", Action: "kms:*", Resource: "*"}]
```

### unknown: a parameter names who

```yaml template.yaml
Parameters:
  Who:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {KmsKeyArn: !GetAtt Key.Arn}
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {AWS: !Ref Who} # ?- LWS006
            Action: kms:Decrypt
            Resource: "*"
```

## References

- https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
- https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.guards import Admitted
from lambdaward.model import Key, No, Verdict, any_of, show
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.arns import lets_stranger
from lambdaward.rules.secrets.keys import used_keys

STANDARDS = Standards(cwe=("CWE-732",), owasp_serverless=("A3",), cfn_nag=("F76",), mitre_attack=("T1552",))

# What opens what a key protects: by itself, or by letting somebody in.
USES = ("kms:Decrypt", "kms:CreateGrant", "kms:PutKeyPolicy", "kms:ReEncryptFrom")


@rule("LWS006", "open-key", Severity.HIGH, standards=STANDARDS, posture=("41",))
def open_key(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Keys of functions and secrets that strangers may use."""
    used = used_keys(analysis)
    for key in (key for key in analysis.estate.all(Key) if key.id in used):
        for admitted in analysis.guards.admitted(key.id):
            severity, whom, verdict = _who(analysis, admitted)
            found = Found(
                record=key,
                place=admitted.place,
                message=f"{admitted.stated.shown} lets {whom} use {key.shown}, which protects functions",
                severity=severity,
                because=("one account may use it, not everybody",) if severity < Severity.HIGH else (),
                key=admitted.key,
            )
            yield from answer(verdict, found, f"who may use {key.shown} by {admitted.stated.shown}?")


def _who(analysis: Analysis, admitted: Admitted) -> tuple[Severity, str, Verdict]:
    everybody = any_of(analysis.guards.everybody(admitted, action) for action in USES)
    if not isinstance(everybody, No):
        return Severity.HIGH, "everybody", everybody
    who = f"another account ({show(admitted.principal.value)})"
    return Severity.MEDIUM, who, lets_stranger(analysis, admitted, USES)
