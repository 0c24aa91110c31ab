"""Others can call a function that decides on sign-ins or runs in deployments.

## What it finds

Functions that Cognito, CloudFormation or Secrets Manager run as a hook (user pool trigger, custom resource, macro, rotation),
and that a permission opens to everybody, to an account that is neither own nor trusted, or to a service on behalf of any account.

## Why it matters

Such a function trusts its caller with a decision: a user pool trigger confirms users and writes their tokens, a custom resource
makes what the event names, with a role that may. It believes whatever the event says, because only the service is meant to send
one.

## How to fix

Permit the service alone, with the ARN of the user pool as `SourceArn`. CloudFormation needs no permission: it calls custom
resources as whoever deploys.

## Examples

### fires: any user pool may call a trigger

```yaml template.yaml
Resources:
  Confirm:
    Type: AWS::Lambda::Function
    Properties: {}
  Users:
    Type: AWS::Cognito::UserPool
    Properties:
      LambdaConfig: {PreSignUp: !GetAtt Confirm.Arn}
  ByAnyPool:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Confirm
      Action: lambda:InvokeFunction
      Principal: cognito-idp.amazonaws.com # <- LWX031
```

### fires: everybody may call a custom resource's function

```yaml template.yaml
Resources:
  Maker:
    Type: AWS::Lambda::Function
    Properties: {}
  Bucket:
    Type: Custom::Bucket
    Properties: {ServiceToken: !GetAtt Maker.Arn}
  Everybody:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Maker
      Action: lambda:InvokeFunction
      Principal: "*" # <- LWX031
```

### silent: the pool alone

```yaml template.yaml
Resources:
  Confirm:
    Type: AWS::Lambda::Function
    Properties: {}
  Users:
    Type: AWS::Cognito::UserPool
    Properties:
      LambdaConfig: {PreSignUp: !GetAtt Confirm.Arn}
  ByPool:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Confirm
      Action: lambda:InvokeFunction
      Principal: cognito-idp.amazonaws.com
      SourceArn: !GetAtt Users.Arn
```

### unknown: a parameter is the source

```yaml template.yaml
Parameters:
  Pool:
    Type: String
Resources:
  Confirm:
    Type: AWS::Lambda::Function
    Properties: {}
  Users:
    Type: AWS::Cognito::UserPool
    Properties:
      LambdaConfig: {PreSignUp: !GetAtt Confirm.Arn}
  ByPool:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Confirm
      Action: lambda:InvokeFunction
      Principal: cognito-idp.amazonaws.com # ?- LWX031
      SourceArn: !Ref Pool
```

## References

- https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
- https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.exposure import Target, bound, everybody, invokes
from lambdaward.model import No, Permission, ResourceId, Verdict, all_of, any_of, negate
from lambdaward.rules import Doubt, Evidence, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.arns import foreign
from lambdaward.rules.exposure.proof import about, service_of

STANDARDS = Standards(owasp_serverless=("A5",), cwe=("CWE-284", "CWE-441"), mitre_attack=("T1199",))

# The ways in which a function is asked for a decision, and what for.
HOOKS = {
    "cognito": "decides on sign-ins",
    "custom-resource": "runs in deployments",
    "macro": "rewrites templates",
    "rotation": "makes secrets",
}


@rule(
    "LWX031",
    "exposed-hook",
    Severity.HIGH,
    standards=STANDARDS,
    folds=("LWX001", "LWX005", "LWX006", "LWX009"),
    posture=("n26",),
)
def exposed_hook(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Permissions that let others call a hook."""
    for function, (does, evidence) in _hooks(analysis).items():
        for permission in analysis.exposure.grants.of(Target(function)):
            found = about(
                analysis,
                permission,
                "Principal",
                f"{permission.shown} lets others call {{}}, which {does}",
                (evidence,),
            )
            question = f"who may call {function.name}, which {does}, by {permission.shown}?"
            yield from answer(_others(analysis, permission), found, question)


def _hooks(analysis: Analysis) -> dict[ResourceId, tuple[str, Evidence]]:
    found: dict[ResourceId, tuple[str, Evidence]] = {}
    for trigger in analysis.exposure.all:
        if trigger.kind in HOOKS and trigger.target.function:
            found.setdefault(trigger.target.function, (HOOKS[trigger.kind], Evidence(trigger.shown, trigger.place)))
    return found


def _others(analysis: Analysis, permission: Permission) -> Verdict:
    """Whether a permission lets in somebody whom the hook is not for."""
    if not invokes(permission):
        return No()
    if service_of(permission):
        return negate(bound(permission))
    anybody = everybody(permission)
    return any_of((anybody, all_of((negate(anybody), foreign(analysis, permission.principal)))))
