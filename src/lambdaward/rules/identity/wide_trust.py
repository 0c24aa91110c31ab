"""Not only Lambda may take a function's role.

## What it finds

Execution roles whose trust policy also admits other services, the own account or principals of it, or identity providers.

## Why it matters

The role's permissions were granted for one function's code. An instance, a build project or any principal that is allowed
`sts:AssumeRole` now has them as well, past everything that guards the function.

## How to fix

Split the role: one for Lambda, one for the other service, each with what it needs.

## Examples

### fires: instances as well

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
            Principal: {Service: ec2.amazonaws.com} # <- LWI015
            Action: sts:AssumeRole
```

### silent: only Lambda, at the edge too

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
            Principal: {Service: edgelambda.amazonaws.com}
            Action: sts:AssumeRole
```

### unknown: a parameter gives the service

```yaml template.yaml
Parameters:
  Service: {Type: String}
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
            Principal: {Service: !Ref Service} # ?- LWI015
            Action: sts:AssumeRole
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.roles import Caller
from lambdaward.model import No, Value, Verdict, Yes, literal
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer, judge, undecided
from lambdaward.rules.arns import foreign
from lambdaward.rules.identity.weight import trusting

STANDARDS = Standards(owasp_serverless=("A5",), cwe=("CWE-266",))
LAMBDA = frozenset({"lambda.amazonaws.com", "edgelambda.amazonaws.com", "lambda.amazonaws.com.cn"})


@rule("LWI015", "wide-trust", Severity.LOW, standards=STANDARDS, posture=("10",))
def wide_trust(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Trust policies that admit more than Lambda."""
    for role, caller, found in trusting(analysis, "not only Lambda may take the role of {}"):
        yield from answer(_wider(analysis, caller), found, f"who else may take the role of {role.names}?")


def _wider(analysis: Analysis, caller: Caller) -> Verdict:
    """Another service, or a principal of the own account. Rules of their own ask for everybody, strangers and providers."""
    if caller.principal.kind == "Service":
        return judge(caller.principal.value, _other_service)
    if caller.principal.kind != "AWS" or caller.everybody:
        return No()
    own = judge(caller.principal.value, lambda value: foreign(analysis, value))
    return Yes() if isinstance(own, No) else No()


def _other_service(value: Value) -> Verdict:
    known = literal(value)
    return undecided(value) if known is None else No() if known.lower() in LAMBDA else Yes()
