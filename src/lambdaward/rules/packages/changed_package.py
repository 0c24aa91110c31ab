"""An installed file that differs from its installer's list.

## What it finds

Python packages with code that is not what their installer wrote down: each distribution comes with a list (RECORD) of its files
and their SHA-256. Native libraries that differ are low, because build tools strip them; files that are merely gone are no
finding, because build tools leave files out.

## Why it matters

Whoever changes or adds a file in an installed package has code in the function that no review of its dependencies sees.

## How to fix

Install the package anew from its index, with hashes pinned (`pip install --require-hashes`), and find out what changed the file:
a step of the build, or somebody.

## Examples

### fires: a module was changed after it was installed

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: ./src # <- LWP014
```

```text src/tulip-1.0.dist-info/METADATA
Metadata-Version: 2.1
Name: tulip
Version: 1.0
```

```text src/tulip-1.0.dist-info/RECORD
tulip/__init__.py,sha256=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA,6
tulip-1.0.dist-info/METADATA,,
```

```python src/tulip/__init__.py
steal()
```

### silent: every file is the installer's, and one is gone

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: ./src
```

```text src/tulip-1.0.dist-info/METADATA
Metadata-Version: 2.1
Name: tulip
Version: 1.0
```

```text src/tulip-1.0.dist-info/RECORD
tulip/__init__.py,sha256=nia_NpkRxFwkPGhBR7I_yeHc_PJX0pmhxjIBam_NM_Q,6
tulip/tests.py,sha256=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA,6
```

```python src/tulip/__init__.py
x = 1
```

### unknown: a package that cannot be read

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: ./orders.zip # ?- LWP014
```

```text orders.zip
this is no archive
```

## References

- https://packaging.python.org/en/latest/specifications/recording-installed-packages/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lambdaward.analysis import Analysis
from lambdaward.findings import Evidence
from lambdaward.model import Function, Layer, Place, Record
from lambdaward.rules import Doubt, Found, Severity, Standards, rule

if TYPE_CHECKING:
    from lambdaward.packages import Difference

STANDARDS = Standards(owasp_serverless=("A9",), cwe=("CWE-494",), mitre_attack=("T1554",))
NATIVE, SCRIPTS = (".so", ".pyd"), (".py", ".pth", ".js", ".sh")
MOST = 5


@rule("LWP014", "changed-package", Severity.HIGH, standards=STANDARDS)
def changed_package(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Installed files that their installer did not write."""
    for function in analysis.estate.all(Function):
        place = function.place("Code")
        bill = analysis.contents.local(function)
        if bill and bill.unread:
            question = f"are the installed packages of {function.shown} as their installer left them?"
            yield Doubt(record=function, place=place, message=question, unknowns=bill.unread)
        yield from _found(function, place, analysis.contents.differences(function.code) if bill else ())
    for layer in analysis.estate.all(Layer):
        yield from _found(layer, layer.place("Content"), analysis.contents.differences(layer.code))


def _found(record: Record, place: Place, differences: Sequence[Difference]) -> Iterator[Found]:
    """A finding about code, and one about native libraries."""
    for endings in (SCRIPTS, NATIVE):
        native = endings is NATIVE
        places = [each.place for each in differences if each.change != "missing" and each.place.endswith(endings)]
        if places:
            files = places[0] if len(places) == 1 else f"{len(places)} files, such as {places[0]},"
            verb = "differs" if len(places) == 1 else "differ"
            yield Found(
                record=record,
                place=place,
                message=f"in {record.shown}, {files} {verb} from the list that the installer left",
                severity=Severity.LOW if native else Severity.HIGH,
                because=("build tools strip native libraries",) if native else (),
                evidence=tuple(Evidence(each) for each in places[:MOST]),
                key="native" if native else "code",
            )
