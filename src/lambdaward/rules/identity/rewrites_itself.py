"""A function may rewrite itself.

## What it finds

Functions whose execution role may replace the code of the function that runs with it, change its configuration (layers,
environment, role), or take its code signing off. That a role may do this to other functions is LWI005.

## Why it matters

Whoever gets into one invocation stays for all that follow: the next one runs his code, with signing off whoever built it. What
would have been gone with the sandbox is then in the deployed function.

## How to fix

Let the pipeline deploy, and nothing else. Take `lambda:UpdateFunctionCode`, `lambda:UpdateFunctionConfiguration` and the actions
on code signing out of the function's own role, or limit them to other functions by name.

## Examples

### fires: its own code

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: orders, Role: !GetAtt OrdersRole.Arn}
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
                Action: lambda:UpdateFunctionCode # <- LWI018
                Resource: arn:aws:lambda:*:*:function:orders
```

### fires: the code signing of its own

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: orders, Role: !GetAtt OrdersRole.Arn, CodeSigningConfigArn: !Ref Signing}
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      AllowedPublishers:
        SigningProfileVersionArns: [arn:aws:signer:eu-west-1:111122223333:/signing-profiles/orders/AbCdEfGhIj]
      CodeSigningPolicies: {UntrustedArtifactOnDeployment: Enforce}
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
                Action: lambda:DeleteFunctionCodeSigningConfig # <- LWI018
                Resource: arn:aws:lambda:*:*:function:orders
```

### silent: a version of its own, and code that a boundary keeps

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: orders, Role: !GetAtt OrdersRole.Arn}
  OrdersRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      PermissionsBoundary: !Ref Boundary
      Policies:
        - PolicyName: orders
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: [lambda:PublishVersion, lambda:GetFunction, lambda:UpdateFunctionCode]
                Resource: arn:aws:lambda:*:*:function:orders
  Boundary:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Action: ["lambda:Get*", "lambda:Publish*"], Resource: "*"}]
```

### unknown: a parameter gives the function

```yaml template.yaml
Parameters:
  Target: {Type: String}
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: orders, Role: !GetAtt OrdersRole.Arn}
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
                Action: lambda:UpdateFunctionCode # ?- LWI018
                Resource: !Ref Target
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
- https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.roles import ExecutionRole
from lambdaward.model import Function, No, Place, Text, Unknown, Unsure, Verdict, Yes
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.identity.weight import about, open_question

STANDARDS = Standards(owasp_serverless=("A5",), cwe=("CWE-732",), mitre_attack=("T1525", "T1546"))
CODE = {"lambda:UpdateFunctionCode": "code", "lambda:UpdateFunctionConfiguration": "configuration"}
SIGNING = dict.fromkeys(
    ("lambda:DeleteFunctionCodeSigningConfig", "lambda:PutFunctionCodeSigningConfig"), "code signing"
)


@rule("LWI018", "rewrites-itself", Severity.MEDIUM, standards=STANDARDS)
def rewrites_itself(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions that may change themselves."""
    for role in analysis.roles.execution:
        answers = [answer for function in role.functions for answer in _asked(analysis, role, function)]
        sure = [(what, place) for what, place, verdict in answers if isinstance(verdict, Yes)]
        if sure:
            what = " and ".join(dict.fromkeys(what for what, _ in sure))
            message = f"the role of {role.names} may change the {what} of the function that runs with it"
            yield about(analysis, role, sure[0][1], message, Severity.MEDIUM)
        elif answers:
            what, place, verdict = answers[0]
            doubts = verdict.unknowns if isinstance(verdict, Unsure) else ()
            yield from open_question(role, place, f"may {role.names} change its own {what}?", doubts)


def _asked(analysis: Analysis, role: ExecutionRole, function: Function) -> Iterator[tuple[str, Place, Verdict]]:
    """What a function may change of itself, perhaps, with where that is granted."""
    powers = analysis.paths.powers(role.role)
    written = analysis.access.names.arn(function.id)
    arn: str | Text | Unknown = (
        written if isinstance(written, str | Text | Unknown) else Unknown("which ARN it has is not known")
    )
    for action, what in (CODE | SIGNING if function.code_signing else CODE).items():
        for grant in powers.granting(action)[:1]:
            verdict = powers.allowed(action, arn, {})
            if not isinstance(verdict, No):
                yield what, _place(analysis, verdict, grant.place(action), action, role), verdict


def _place(analysis: Analysis, verdict: Verdict, otherwise: Place, action: str, role: ExecutionRole) -> Place:
    """Where the action stands in the statement that allows it."""
    places = {fact.place for fact in verdict.proof} if isinstance(verdict, Yes) else set()
    granting = analysis.paths.powers(role.role).granting(action)
    return next((grant.place(action) for grant in granting if grant.stated.place in places), otherwise)
