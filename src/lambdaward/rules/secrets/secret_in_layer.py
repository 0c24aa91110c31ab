"""A layer holds a secret.

## What it finds

Secrets in the content of layers that this project publishes, found as in functions' code.

## Why it matters

Every function with the layer has the secret, and so has whoever may call `lambda:GetLayerVersion`: the layer's version stays as
it is for ever, and may be shared with other accounts.

## How to fix

Take the secret out of the layer, change it, publish a new version and delete the old ones.

## Examples

### fires: a token in a settings file

```yaml template.yaml
Resources:
  Common:
    Type: AWS::Lambda::LayerVersion
    Properties:
      Content: layer # <- LWS009
```

```ini layer/python/settings.ini
token = made:github-token
```

### silent: nothing in it

```yaml template.yaml
Resources:
  Common:
    Type: AWS::Lambda::LayerVersion
    Properties:
      Content: layer
```

```python layer/python/common.py
greeting = "hello"
```

### unknown: content that is damaged

```yaml template.yaml
Resources:
  Common:
    Type: AWS::Lambda::LayerVersion
    Properties:
      Content: layer.zip # ?- LWS009
```

```text layer.zip
This is no archive.
```

## References

- https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersion.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.secrets import CONTENT
from lambdaward.model import Layer
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.secrets.leaks import in_package

STANDARDS = Standards(
    prowler=("awslambda_layer_no_secrets_in_content",),
    cwe=("CWE-312", "CWE-798"),
    owasp_serverless=("A3",),
    mitre_attack=("T1552.001",),
)


@rule("LWS009", "secret-in-layer", Severity.HIGH, standards=STANDARDS, posture=("37",))
def secret_in_layer(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Secrets in the content of layers."""
    for layer in analysis.estate.all(Layer):
        yield from in_package(analysis, layer, "Content", f"the layer {layer.shown}", CONTENT)
