"""A function's role is allowed everything but a list.

## What it finds

Allow statements with `NotAction` or `NotResource` in the policies of execution roles.

## Why it matters

Such a statement allows whatever it does not name, in every service, those included that AWS launches next month. `NotAction:
iam:*` still lets a function read each secret and rewrite each other function.

## How to fix

Turn it round: allow the actions that are needed. Where the meaning is "never this", write a separate `Deny` statement.

## Examples

### fires: everything except IAM

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
                NotAction: iam:* # <- LWI004
                Resource: "*"
```

### fires: every object except some

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
                Action: s3:GetObject
                NotResource: arn:aws:s3:::private/* # <- LWI004
```

### silent: a deny of everything else

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
              - Effect: Deny
                NotAction: dynamodb:*
                Resource: "*"
```

### unknown: a condition decides whether it is an allow

```yaml template.yaml
Parameters:
  Mode: {Type: String}
Conditions:
  Open: !Equals [!Ref Mode, open]
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
              - Effect: !If [Open, Allow, Deny]
                NotAction: iam:* # ?- LWI004
                Resource: "*"
```

## References

- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.roles import ExecutionRole, Grant
from lambdaward.catalog import actions
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.identity.weight import about, grants, listed, open_question

STANDARDS = Standards(owasp_serverless=("A5",), cwe=("CWE-183",), cfn_nag=("W15", "W16", "W17", "W21", "W22", "W23"))
# What a list of exceptions rarely thinks of.
TELLING = ("secretsmanager:GetSecretValue", "lambda:UpdateFunctionCode", "iam:PassRole", "s3:GetObject")


@rule(
    "LWI004",
    "allow-not-action",
    Severity.MEDIUM,
    standards=STANDARDS,
    folds=("LWI003", "LWI005", "LWI006", "LWI008", "LWI013", "LWI018", "LWI019"),
    posture=("4",),
)
def allow_not_action(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Allow statements that name exceptions."""
    for role, grant in grants(analysis):
        statement = grant.stated.statement
        listing = statement.actions if statement.not_action else statement.resources if statement.not_resource else None
        if listing and not grant.elsewhere:
            yield from _judged(analysis, role, grant)


def _judged(analysis: Analysis, role: ExecutionRole, grant: Grant) -> Iterator[Found | Doubt]:
    statement = grant.stated.statement
    parts = (statement.actions if statement.not_action else statement.resources) or ()
    place = grant.stated.at(parts[0])
    if statement.doubts:
        yield from open_question(role, place, f"is {role.names} allowed all but a list?", statement.doubts)
        return
    reach = analysis.roles.everywhere(grant, actions().expand_many(TELLING).mask)
    what = "action" if statement.not_action else "resource"
    serious = bool(reach.actions) and statement.not_action
    yield about(
        analysis,
        role,
        place,
        f"the role of {role.names} is allowed every {what} but those listed",
        Severity.HIGH if serious else Severity.MEDIUM,
        because=(f"it may use {listed(reach.actions)} on every resource",) if serious else (),
    )
