"""Code gets between the runtime and Lambda.

## What it finds

Python and JavaScript in code and layers that overwrites `AWS_LAMBDA_RUNTIME_API`. Some products for monitoring and firewalls
do so on purpose: accept the finding for those that you chose.

## Why it matters

The runtime takes every event from that address and hands every answer to it. Who listens there sees both, and may change
them, and no line of the handler shows it.

## How to fix

Find out what the code is for. If you did not choose such a product, take it out and look into what it saw.

## Examples

### fires: a module that puts its own address in place

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Code: src # <- LWP062
```

```python src/helper.py
import os

os.environ["AWS_LAMBDA_RUNTIME_API"] = "127.0.0.1:9009"
```

### silent: code that reads it

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Code: src
```

```python src/helper.py
import os

api = os.environ["AWS_LAMBDA_RUNTIME_API"]
```

### unknown: the package cannot be read

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Code: orders.zip # ?- LWP062
```

```text orders.zip
this is no archive
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
- https://attack.mitre.org/techniques/T1557/
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.packages.suspects import told

STANDARDS = Standards(
    owasp_serverless=("A9",),
    cwe=(
        "CWE-506",
        "CWE-300",
    ),
    mitre_attack=(
        "T1557",
        "T1574",
    ),
)
DOES = {
    "runtime-api": "puts another address in place of the runtime API",
}


@rule("LWP062", "runtime-api-taken", Severity.HIGH, standards=STANDARDS)
def runtime_api_taken(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Code that overwrites the address of the runtime API."""
    yield from told(analysis, DOES, "does {} hold code that gets between the runtime and Lambda?")
