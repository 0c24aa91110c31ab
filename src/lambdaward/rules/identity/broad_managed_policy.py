"""A function's role has a managed policy that allows a whole service.

## What it finds

AWS managed policies on execution roles that allow every action of a service on every resource, such as
`AmazonDynamoDBFullAccess` or `PowerUserAccess`. What a policy allows is read from its document, not from its name.

## Why it matters

Managed policies are written for people and for every application at once. `AmazonS3FullAccess` reads, empties and opens every
bucket of the account, and AWS adds actions to it without asking.

## How to fix

Replace it by statements that name the actions that the code calls and the resources that it uses; SAM's policy templates
(`S3ReadPolicy`, `DynamoDBCrudPolicy`) are a good start.

## Examples

### fires: all of DynamoDB

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
        - arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess # <- LWI009
```

### silent: the policy for logs

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
        - arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
```

### unknown: a parameter gives the policy

```yaml template.yaml
Parameters:
  Extra: {Type: String}
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
        - !Ref Extra # ?- LWI009
```

## References

- https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
- https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.roles import ExecutionRole, Grant
from lambdaward.catalog import actions
from lambdaward.model import Place, Yes
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.identity.services import severity_of, whole_services
from lambdaward.rules.identity.weight import about, open_question

STANDARDS = Standards(owasp_serverless=("A5",), cwe=("CWE-250",), cdk_nag=("AwsSolutions-IAM4",))


@rule(
    "LWI009",
    "broad-managed-policy",
    Severity.MEDIUM,
    standards=STANDARDS,
    folds=("LWI006", "LWI008", "LWI013", "LWI018", "LWI019"),
    posture=("9",),
)
def broad_managed_policy(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Managed policies of AWS that give a function all of a service."""
    for role in analysis.roles.execution:
        yield from _attached(analysis, role)
        for written in analysis.access.policies(role.role):
            question = f"what does {written.name} of {role.names} allow?"
            if not written.here:
                yield from open_question(role, written.place, question, written.policy.unknown)


def _attached(analysis: Analysis, role: ExecutionRole) -> Iterator[Found]:
    """The worst grant of each managed policy."""
    found: dict[tuple[Place, str], list[tuple[Severity, str, tuple[str, ...]]]] = {}
    for grant in analysis.roles.grants(role.role):
        if grant.elsewhere and grant.mask != actions().everything:
            for severity, what, because in _wide(analysis, grant):
                found.setdefault((grant.stated.place, grant.stated.written.name), []).append((severity, what, because))
    for (place, name), wide in found.items():
        severity, _, because = max(wide, key=lambda entry: entry[0])
        services = ", ".join(dict.fromkeys(what for _, what, _ in wide))
        message = f"{name} lets {role.names} do everything in {services}"
        yield about(analysis, role, place, message, severity, because=because)


def _wide(analysis: Analysis, grant: Grant) -> Iterator[tuple[Severity, str, tuple[str, ...]]]:
    if grant.stated.statement.not_action:
        yield Severity.HIGH, "almost every service", ("it names what is not allowed, and allows the rest",)
        return
    for service in whole_services(grant):
        mask = actions().service_mask(service)
        if isinstance(mask, int) and isinstance(analysis.roles.somewhere_wide(grant, mask), Yes):
            severity, because = severity_of(service)
            yield severity, service, because
