"""A component with a known vulnerability.

## What it finds

Packages inside a function's code or layers that advisories are about. Advisories (in OSV form) are taken in beforehand with
`lambdaward advisories import`; without any, nothing is looked up, and the scan says so. Vulnerable Go code that the linker left
out of the program is no finding.

## Why it matters

A known vulnerability is one that attackers know too. How bad it is depends on who can start the function and on what its
role may do, so both raise the severity: the same component counts more in a privileged function than in an idle one.

## How to fix

Update the component to a version that mends it, build the function anew, and deploy it.

## Examples

### fires: an installed package is older than the version that mends it

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: ./src # <- LWP012
```

```json src/node_modules/left-pad/package.json
{"name": "left-pad", "version": "1.1.0"}
```

```json advisories/GHSA-1.json
{"id": "GHSA-1", "affected": [{"package": {"ecosystem": "npm", "name": "left-pad"},
 "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.3.0"}]}]}]}
```

### silent: it is mended

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

```json advisories/GHSA-1.json
{"id": "GHSA-1", "affected": [{"package": {"ecosystem": "npm", "name": "left-pad"},
 "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.3.0"}]}]}]}
```

### unknown: the code is not there, or not built

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: code, S3Key: orders.zip} # ?- LWP012
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Code: ./src # ?- LWP012
```

```text src/requirements.txt
requests==2.0.0
```

```json advisories/GHSA-1.json
{"id": "GHSA-1", "affected": [{"package": {"ecosystem": "PyPI", "name": "requests"}, "versions": ["2.0.0"]}]}
```

## References

- https://ossf.github.io/osv-schema/
- https://osv.dev
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from lambdaward.analysis import Analysis
from lambdaward.analysis.advised import Known
from lambdaward.findings import Evidence
from lambdaward.model import Function, No, Unknown, Unsure, Yes
from lambdaward.rules import Confidence, Doubt, Found, Severity, Standards, rule
from lambdaward.rules.packages.weight import stake

STANDARDS = Standards(owasp_serverless=("A9",), cwe=("CWE-1395",), mitre_attack=("T1195.001",))
MOST = 5


@rule("LWP012", "vulnerable-component", Severity.MEDIUM, standards=STANDARDS)
def vulnerable_component(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Components that advisories are about."""
    if analysis.advised.store is None:
        return
    for function in analysis.estate.all(Function):
        known = [each for each in analysis.advised.known(function) if not each.match.malicious]
        there = [each for each in known if not each.absent]
        sure = [each for each in there if isinstance(each.match.verdict, Yes)]
        for _, group in groupby(sure, key=lambda each: each.match.component.key):
            yield _found(analysis, function, tuple(group))
        reasons = dict.fromkeys((*_open(there), *analysis.advised.unknowns(function)))
        if reasons:
            question = f"does {function.shown} run anything with a known vulnerability?"
            yield Doubt(record=function, place=function.place("Code"), message=question, unknowns=tuple(reasons))


def _open(known: Iterable[Known]) -> Iterator[Unknown]:
    """Why matches are not sure, by component."""
    for each in known:
        match each.match.verdict:
            case Unsure(unknowns):
                for unknown in unknowns:
                    yield Unknown(f"{each.match.component.purl}: {unknown.reason}", unknown.settle)


def _found(analysis: Analysis, function: Function, known: tuple[Known, ...]) -> Found:
    """All vulnerabilities of one component as one finding, as severe as the worst."""
    component = known[0].match.component
    worst_first = sorted(known, key=lambda each: -each.match.score)
    names = [each.match.id for each in worst_first]
    shown = ", ".join(names[:MOST]) + (f" and {len(names) - MOST} more" if len(names) > MOST else "")
    at = stake(analysis, function)
    idle = all(isinstance(each.reach, No) for each in known)
    unused = ("no import leads to it from the handler",) if idle else ()
    score = worst_first[0].match.score
    rated = (f"{names[0]} has a CVSS score of {score:.1f}",) if score >= 0 else ()
    return Found(
        record=function,
        place=function.place("Code"),
        message=f"{function.shown} runs {component.purl}, which has {_count(names)}: {shown}",
        severity=Severity(max(at.on(_rated(score)) - idle, Severity.INFO)),
        confidence=Confidence.HIGH if any(isinstance(each.reach, Yes) for each in known) else Confidence.MEDIUM,
        because=(*rated, *unused, *at.because),
        evidence=(*_evidence(worst_first), *at.evidence),
        remediation=_mended(worst_first),
        key=f"{component.group}/{component.name} {' '.join(sorted(names))}",
    )


def _count(names: list[str]) -> str:
    return "a known vulnerability" if len(names) == 1 else f"{len(names)} known vulnerabilities"


def _rated(score: float) -> Severity:
    """A step below what CVSS calls it: who can reach the function is not in it. One that nobody rated is low."""
    if score >= 9:
        return Severity.HIGH
    return Severity.MEDIUM if score >= 7 else Severity.LOW


def _evidence(known: list[Known]) -> Iterator[Evidence]:
    yield Evidence(f"found in {', '.join(sorted({item.place for item in known[0].match.component.evidence}))}")
    for each in known[:MOST]:
        match = each.match
        yield Evidence(f"{match.id}: {match.summary}" if match.summary else match.id)
        for fact in each.reach.proof if isinstance(each.reach, Yes) else ():
            yield Evidence(fact.text)


def _mended(known: list[Known]) -> str:
    """What to update to, where it is known."""
    lowest = [each.match.fixed[0] for each in known if each.match.fixed]
    if len(lowest) < len(known):
        return ""
    return f"Update {known[0].match.component.name} to {' and '.join(dict.fromkeys(lowest[:MOST]))} or later."
