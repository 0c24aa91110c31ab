"""A file of a package stands before a module of Python's own library, or of the SDK.

## What it finds

In code and layers of Python functions that lie on this machine: a module at the top of a folder that Python searches, called
like one of the standard library, or a single file called like the SDK that the runtime brings (`boto3.py`, `botocore.py`).
Packages that once carried a module to older versions (`dataclasses`, `typing` and others) are as they should be, and so is an
SDK of one's own.

## Why it matters

Lambda searches the code and the layers before Python's own library: whoever imports `ssl` or `logging`, in any dependency,
gets this file, in every function that has the layer. It is a way to listen to everything that a function does, and an accident
that breaks it.

## How to fix

Look where the file comes from. Give a module of your own another name.

## Examples

### fires: a layer that stands before the standard library, and a file before the SDK

```yaml template.yaml
Resources:
  Orders: # <- LWP069
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, Code: src, Layers: [!Ref Shared]}
  Shared: # <- LWP069
    Type: AWS::Lambda::LayerVersion
    Properties: {Content: shared}
```

```python src/index.py
import boto3
```

```python src/boto3.py
client = print
```

```python shared/python/ssl.py
A = 1
```

### silent: own names, an own SDK, a module inside a package, and a backport

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, Code: src}
```

```python src/index.py
import boto3
```

```python src/boto3/__init__.py
A = 1
```

```python src/tools/logging.py
A = 1
```

```python src/dataclasses.py
A = 1
```

### unknown: a layer whose content is not here

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, Layers: [!Ref Shared]}
  Shared: # ?- LWP069
    Type: AWS::Lambda::LayerVersion
    Properties: {Content: {S3Bucket: layers, S3Key: shared.zip}}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-python.html
- https://attack.mitre.org/techniques/T1574/
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from lambdaward.analysis import Analysis
from lambdaward.analysis.layers import is_here, packed
from lambdaward.model import Code, Function, InputError, Layer, LocalCode, Unknown, literal
from lambdaward.rules import Confidence, Doubt, Found, Severity, Standards, rule

STANDARDS = Standards(cwe=("CWE-427",), mitre_attack=("T1574", "T1195.001"))
# What Python has loaded before it searches, and packages that carry a module to older versions.
LOADED = {
    "abc",
    "codecs",
    "encodings",
    "genericpath",
    "importlib",
    "io",
    "ntpath",
    "os",
    "posixpath",
    "site",
    "stat",
    "zipimport",
}
BACKPORTS = {
    "asyncio",
    "cgi",
    "concurrent",
    "contextvars",
    "dataclasses",
    "distutils",
    "enum",
    "graphlib",
    "selectors",
    "typing",
}
LIBRARY = sys.stdlib_module_names - set(sys.builtin_module_names) - LOADED - BACKPORTS
FILES = {f"{name}.{ending}" for name in (*LIBRARY, "boto3", "botocore") for ending in ("py", "pyc", "so")}
SUSPECT = FILES | LIBRARY
LAYER = re.compile(r"python/(?:lib/python3\.\d+/site-packages/)?")
MOST = 5


@rule("LWP069", "hidden-standard-module", Severity.MEDIUM, Confidence.MEDIUM, standards=STANDARDS)
def hidden_standard_module(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Modules that stand before those of Python's own library or of the SDK."""
    functions = [f for f in analysis.estate.all(Function) if (literal(f.runtime) or "").startswith("python")]
    for layer in analysis.estate.all(Layer):
        users = tuple(str(f.id) for f in functions if any(link.target == layer.id for link in f.layers))
        if users:
            yield from _answer(layer, users)
    for function in functions:
        if _may_hide(function.code) and is_here(function.code):
            yield from _answer(function, (str(function.id),))


def _may_hide(code: Code) -> bool:
    """Whether code may hold such a module: of a folder, that is told by the names on its top, without reading anything."""
    if not isinstance(code, LocalCode) or code.kind == "inline":
        return False
    folder = Path(code.root, code.built or code.path)
    try:
        return not folder.is_dir() or any(each.name in SUSPECT for each in folder.iterdir())
    except OSError:
        return True


def _answer(record: Layer | Function, functions: tuple[str, ...]) -> Iterator[Found | Doubt]:
    try:
        found = sorted(
            filter(None, {_hides(entry.path, layer=isinstance(record, Layer)) for entry in packed(record.code)})
        )
    except InputError as error:
        question = f"does {record.shown} stand before Python's own library?"
        why = Unknown(error.problem, error.remedy)
        yield Doubt(record=record, place=record.place(), message=question, unknowns=(why,))
        return
    if found:
        more = f" and {len(found) - MOST} more" if len(found) > MOST else ""
        message = (
            f"{record.shown} stands before Python's own {', '.join(found[:MOST])}{more}: who imports it gets this file"
        )
        own = Severity.LOW if isinstance(record, Function) else None
        because = ("its own code: most often an accident",) if own else ()
        yield Found(
            record=record, place=record.place(), message=message, severity=own, because=because, functions=functions
        )


def _hides(path: str, *, layer: bool) -> str:
    """The module of Python that a file stands before; empty for none."""
    if layer:
        folder = LAYER.match(path)
        if folder is None:
            return ""
        path = path[folder.end() :]
    if path in FILES:
        return path.rpartition(".")[0]
    package, _, rest = path.partition("/")
    return package if rest in ("__init__.py", "__init__.pyc") and package in LIBRARY else ""
