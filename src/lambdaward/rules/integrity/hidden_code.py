"""A layer hides what another layer brings.

## What it finds

Functions whose code and layers lie on this machine, where a file of a later layer stands in the place of one of an earlier layer,
or a module, gem, library or program of one layer is found before another one of the same name.

## Why it matters

What runs depends on the order of the layers, which can be changed without new code and without a signature. A fixed library in
one layer does not help when an old one in another layer is found first.

## How to fix

Keep each library in one layer. Where it has to be twice, make sure that the one that is found first is the right one.

## Examples

### fires: two layers with the same module

```yaml template.yaml
Resources:
  Orders: # <- LWP055
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, Code: src, Layers: [!Ref First, !Ref Second]}
  First:
    Type: AWS::Lambda::LayerVersion
    Properties: {Content: first}
  Second:
    Type: AWS::Lambda::LayerVersion
    Properties: {Content: second}
```

```python src/index.py
import tools
```

```python first/python/tools.py
A = 1
```

```python second/python/tools.py
A = 2
```

### silent: layers that have nothing in common

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, Code: src, Layers: [!Ref First]}
  First:
    Type: AWS::Lambda::LayerVersion
    Properties: {Content: first}
```

```python src/index.py
import tools
```

```python first/python/tools.py
A = 1
```

### unknown: a layer whose content is not here

```yaml template.yaml
Resources:
  Orders: # ?- LWP055
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, Code: src, Layers: [!Ref First, !Ref Second]}
  First:
    Type: AWS::Lambda::LayerVersion
    Properties: {Content: first}
  Second:
    Type: AWS::Lambda::LayerVersion
    Properties: {Content: second}
```

```python src/index.py
import tools
```

```python first/python/tools.py
A = 1
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lambdaward.analysis import Analysis
from lambdaward.analysis.layers import NOT_HERE, overlaid
from lambdaward.model import Function
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule

if TYPE_CHECKING:
    from lambdaward.packages import Shadow

STANDARDS = Standards(cwe=("CWE-427",), mitre_attack=("T1574",))
MOST = 5


@rule("LWP055", "hidden-code", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS)
def hidden_code(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Layers that hide what others bring."""
    for function in analysis.estate.all(Function):
        if not function.layers:
            continue
        found = overlaid(analysis.estate, function)
        if found is None:
            question = f"does a layer of {function.shown} hide what another one brings?"
            yield Doubt(record=function, place=function.place(), message=question, unknowns=(NOT_HERE,))
            continue
        told = list(dict.fromkeys(_told(shadow) for shadow in found.shadows if shadow.hidden.part != "the code"))
        if told:
            more = (f"and {len(told) - MOST} more",) if len(told) > MOST else ()
            message = f"what {function.shown} runs depends on the order of its layers: {told[0]}"
            yield Found(record=function, place=function.place(), message=message, because=(*told[1:MOST], *more))


def _told(shadow: "Shadow") -> str:
    return f"{shadow.kind} {shadow.name} of {shadow.seen.part} hides that of {shadow.hidden.part}"
