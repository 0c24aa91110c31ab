"""A function's role may invoke every function.

## What it finds

Execution roles that are allowed `lambda:InvokeFunction` on every function.

## Why it matters

Functions that are meant to be internal trust whoever invokes them. An intruder in this function can start all of them, with
events of his own making.

## How to fix

Name the functions: `!GetAtt Other.Arn`, or SAM's `LambdaInvokePolicy`.

## Examples

### fires: every function

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
                Action: lambda:InvokeFunction # <- LWI013
                Resource: "*"
```

### silent: one function

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
                Action: lambda:InvokeFunction
                Resource: arn:aws:lambda:eu-west-1:111122223333:function:invoices
```

### unknown: a parameter gives the function

```yaml template.yaml
Parameters:
  Next: {Type: String}
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
                Action: lambda:InvokeFunction # ?- LWI013
                Resource: !Ref Next
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.identity.everything import everything_of

STANDARDS = Standards(owasp_serverless=("A5",), cwe=("CWE-732",))


@rule("LWI013", "invokes-any-function", Severity.MEDIUM, standards=STANDARDS, posture=("13",))
def invokes_any_function(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Statements that invoke every function."""
    yield from everything_of(analysis, ("lambda:InvokeFunction",), Severity.MEDIUM, "invoke every function")
