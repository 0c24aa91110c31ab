"""A layer brings an extension: a program that runs beside the function.

## What it finds

Layers of this estate, whose content lies on this machine, with programs in `extensions/`.

## Why it matters

Lambda starts every program in `/opt/extensions` before the function, with the function's role, variables and network. It goes on
running between invocations, and sees what the function sees.

## How to fix

Nothing, when the extension is meant to be there. Pin it with `lambdaward lock`, and look at `lambdaward lock --diff` when it
changes.

## Examples

### fires: an extension

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, Layers: [!Ref Agent]}
  Agent: # <- LWP057
    Type: AWS::Lambda::LayerVersion
    Properties: {Content: agent}
```

```shell agent/extensions/agent
#!/bin/sh
exec /opt/agent/main
```

### silent: a library only

```yaml template.yaml
Resources:
  Shared:
    Type: AWS::Lambda::LayerVersion
    Properties: {Content: shared}
```

```python shared/python/extensions/tools.py
A = 1
```

### unknown: the content is not here

```yaml template.yaml
Resources:
  Shared: # ?- LWP057
    Type: AWS::Lambda::LayerVersion
    Properties: {Content: {S3Bucket: layers, S3Key: shared.zip}}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-extensions.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.layers import packed
from lambdaward.model import Function, InputError, Layer, Unknown
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule

STANDARDS = Standards(cwe=("CWE-829",), mitre_attack=("T1525",))
FOLDER = "extensions/"
MOST = 5


@rule("LWP057", "layer-extension", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("n8",))
def layer_extension(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Layers that start a program beside the function."""
    for layer in analysis.estate.all(Layer):
        try:
            found = sorted(entry.path.removeprefix(FOLDER) for entry in packed(layer.code) if _is_extension(entry.path))
        except InputError as error:
            question = f"does {layer.shown} bring an extension?"
            why = Unknown(error.problem, error.remedy)
            yield Doubt(record=layer, place=layer.place(), message=question, unknowns=(why,))
            continue
        if found:
            more = f" and {len(found) - MOST} more" if len(found) > MOST else ""
            users = [f for f in analysis.estate.all(Function) if any(link.target == layer.id for link in f.layers)]
            yield Found(
                record=layer,
                place=layer.place(),
                message=f"{layer.shown} starts {', '.join(found[:MOST])}{more} beside every function that uses it",
                functions=tuple(str(function.id) for function in users),
            )


def _is_extension(path: str) -> bool:
    """Whether a file of a layer is a program that Lambda starts: those in folders below are not."""
    return path.startswith(FOLDER) and "/" not in path.removeprefix(FOLDER)
