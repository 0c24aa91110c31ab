"""A property of a resource holds a secret.

## What it finds

Secrets in the properties and metadata of all resources: tags, descriptions, stage variables, build projects' variables,
settings of containers, values of parameters and stored secrets, credentials of integrations. Defaults of parameters count
where they are used. Environment variables, code and master passwords have rules of their own (LWS007, LWS008, LWS003).

## Why it matters

The template, its history and the stack have the secret, and most services answer with such properties to whoever may
describe the resource: tags and descriptions are read by many. The finding names who may.

## How to fix

Put a reference in its place: a dynamic reference to Secrets Manager where the property takes one, else the name of the secret for
the program that needs it. Change the secret.

## Examples

### fires: a stage variable, a tag, and a stored secret that is written out

```yaml template.yaml
Resources:
  Stage:
    Type: AWS::ApiGateway::Stage
    Properties:
      Variables:
        apiToken: made:github-token # <- LWS010
      Tags:
        - Key: db-password
          Value: made:password # <- LWS010
  Stored:
    Type: AWS::SecretsManager::Secret
    Properties:
      SecretString: made:password # <- LWS010
```

### silent: references, and what AWS makes up

```yaml template.yaml
Resources:
  Stage:
    Type: AWS::ApiGateway::Stage
    Properties:
      Variables:
        apiToken: "{{resolve:secretsmanager:orders:SecretString:token}}"
        passwordSecret: !Ref Stored
  Stored:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString: {PasswordLength: 32}
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      KeySchema: [{AttributeName: token, KeyType: HASH}]
```

### unknown: given at deployment

```yaml template.yaml
Parameters:
  Password:
    Type: String
    NoEcho: true
Resources:
  Stored:
    Type: AWS::SecretsManager::Secret
    Properties:
      SecretString: !Ref Password # ?- LWS010
```

## References

- https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security-best-practices.html
- https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.environment import reveal
from lambdaward.model import StoredSecret, Unknown, Unsure, alternatives
from lambdaward.rules import Doubt, Found, Severity, Standards, doubt, rule
from lambdaward.rules.secrets.leaks import few, found, told
from lambdaward.secrets import Sureness

STANDARDS = Standards(cwe=("CWE-312", "CWE-798"), owasp_serverless=("A3",), mitre_attack=("T1552.001",))


@rule("LWS010", "secret-in-template", Severity.HIGH, standards=STANDARDS, posture=("35",))
def secret_in_template(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Secrets in the properties of any resource."""
    for held in analysis.secrets.properties:
        if held.leak and held.leak.sureness is not Sureness.LOW:
            path = ".".join(map(str, held.place.path))
            able = tuple(told(few(analysis.secrets.tellers(held.place))))
            yield found(held, held.leak, f"{held.name} of {held.record.shown}", able, key=path)
    for secret in analysis.estate.all(StoredSecret):
        open_ones = tuple(value for value in alternatives(reveal(secret.value)) if isinstance(value, Unknown))
        if open_ones:
            question = f"is the value of {secret.shown} written down somewhere?"
            yield doubt(secret, secret.place("SecretString"), question, Unsure(open_ones))
