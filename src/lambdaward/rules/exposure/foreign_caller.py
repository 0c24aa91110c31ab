"""Somebody else's account may invoke a function.

## What it finds

Permissions whose principal is an account that is neither the stack's own nor a trusted one (the setting `trusted-accounts`),
and permissions for a service that may call on behalf of such an account.

## Why it matters

Who gets into that account, or works for it, can run the function with any event. An account number left over from a partner,
a contractor or an example keeps working when nobody remembers whose it is.

## How to fix

Remove the permission, or name the account as trusted in the configuration. Prefer one role to a whole account, and
`PrincipalOrgID` to a list of accounts of your own organization.

## Examples

### fires: an account, a role of one, and a topic of one

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Partner:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: "210987654321" # <- LWX006
  Contractor:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: arn:aws:iam::210987654321:role/deploy # <- LWX006
  TheirTopic:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: sns.amazonaws.com
      SourceArn: arn:aws:sns:eu-west-1:210987654321:orders # <- LWX006
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
            Principal:
              AWS:
                - !Sub arn:aws:iam::${AWS::AccountId}:root
                - arn:aws:iam::210987654321:root # <- LWX006
            Action: lambda:InvokeFunction
            Resource: !GetAtt Orders.Arn
```

### silent: the own account, a role of the stack, a service

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Caller:
    Type: AWS::IAM::Role
    Properties: {}
  Own:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: !Ref AWS::AccountId
  Role:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: !GetAtt Caller.Arn
  Service:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: events.amazonaws.com
      SourceArn: !Sub arn:aws:events:${AWS::Region}:${AWS::AccountId}:rule/nightly
```

### unknown: a parameter names the account, and a placeholder

```yaml template.yaml
Parameters:
  Partner:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Callers:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: !Ref Partner # ?- LWX006
  Placeholder:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: "123456789012" # ?- LWX006
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-cross-account.html
"""

from collections.abc import Iterator

from msgspec.structs import replace

from lambdaward.analysis import Analysis
from lambdaward.analysis.arns import account, fields
from lambdaward.analysis.exposure import INVOKE, invokes
from lambdaward.model import Permission, TextValue, show
from lambdaward.rules import Confidence, Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer, judge
from lambdaward.rules.arns import foreign, lets_stranger
from lambdaward.rules.exposure.documents import stated
from lambdaward.rules.exposure.proof import about, service_of

STANDARDS = Standards(
    cis_compute=("4.10",), owasp_serverless=("A5",), cwe=("CWE-284",), mitre_attack=("T1199",), checkov=("CKV_AWS_364",)
)


@rule("LWX006", "foreign-caller", Severity.MEDIUM, Confidence.MEDIUM, standards=STANDARDS, posture=("17",))
def foreign_caller(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Permissions for accounts that are neither own nor trusted, or for a service on behalf of one."""
    for permission in analysis.estate.all(Permission):
        path, value = _owner(permission)
        if value is None or value == "*" or not invokes(permission):
            continue
        whom = account(value) or show(value)
        found = about(analysis, permission, path, f"{permission.shown} lets account {whom} invoke {{}}")
        question = f"whose is {show(value)}, which {permission.shown} lets in?"
        yield from answer(judge(value, lambda option: foreign(analysis, option)), found, question)
    for admitted, whole in stated(analysis):
        value = admitted.principal.value
        message = f"{admitted.stated.shown} lets account {account(value) or show(value)} invoke {whole.message}"
        lets = lets_stranger(analysis, admitted, (INVOKE,))
        yield from answer(lets, replace(whole, message=message), f"whose is {show(value)}?")


def _owner(permission: Permission) -> tuple[str, TextValue]:
    """What names the account that a permission lets in: its principal, or the source when the principal is a service."""
    if not service_of(permission) and permission.principal != "*":
        return "Principal", permission.principal
    if permission.source_account is not None:
        return "SourceAccount", permission.source_account
    arn = fields(permission.source_arn)
    return "SourceArn", permission.source_arn if arn and account(permission.source_arn) else None
