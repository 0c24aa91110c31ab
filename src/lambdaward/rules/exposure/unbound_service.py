"""A service may invoke a function on behalf of anybody.

## What it finds

Permissions for an AWS service that name neither the resource (`SourceArn`) nor the account (`SourceAccount`) for which the
service may call, or have a wildcard in place of the account. The severity follows from what is known about the service: high
where it calls functions for resources of any account, low where it serves its own account only.

## Why it matters

A service calls for whoever set it up. Without a source, somebody else's bucket, topic or API can be pointed at the function: its
events come from a trusted service, past every authorizer, and say what the stranger likes (the confused deputy).

## How to fix

Set `SourceArn` to the resource that calls, and `SourceAccount: !Ref AWS::AccountId` as well where that ARN names no account, as
with S3.

## Examples

### fires: no source at all

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  ByApi:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: apigateway.amazonaws.com # <- LWX005
  ByAnyApi:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: apigateway.amazonaws.com # <- LWX005
      SourceArn: arn:aws:execute-api:*:*:*
```

### fires: a bucket by its name, which somebody else can take once it is gone

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  ByBucket:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: s3.amazonaws.com # <- LWX005
      SourceArn: arn:aws:s3:::orders-of-the-shop
```

### fires: a statement of a whole document

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Policy:
    Type: AWS::Lambda::ResourcePolicy
    Properties:
      ResourceArn: !GetAtt Orders.Arn
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Service: sns.amazonaws.com} # <- LWX005
            Action: lambda:InvokeFunction
            Resource: !GetAtt Orders.Arn
            Condition: {ArnLike: {aws:SourceArn: "arn:aws:sns:*:*:orders"}}
          - Effect: Allow
            Principal: {Service: sns.amazonaws.com}
            Action: lambda:InvokeFunction
            Resource: !GetAtt Orders.Arn
            Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}
```

### silent: a source, an account, or a token

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Topic:
    Type: AWS::SNS::Topic
  ByTopic:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: sns.amazonaws.com
      SourceArn: !Ref Topic
  ByApi:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: apigateway.amazonaws.com
      SourceArn: !Sub arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:*/*/GET/orders
  ByBucket:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: s3.amazonaws.com
      SourceAccount: !Ref AWS::AccountId
  BySkill:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: alexa-appkit.amazon.com
      EventSourceToken: amzn1.ask.skill.1
```

### unknown: a parameter is the source

```yaml template.yaml
Parameters:
  Source:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  ByTopic:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: sns.amazonaws.com # ?- LWX005
      SourceArn: !Ref Source
```

## References

- https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
"""

from collections.abc import Iterator

from msgspec.structs import replace

from lambdaward.analysis import Analysis
from lambdaward.analysis.exposure import INVOKE, bound, by_bucket, invokes
from lambdaward.catalog import Service, service
from lambdaward.model import Permission, Yes, negate, show
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.exposure.documents import stated
from lambdaward.rules.exposure.proof import about, service_of

STANDARDS = Standards(
    security_hub=("Lambda.1",),
    owasp_serverless=("A5",),
    cwe=("CWE-441",),
    mitre_attack=("T1199",),
    checkov=("CKV_AWS_364",),
    trivy=("AWS-0067",),
    cfn_lint=("W3663",),
)

# What a service's reach makes of the finding, and why.
REACH = {
    "any": (Severity.HIGH, "calls functions for resources of any account"),
    "own": (Severity.LOW, "calls functions of its own account only"),
    "": (Severity.MEDIUM, "is not known to keep to its own account"),
    "?": (Severity.LOW, "is no service that is known to invoke functions"),
}


@rule("LWX005", "unbound-service", Severity.MEDIUM, standards=STANDARDS, posture=("16",))
def unbound_service(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Permissions and statements for a service that name no source, or a bucket that anybody may come to own."""
    for permission in analysis.estate.all(Permission):
        caller = _caller(service_of(permission))
        if caller and invokes(permission):
            yield from _of_permission(analysis, permission, caller)
    for admitted, found in stated(analysis):
        if caller := _caller(admitted.service):
            message = f"{admitted.stated.shown} lets {caller.service} invoke {found.message} on behalf of any account"
            question = f"for whom may {caller.service} invoke {found.message}?"
            unbound = _weighed(replace(found, message=message), caller)
            yield from answer(analysis.guards.on_behalf(admitted, INVOKE), unbound, question)


def _caller(principal: str) -> Service | None:
    """The service that a principal is; none where there is nothing that could be bound."""
    caller = service(principal) or Service(service=principal, arns=(), page="", reach="?")
    return caller if principal and (caller.source_arn or caller.by_token) else None


def _of_permission(analysis: Analysis, permission: Permission, caller: Service) -> Iterator[Found | Doubt]:
    if by_bucket(analysis.estate, permission) and isinstance(bound(permission), Yes):
        yield _by_name(analysis, permission)
    else:
        question = f"for whom does {permission.shown} let {caller.service} call?"
        yield from answer(negate(bound(permission)), _unbound(analysis, permission, caller), question)


def _unbound(analysis: Analysis, permission: Permission, caller: Service) -> Found:
    whom = "any skill" if caller.by_token else "any resource of the account" if caller.reach == "own" else "any account"
    found = about(
        analysis, permission, "Principal", f"{permission.shown} lets {caller.service} invoke {{}} on behalf of {whom}"
    )
    return _weighed(found, caller)


def _weighed(found: Found, caller: Service) -> Found:
    severity, why = REACH[caller.reach]
    return replace(found, severity=severity, because=(f"{caller.service} {why}",))


def _by_name(analysis: Analysis, permission: Permission) -> Found:
    bucket = show(permission.source_arn).rpartition(":")[2]
    found = about(
        analysis, permission, "Principal", f"{permission.shown} lets whoever owns the bucket {bucket} invoke {{}}"
    )
    return replace(found, severity=Severity.LOW, because=("the ARN of a bucket names no account",))
