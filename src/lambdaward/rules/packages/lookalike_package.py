"""A package whose name imitates a well-known one.

## What it finds

Python and npm packages inside a function's code or layers whose name is one slip away from one of the most downloaded
packages, and that are not well known themselves. The list of names is part of lambdaward, and dated.

## Why it matters

Attackers publish packages under names that people mistype. Their code runs when it is installed, and then in the function.

## How to fix

Look whether this is the package that you meant. If it is, accept the finding; if not, remove it, and treat what it could read as
lost.

## Examples

### fires: two letters are swapped

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: ./src # <- LWP015
```

```json src/node_modules/lodahs/package.json
{"name": "lodahs", "version": "4.17.21"}
```

### silent: the well-known package, and one that is merely similar

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: ./src
```

```json src/node_modules/lodash/package.json
{"name": "lodash", "version": "4.17.21"}
```

```json src/node_modules/lodash-tulip/package.json
{"name": "lodash-tulip", "version": "1.0.0"}
```

### unknown: the package cannot be read

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: ./orders.zip # ?- LWP015
```

```text orders.zip
this is no archive
```

## References

- https://docs.npmjs.com/threats-and-mitigations
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lambdaward.analysis import Analysis
from lambdaward.findings import Evidence
from lambdaward.model import Function
from lambdaward.rules import Confidence, Doubt, Found, Severity, Standards, rule

if TYPE_CHECKING:
    from lambdaward.packages import Bill

STANDARDS = Standards(owasp_serverless=("A9",), cwe=("CWE-1357",), mitre_attack=("T1195.001",))


@rule("LWP015", "lookalike-package", Severity.MEDIUM, Confidence.LOW, standards=STANDARDS)
def lookalike_package(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Components whose names are one slip away from well-known ones."""
    for function in analysis.estate.all(Function):
        bill = analysis.contents.local(function)
        if bill and bill.unread:
            question = f"does {function.shown} run a package under an imitated name?"
            yield Doubt(record=function, place=function.place("Code"), message=question, unknowns=bill.unread)
        yield from _found(function, bill) if bill else ()


def _found(function: Function, bill: Bill) -> Iterator[Found]:
    from lambdaward.packages.lookalikes import imitated  # noqa: PLC0415 - only where packages are read

    for component in bill.components:
        if target := imitated(component):
            where = ", ".join(sorted({item.place for item in component.evidence}))
            yield Found(
                record=function,
                place=function.place("Code"),
                message=f"{function.shown} runs {component.purl}, whose name is almost that of {target}",
                evidence=(Evidence(f"found in {where}"),),
                key=component.name,
            )
