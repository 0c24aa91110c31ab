"""A secret is resolved into an environment variable.

## What it finds

Variables whose value is, or contains, `{{resolve:secretsmanager:...}}`.

## Why it matters

CloudFormation puts the secret's value into the function's configuration, in plain text, on the day of the deployment.
Everybody with `lambda:GetFunctionConfiguration` or `ListFunctions` reads it without any permission on the secret;
published versions keep it; and a rotated secret does not reach the function before the next deployment.

The finding is low where only the user, host or port of a database's secret is resolved.

## How to fix

Put the secret's ARN into the variable, and fetch the value when the function runs, with the Parameters and Secrets
extension or the SDK.

## Examples

### fires: a resolved password

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          DB_PASSWORD: "{{resolve:secretsmanager:orders:SecretString:password}}" # <- LWS004
```

### silent: a name, an ARN and a plain parameter

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          SECRET_ARN: !Ref Secret
          TABLE: "{{resolve:ssm:/orders/table}}"
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties: {Name: orders}
```

### unknown: a condition decides

```yaml template.yaml
Parameters:
  Stage:
    Type: String
Conditions:
  Test: !Equals [!Ref Stage, test]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          TOKEN: !If [Test, none, "{{resolve:secretsmanager:orders}}"] # ?- LWS004
```

## References

- https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.environment import variables
from lambdaward.model import Dynamic, Function, No, Value, Verdict, Yes, environment_place, holes, show
from lambdaward.rules import Doubt, Evidence, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer, judge

STANDARDS = Standards(cwe=("CWE-312", "CWE-526"), owasp_serverless=("A3",), mitre_attack=("T1552.007",))


# Keys of a database's secret beside its password (AWS Secrets Manager, JSON structure of secrets).
NAMES = frozenset({"dbclusteridentifier", "dbinstanceidentifier", "dbname", "engine", "host", "port", "username"})


@rule("LWS004", "resolved-secret", Severity.MEDIUM, standards=STANDARDS, posture=("35",))
def resolved_secret(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Variables that hold a secret's value after deployment."""
    for function in analysis.estate.all(Function):
        for name, value in variables(function):
            found = Found(
                record=function,
                place=environment_place(function, name),
                message=f"{name} of {function.shown} holds a secret of Secrets Manager in plain text once deployed",
                severity=Severity.LOW if _names_only(value) else Severity.MEDIUM,
                because=("it is the part of the secret that says who or where",) if _names_only(value) else (),
                evidence=tuple(Evidence(f"the secret {show(secret.reference)}") for secret in _secrets(value)),
                key=name,
            )
            yield from answer(judge(value, _resolves), found, f"does {name} of {function.shown} hold a secret?")


def _secrets(value: Value) -> Iterator[Dynamic]:
    return (hole for hole in holes(value) if isinstance(hole, Dynamic) and hole.service == "secretsmanager")


def _names_only(value: Value) -> bool:
    """Whether every part that is resolved says who or where, and opens nothing by itself."""
    keys = [show(secret.reference).partition(":SecretString:")[2].split(":")[0].lower() for secret in _secrets(value)]
    return bool(keys) and all(key in NAMES for key in keys)


def _resolves(option: Value) -> Verdict:
    return Yes() if any(True for _ in _secrets(option)) else No()
