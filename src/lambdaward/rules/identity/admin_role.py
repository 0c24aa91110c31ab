"""A function's role may do everything.

## What it finds

Execution roles that are allowed every action on every resource, by their own statements or by a managed policy such as
`AdministratorAccess`. What a deny or the permissions boundary takes away again does not count.

## Why it matters

A role's credentials lie in the function's environment. One injection, one poisoned dependency, and whoever is inside owns the
account: data, other functions, users and logs.

## How to fix

Give the function a role of its own that allows the actions that its code calls, on the resources that it uses. A permissions
boundary limits the damage until that is done.

## Examples

### fires: a statement that allows everything

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
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: orders
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: "*" # <- LWI001
                Resource: "*"
```

### fires: the managed policy for administrators

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
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      ManagedPolicyArns:
        - arn:aws:iam::aws:policy/AdministratorAccess # <- LWI001
```

### silent: one action on one table, and everything below a boundary that does not allow it

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
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: orders
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: "*"
                Resource: "*"
      PermissionsBoundary: !Ref Boundary
  Boundary:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Action: "dynamodb:GetItem", Resource: "*"}]
```

### unknown: a parameter gives the action

```yaml template.yaml
Parameters:
  Actions: {Type: String}
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt OrdersRole.Arn}
  OrdersRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: orders
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: !Ref Actions # ?- LWI001
                Resource: "*"
```

### unknown: the role is declared elsewhere

```yaml template.yaml
Parameters:
  RoleArn: {Type: String}
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: !Ref RoleArn # ?- LWI001
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.roles import ExecutionRole, Grant
from lambdaward.catalog import actions
from lambdaward.model import Function, Unknown, Unsure, literal
from lambdaward.rules import Doubt, Found, Severity, Standards, doubt, rule
from lambdaward.rules.answering import undecided
from lambdaward.rules.identity.weight import about, grants, open_question

STANDARDS = Standards(
    cis_compute=("4.9",),
    owasp_serverless=("A5",),
    cwe=("CWE-250",),
    mitre_attack=("T1078.004",),
    checkov=("CKV_AWS_62", "CKV_AWS_63", "CKV_AWS_274"),
    cdk_nag=("AwsSolutions-IAM5",),
)
# Whoever may do all of this on any resource owns the account; who lost one of them to a deny or boundary is no administrator.
POWERS = (
    "iam:PutRolePolicy",
    "iam:CreateAccessKey",
    "s3:GetObject",
    "lambda:UpdateFunctionCode",
    "kms:ScheduleKeyDeletion",
)
# The one rule on roles that asks about a role that is not here, for all of them.
_UNSEEN = "what may the role of {} do?"
_ELSEWHERE = Unknown(
    "its role is not in what is scanned: scan its template too, or the account's authorization details"
)


@rule(
    "LWI001",
    "admin-role",
    Severity.HIGH,
    standards=STANDARDS,
    folds=("LWI002", "LWI003", "LWI005", "LWI006", "LWI008", "LWI009", "LWI013", "LWI018", "LWI019"),
    posture=("1",),
)
def admin_role(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Execution roles that may do everything."""
    for role, grant in grants(analysis):
        if grant.mask == actions().everything:
            yield from _all(analysis, role, grant)
        for part in grant.stated.statement.actions or ():
            if literal(part.value) is None:
                question = f"may {role.names} do everything?"
                yield from open_question(role, grant.stated.at(part), question, undecided(part.value).unknowns)
    for function in analysis.estate.all(Function):
        if function.role and not function.role.target:
            yield doubt(function, function.place("Role"), _UNSEEN.format(function.shown), Unsure((_ELSEWHERE,)))


def _all(analysis: Analysis, role: ExecutionRole, grant: Grant) -> Iterator[Found | Doubt]:
    wanted = actions().expand_many(POWERS).mask
    reach = analysis.roles.everywhere(grant, wanted)
    place = grant.place(POWERS[0])
    if len(reach.actions) == len(POWERS):
        yield about(analysis, role, place, f"the role of {role.names} may do everything", Severity.HIGH)
    elif reach.doubts:
        yield from open_question(role, place, f"may {role.names} do everything?", reach.doubts)
