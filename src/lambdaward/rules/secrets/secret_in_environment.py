"""An environment variable holds a secret.

## What it finds

Environment variables of functions whose value is a secret: passwords, also inside URLs, connection strings, JSON and Base64;
tokens of several hundred issuers, private keys, signed tokens. References (ARNs, names and paths of Secrets Manager and
Parameter Store, dynamic references, ciphertexts of KMS, placeholders of frameworks and vaults) are not secrets, nor are public
keys and hashes.

## Why it matters

Whoever may read a function's configuration reads its variables: `lambda:GetFunction`, `ListFunctions`, even
`UpdateFunctionCode` answer with them, published versions keep old ones, and the template and its history have them too. The
finding names who may; it is critical when everybody may, and medium when a customer key keeps everybody out.

## How to fix

Keep the secret in Secrets Manager or Parameter Store, put its name into the variable, and fetch it when the function runs.
Change the secret: it has been seen.

## Examples

### fires: a password, a URL with one, and a token under an innocent name

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          DB_PASS: made:password # <- LWS007
          DATABASE_URL: postgres://orders:made:password@db.internal/orders # <- LWS007
          NOTIFY: made:github-token # <- LWS007
```

### silent: references and what only looks like a secret

```yaml template.yaml
Parameters:
  Token:
    Type: AWS::SSM::Parameter::Value<String>
    Default: /orders/token
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          DB_PASSWORD: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf
          API_KEY: /orders/api-key
          CLIENT_SECRET: !Ref Secret
          DATABASE_URL: postgres://db.internal/orders
          TOKEN_TTL: "3600"
          COMMIT: made:hash
          TOKEN: !Ref Token
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties: {}
```

### unknown: given at deployment

```yaml template.yaml
Parameters:
  Password:
    Type: String
    NoEcho: true
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          DB_PASSWORD: !Ref Password # ?- LWS007
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
- https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.environment import reveal
from lambdaward.analysis.secrets import ENVIRONMENT
from lambdaward.model import Function, Unknown, Unsure
from lambdaward.rules import Doubt, Found, Severity, Standards, doubt, rule
from lambdaward.rules.secrets.leaks import asked, found, weighed

STANDARDS = Standards(
    prowler=("awslambda_function_no_secrets_in_variables",),
    checkov=("CKV_AWS_45",),
    cwe=("CWE-312", "CWE-526", "CWE-798"),
    owasp_serverless=("A3",),
    mitre_attack=("T1552.001", "T1552.007"),
)


@rule("LWS007", "secret-in-environment", Severity.HIGH, standards=STANDARDS, posture=("35",))
def secret_in_environment(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Variables that hold a secret in plain text."""
    for held in analysis.secrets.environments:
        where = f"{held.name} of {held.record.shown}"
        if held.leak and isinstance(held.record, Function):
            yield weighed(analysis, held.record, ENVIRONMENT, found(held, held.leak, where))
        else:
            yield from asked(held, f"does {where} hold a secret?")
    for function in analysis.estate.all(Function):
        environment = reveal(function.environment)
        if isinstance(environment, Unknown):
            question = f"does a variable of {function.shown} hold a secret?"
            yield doubt(function, function.place("Environment"), question, Unsure((environment,)))
