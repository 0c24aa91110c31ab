"""Guests of an identity pool may invoke a function.

## What it finds

Identity pools that give credentials to guests, where the guests' role may invoke a function of the estate.

## Why it matters

Anybody who knows the pool's id, which every client carries, gets credentials of the role without signing in, and invokes the
function with any event: no API stands between.

## How to fix

Set `AllowUnauthenticatedIdentities: false`, or take `lambda:InvokeFunction` from the guests' role and give them an API.

## Examples

### fires: guests, and a role that may invoke

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Pool:
    Type: AWS::Cognito::IdentityPool
    Properties:
      AllowUnauthenticatedIdentities: true # <- LWX033
  Roles:
    Type: AWS::Cognito::IdentityPoolRoleAttachment
    Properties: {IdentityPoolId: !Ref Pool, Roles: {unauthenticated: !GetAtt Guests.Arn}}
  Guests:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: invoke
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{Effect: Allow, Action: "lambda:InvokeFunction", Resource: !GetAtt Orders.Arn}]
```

### silent: no guests

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Pool:
    Type: AWS::Cognito::IdentityPool
    Properties: {AllowUnauthenticatedIdentities: false}
  Roles:
    Type: AWS::Cognito::IdentityPoolRoleAttachment
    Properties: {IdentityPoolId: !Ref Pool, Roles: {unauthenticated: !GetAtt Guests.Arn}}
  Guests:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: invoke
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{Effect: Allow, Action: "lambda:InvokeFunction", Resource: !GetAtt Orders.Arn}]
```

### unknown: a parameter says whether guests get in

```yaml template.yaml
Parameters:
  Guests:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Pool:
    Type: AWS::Cognito::IdentityPool
    Properties:
      AllowUnauthenticatedIdentities: !Ref Guests # ?- LWX033
  Roles:
    Type: AWS::Cognito::IdentityPoolRoleAttachment
    Properties: {IdentityPoolId: !Ref Pool, Roles: {unauthenticated: !GetAtt Role.Arn}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: invoke
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{Effect: Allow, Action: "lambda:InvokeFunction", Resource: !GetAtt Orders.Arn}]
```

## References

- https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.exposure import INVOKE
from lambdaward.model import Function, IdentityPool, IdentityPoolRoles, Link, No, Verdict, all_of, is_equal
from lambdaward.rules import Doubt, Evidence, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(owasp_serverless=("A2", "A5"), cwe=("CWE-306",), mitre_attack=("T1190", "T1078.004"))


@rule("LWX033", "guest-caller", Severity.HIGH, standards=STANDARDS, posture=("31",))
def guest_caller(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Identity pools whose guests may invoke functions."""
    for roles in analysis.estate.all(IdentityPoolRoles):
        pool = analysis.estate.follow(IdentityPool, roles.pool)
        if pool is None or roles.guest_role is None or roles.guest_role.target is None:
            continue
        guests = is_equal(pool.guests, True)
        for function in analysis.estate.all(Function) if not isinstance(guests, No) else ():
            found = Found(
                record=pool,
                place=pool.place("AllowUnauthenticatedIdentities"),
                message=f"guests of {pool.shown} may invoke {function.shown} without signing in",
                evidence=(Evidence("the guests' role", roles.place("Roles", "unauthenticated")),),
                key=function.id.name,
                functions=(str(function.id),),
            )
            verdict = all_of((guests, _invokes(analysis, roles.guest_role, function)))
            yield from answer(verdict, found, f"may guests of {pool.shown} invoke {function.shown}?")


def _invokes(analysis: Analysis, role: Link, function: Function) -> Verdict:
    return analysis.access.allows(role, INVOKE, analysis.access.names.arn(function.id))
