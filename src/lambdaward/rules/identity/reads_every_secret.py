"""A function's role may read every secret.

## What it finds

Execution roles that are allowed to read all secrets of Secrets Manager, all parameters of Parameter Store or to decrypt with
all keys: `secretsmanager:GetSecretValue`, `ssm:GetParameter*` or `kms:Decrypt` on `*`.

## Why it matters

The account's database passwords, tokens and keys are then worth as much as this function's weakest line. Secrets are kept apart
so that one intruder does not get all of them.

## How to fix

Name the secrets: `!Ref Secret`, or a prefix that belongs to this application
(`arn:aws:secretsmanager:*:*:secret:orders/*`). SAM's `AWSSecretsManagerGetSecretValuePolicy` takes the secret's ARN.

## Examples

### fires: every secret, and every key

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
                Action: [secretsmanager:GetSecretValue, kms:Decrypt] # <- LWI008
                Resource: "*"
```

### silent: one secret, and a path of parameters

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
                Action: secretsmanager:GetSecretValue
                Resource: !Ref Secret
              - Effect: Allow
                Action: ssm:GetParameter
                Resource: arn:aws:ssm:eu-west-1:111122223333:parameter/orders/*
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties: {}
```

### unknown: a parameter gives the secret

```yaml template.yaml
Parameters:
  Secret: {Type: String}
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
                Action: secretsmanager:GetSecretValue # ?- LWI008
                Resource: !Ref Secret
```

## References

- https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html
- https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.identity.everything import everything_of

STANDARDS = Standards(
    owasp_serverless=("A3", "A5"), cwe=("CWE-522",), mitre_attack=("T1555.006",), checkov=("CKV_AWS_107", "CKV_AWS_108")
)
SECRETS = ("secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue")
PARAMETERS = ("ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath", "ssm:GetParameterHistory")


@rule("LWI008", "reads-every-secret", Severity.MEDIUM, standards=STANDARDS, posture=("8",))
def reads_every_secret(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Statements that open every secret, parameter or key."""
    yield from everything_of(analysis, SECRETS, Severity.MEDIUM, "read every secret")
    yield from everything_of(analysis, PARAMETERS, Severity.MEDIUM, "read every parameter of Parameter Store")
    yield from everything_of(
        analysis, ("kms:Decrypt",), Severity.LOW, "decrypt with every key that its account opens to it"
    )
