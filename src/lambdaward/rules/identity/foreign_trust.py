"""Another account may take a function's role.

## What it finds

Execution roles whose trust policy names principals of an account that is neither the stack's own nor a trusted one, with or
without an external id.

## Why it matters

Whoever controls that account, today or after a change of hands, is this function. Without an external id a service provider can
also be talked into using the role for somebody else.

## How to fix

Let the other account take a role made for it, with only what it needs and `sts:ExternalId` in the condition, and keep the
execution role for Lambda. Accounts of your own go into `trusted-accounts` of the configuration.

## Examples

### fires: a partner's account

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt OrdersRole.Arn}
  OrdersRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
          - Effect: Allow
            Principal: {AWS: "arn:aws:iam::444455556666:root"} # <- LWI011
            Action: sts:AssumeRole
```

### silent: the own account

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt OrdersRole.Arn}
  OrdersRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
          - Effect: Allow
            Principal: {AWS: !Sub "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/Deployer"}
            Action: sts:AssumeRole
```

### unknown: a parameter gives the account

```yaml template.yaml
Parameters:
  Partner: {Type: String}
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt OrdersRole.Arn}
  OrdersRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
          - Effect: Allow
            Principal: {AWS: !Sub "arn:aws:iam::${Partner}:root"} # ?- LWI011
            Action: sts:AssumeRole
```

## References

- https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
"""

from collections.abc import Iterator

from msgspec import structs

from lambdaward.analysis import Analysis
from lambdaward.model import Yes
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer, judge
from lambdaward.rules.arns import foreign
from lambdaward.rules.identity.weight import trusting

STANDARDS = Standards(cis_compute=("4.10",), owasp_serverless=("A2",), cwe=("CWE-441",), mitre_attack=("T1199",))


@rule("LWI011", "foreign-trust", Severity.MEDIUM, standards=STANDARDS, posture=("10", "17"))
def foreign_trust(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Trust policies that admit principals of other accounts."""
    for role, caller, found in trusting(analysis, "another account may take the role of {}"):
        if caller.principal.kind != "AWS" or caller.everybody:
            continue
        verdict = judge(caller.principal.value, lambda value: foreign(analysis, value))
        bare = isinstance(caller.strangers, Yes)
        because = ("no condition, such as an external id, says on whose behalf",) if bare else ()
        severity = Severity.MEDIUM if bare else Severity.LOW
        yield from answer(
            verdict,
            structs.replace(found, severity=severity, because=because),
            f"whose account may take the role of {role.names}?",
        )
