"""An identity provider's every user may take a function's role.

## What it finds

Execution roles that a web identity or SAML provider's users may assume without a condition on who they are (`sub`) or on what
their token is for (`aud`). An audience that anybody may ask the provider for is no such condition, nor is a subject that a
stranger's token may have, such as `repo:*`.

## Why it matters

With a public provider, such as a code hosting service or Cognito, every user of it in the world gets a token that fits.

## How to fix

Add a condition on the provider's `sub` and `aud` keys that names the repository, pool or client, and rather give such users a
role of their own.

## Examples

### fires: no condition

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
            Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"} # <- LWI016
            Action: sts:AssumeRoleWithWebIdentity
```

### fires: any repository of a public code host, for an audience that anybody may ask for

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
            Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com"} # <- LWI016
            Action: sts:AssumeRoleWithWebIdentity
            Condition:
              StringEquals: {"gitlab.com:aud": "https://gitlab.com"}
          - Effect: Allow
            Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"} # <- LWI016
            Action: sts:AssumeRoleWithWebIdentity
            Condition:
              StringLike: {"token.actions.githubusercontent.com:sub": "repo:*"}
```

### silent: one repository's main branch

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
            Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}
            Action: sts:AssumeRoleWithWebIdentity
            Condition:
              StringEquals:
                token.actions.githubusercontent.com:aud: sts.amazonaws.com
                token.actions.githubusercontent.com:sub: repo:shop/orders:ref:refs/heads/main
```

### unknown: a parameter gives the condition's value

```yaml template.yaml
Parameters:
  Subject: {Type: String}
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
            Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"} # ?- LWI016
            Action: sts:AssumeRoleWithWebIdentity
            Condition:
              StringLike:
                token.actions.githubusercontent.com:sub: !Ref Subject
```

## References

- https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.identity.weight import trusting

STANDARDS = Standards(owasp_serverless=("A2",), cwe=("CWE-287",), mitre_attack=("T1199",))


@rule("LWI016", "unbound-federation", Severity.HIGH, standards=STANDARDS, posture=("10",))
def unbound_federation(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Trust policies that admit every user of an identity provider."""
    for role, caller, found in trusting(analysis, "every user of an identity provider may take the role of {}"):
        if caller.principal.kind == "Federated":
            yield from answer(
                caller.strangers, found, f"which users of the provider may take the role of {role.names}?"
            )
