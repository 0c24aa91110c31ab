"""A function's code holds a secret.

## What it finds

Secrets in what a function runs: inline code, local folders, zips and what is inside them at any depth, also in compiled Python,
source maps, databases, programs and Base64. No path is left out: dependencies ship as well. In other people's packages only
tokens, private keys and URLs with passwords count, and private keys of tests and examples do not.

## Why it matters

`lambda:GetFunction` answers with a link to the package. Whoever may call it, and everybody with access to the repository or the
bucket with the build, has the secret; a new version does not take it back.

## How to fix

Take the secret out of the code and change it. Keep the new one in Secrets Manager or Parameter Store, and fetch it when the
function runs.

## Examples

### fires: in a file beside the handler, and in inline code

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Code: src # <- LWS008
  Inline:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Code: # <- LWS008
        ZipFile: |
          TOKEN = "made:github-token"
```

```ini src/config/settings.ini
token = made:github-token
```

### silent: a reference, and the key of a test

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Code: src
```

```python src/app.py
password = os.environ["DB_PASSWORD"]
secret_name = "orders/database"
```

```python src/tests/test_app.py
password = "made:password"
```

### unknown: code that is damaged

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Code: build/orders.zip # ?- LWS008
```

```text build/orders.zip
This is no archive.
```

## References

- https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html
- https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.secrets import CODE
from lambdaward.model import Function
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.secrets.leaks import in_package

STANDARDS = Standards(
    prowler=("awslambda_function_no_secrets_in_code",),
    cwe=("CWE-312", "CWE-798"),
    owasp_serverless=("A3",),
    mitre_attack=("T1552.001",),
)


@rule("LWS008", "secret-in-code", Severity.HIGH, standards=STANDARDS, posture=("36",))
def secret_in_code(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Secrets in the code of functions."""
    for function in analysis.estate.all(Function):
        yield from in_package(analysis, function, "Code", f"the code of {function.shown}", CODE)
