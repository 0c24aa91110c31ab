"""A file in a package runs before the function's own code.

## What it finds

In code and layers that lie on this machine: `sitecustomize.py` and `usercustomize.py`, and `.pth` files with lines that
import. Those that packaging tools leave, such as `distutils-precedence.pth`, are as they should be. In images, the two files
are looked for where Lambda's and official images keep modules.

## Why it matters

Python runs them before the handler, when their folder is on its path at start-up: no line of the function names them, and no
review of its code sees them. It is how a changed dependency gets into every invocation.

## How to fix

Look at what the file does and where it comes from. If it is yours, let the handler import it by name.

## Examples

### fires: a hook in a layer

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, Layers: [!Ref Shared]}
  Shared: # <- LWP054
    Type: AWS::Lambda::LayerVersion
    Properties: {Content: shared}
```

```python shared/python/sitecustomize.py
import os
```

### fires: a hook in an image

```yaml template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: # <- LWP054
    Type: AWS::Serverless::Function
    Properties: {PackageType: Image, ImageUri: orders.tar}
```

```json orders.tar
{"layers": [{"usr/lib/python3/dist-packages/sitecustomize.py": "644"}, {"var/task/sitecustomize.py": "644"}]}
```

### silent: what packaging tools leave, and paths only

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, Code: src}
```

```text src/distutils-precedence.pth
import os; enabled = True
```

```text src/vendored.pth
vendored
```

### unknown: a layer whose content is not here

```yaml template.yaml
Resources:
  Shared: # ?- LWP054
    Type: AWS::Lambda::LayerVersion
    Properties: {Content: shared, CompatibleRuntimes: [python3.14]}
```

## References

- https://docs.python.org/3/library/site.html
- https://attack.mitre.org/techniques/T1546/018/
"""

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from lambdaward.analysis import Analysis
from lambdaward.analysis.layers import is_here, names, packed
from lambdaward.model import Function, InputError, Layer, Unknown, literal
from lambdaward.rules import Confidence, Doubt, Found, Severity, Standards, rule

if TYPE_CHECKING:
    from lambdaward.packages import Entry

STANDARDS = Standards(cwe=("CWE-427",), mitre_attack=("T1546.018", "T1195.001"))
HOOKS = ("sitecustomize.py", "usercustomize.py", "sitecustomize.pyc", "usercustomize.pyc")
USUAL = (
    "distutils-precedence.pth",
    "*-nspkg.pth",
    "_virtualenv.pth",
    "__editable__*.pth",
    "a1_coverage.pth",
    "pywin32.pth",
)
IMPORTS = re.compile(rb"(?m)^import[ \t]")
LIMIT = 1 << 16
MOST = 5


@rule("LWP054", "start-up-file", Severity.LOW, Confidence.MEDIUM, standards=STANDARDS)
def start_up_file(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Files that Python runs before the handler."""
    for layer in analysis.estate.all(Layer):
        users = [f for f in analysis.estate.all(Function) if any(link.target == layer.id for link in f.layers)]
        runtimes = [*(literal(runtime) for runtime in layer.runtimes), *(literal(f.runtime) for f in users)]
        if _python(runtimes):
            yield from _answer(layer, tuple(str(function.id) for function in users))
    for function in analysis.estate.all(Function):
        yield from _in_image(analysis, function)
        if not _python([literal(function.runtime)]):
            continue
        listed = names(function.code)
        if listed is not None and not any(name in HOOKS or name.endswith(".pth") for name in listed):
            continue
        if is_here(function.code):
            yield from _answer(function, (str(function.id),))


def _python(runtimes: list[str | None]) -> bool:
    return any(runtime is not None and runtime.startswith("python") for runtime in runtimes)


def _in_image(analysis: Analysis, function: Function) -> Iterator[Found]:
    read = analysis.contents.images(function)
    found = [] if read is None or isinstance(read, Unknown) else [file for image in read.images for file in image.hooks]
    if found:
        yield _found(function, found, (str(function.id),))


def _answer(record: Layer | Function, functions: tuple[str, ...]) -> Iterator[Found | Doubt]:
    try:
        found = sorted(entry.path for entry in packed(record.code) if _runs(entry))
    except InputError as error:
        question = f"is there a file in {record.shown} that runs before the handler?"
        why = Unknown(error.problem, error.remedy)
        yield Doubt(record=record, place=record.place(), message=question, unknowns=(why,))
        return
    if found:
        yield _found(record, found, functions)


def _found(record: Layer | Function, files: list[str], functions: tuple[str, ...]) -> Found:
    more = f" and {len(files) - MOST} more" if len(files) > MOST else ""
    message = f"Python runs {', '.join(files[:MOST])}{more} of {record.shown} before the handler"
    return Found(record=record, place=record.place(), message=message, functions=functions)


def _runs(entry: "Entry") -> bool:
    """Whether a file is a hook, or a list of paths that imports."""
    name = entry.path.rpartition("/")[2]
    if name in HOOKS:
        return True
    if not name.endswith(".pth") or any(fnmatch(name, usual) for usual in USUAL):
        return False
    return IMPORTS.search(entry.content.read(LIMIT)) is not None
