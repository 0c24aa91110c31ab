"""A package that was made to do harm.

## What it finds

Packages inside a function's code or layers that advisories call malicious (`MAL-`): made or taken over to steal, mine or
destroy. Advisories are taken in beforehand with `lambdaward advisories import`.

## Why it matters

Its code runs in the function, with its role and its environment. Installing it was often enough: what it could read there is
lost already.

## How to fix

Remove the package, build the function anew on a clean machine, and change every secret that the function, its role or the
machine that built it could read.

## Examples

### fires: a package that steals credentials

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: ./src # <- LWP013
```

```json src/node_modules/left-padd/package.json
{"name": "left-padd", "version": "1.1.0"}
```

```json advisories/MAL-2026-1.json
{"id": "MAL-2026-1", "affected": [{"package": {"ecosystem": "npm", "name": "left-padd"},
 "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]}]}
```

### silent: an honest version of a package that was taken over for a while

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: ./src
```

```json src/node_modules/left-pad/package.json
{"name": "left-pad", "version": "1.3.0"}
```

```json advisories/MAL-2026-1.json
{"id": "MAL-2026-1", "affected": [{"package": {"ecosystem": "npm", "name": "left-pad"}, "versions": ["1.2.9"]}]}
```

### unknown: a version that nothing tells

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: ./src # ?- LWP013
```

```js src/index.js
// node_modules/left-pad/index.js
```

```json advisories/MAL-2026-1.json
{"id": "MAL-2026-1", "affected": [{"package": {"ecosystem": "npm", "name": "left-pad"}, "versions": ["1.2.9"]}]}
```

## References

- https://github.com/ossf/malicious-packages
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.findings import Evidence
from lambdaward.model import Function, Unsure
from lambdaward.rules import Doubt, Found, Severity, Standards, doubt, rule

STANDARDS = Standards(owasp_serverless=("A9",), cwe=("CWE-506",), mitre_attack=("T1195.002",))


@rule("LWP013", "malicious-package", Severity.CRITICAL, standards=STANDARDS)
def malicious_package(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Components that advisories call malicious."""
    for function in analysis.estate.all(Function) if analysis.advised.store else ():
        for known in analysis.advised.known(function):
            match = known.match
            if not match.malicious:
                continue
            place, purl = function.place("Code"), match.component.purl
            if isinstance(match.verdict, Unsure):
                question = f"is {purl} in {function.shown} the malicious package of {match.id}?"
                yield doubt(function, place, question, match.verdict, key=f"{purl} {match.id}")
                continue
            where = ", ".join(sorted({item.place for item in match.component.evidence}))
            yield Found(
                record=function,
                place=place,
                message=f"{function.shown} runs {purl}, which was made to do harm ({match.id})",
                evidence=(Evidence(f"found in {where}"), *(Evidence(text) for text in (match.summary,) if text)),
                key=f"{purl} {match.id}",
            )
