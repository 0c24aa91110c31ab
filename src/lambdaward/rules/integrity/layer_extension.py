"""A layer or image brings an extension: a program that runs beside the function.

## What it finds

Layers of this estate, whose content lies on this machine, with programs in `extensions/`, or with the `bootstrap` that functions
without a runtime of AWS's start; and images on this machine with programs in `/opt/extensions`.

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

### fires: the program that a custom runtime is, and an extension in an image

```yaml template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: provided.al2023, Layers: [!Ref Runtime]}
  Runtime: # <- LWP057
    Type: AWS::Lambda::LayerVersion
    Properties: {Content: custom}
  Pictures: # <- LWP057
    Type: AWS::Serverless::Function
    Properties: {PackageType: Image, ImageUri: pictures.tar}
```

```shell custom/bootstrap
#!/bin/sh
```

```json pictures.tar
{"layers": [{"opt/extensions/agent": "755"}]}
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

from collections.abc import Iterator, Sequence

from lambdaward.analysis import Analysis
from lambdaward.analysis.layers import packed
from lambdaward.model import Function, InputError, Layer, Unknown, literal
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule

STANDARDS = Standards(cwe=("CWE-829",), mitre_attack=("T1525",))
FOLDER = "extensions/"
MOST = 5


@rule("LWP057", "layer-extension", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("n8",))
def layer_extension(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Layers and images that start a program beside the function."""
    for layer in analysis.estate.all(Layer):
        try:
            paths = [entry.path for entry in packed(layer.code)]
        except InputError as error:
            question = f"does {layer.shown} bring an extension?"
            why = Unknown(error.problem, error.remedy)
            yield Doubt(record=layer, place=layer.place(), message=question, unknowns=(why,))
            continue
        users = [f for f in analysis.estate.all(Function) if any(link.target == layer.id for link in f.layers)]
        found = sorted(path.removeprefix(FOLDER) for path in paths if _is_extension(path))
        if found:
            message = f"{layer.shown} starts {_listed(found)} beside every function that uses it"
            yield Found(record=layer, place=layer.place(), message=message, functions=_names(users))
        elif "bootstrap" in paths and (custom := [f for f in users if _is_custom(f)]):
            message = f"{layer.shown} brings the bootstrap that starts {_listed([f.shown for f in custom])}"
            yield Found(record=layer, place=layer.place(), message=message, functions=_names(custom))
    for function in analysis.estate.all(Function):
        read = analysis.contents.images(function)
        programs = [] if read is None or isinstance(read, Unknown) else [p for i in read.images for p in i.extensions]
        if programs:
            message = f"the image of {function.shown} starts {_listed(programs)} beside it"
            yield Found(record=function, place=function.place(), message=message)


def _listed(names: Sequence[str]) -> str:
    """The first of some names, and how many more there are."""
    return ", ".join(names[:MOST]) + (f" and {len(names) - MOST} more" if len(names) > MOST else "")


def _names(functions: Sequence[Function]) -> tuple[str, ...]:
    return tuple(str(function.id) for function in functions)


def _is_custom(function: Function) -> bool:
    """Whether a function has no runtime of AWS's: what it starts is a file `bootstrap`."""
    return (literal(function.runtime) or "").startswith("provided")


def _is_extension(path: str) -> bool:
    """Whether a file of a layer is a program that Lambda starts: those in folders below are not."""
    return path.startswith(FOLDER) and "/" not in path.removeprefix(FOLDER)
