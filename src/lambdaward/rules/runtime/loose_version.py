"""A published version that nothing points to.

## What it finds

Versions that no alias, URL, permission or event source mapping of the template names, beside others of the same function.

## Why it matters

Published versions keep their code, their role and their environment as they were, secrets included, and stay
invocable. Nobody patches them.

## How to fix

Delete versions that no alias points to.

## Examples

### fires: an old version beside the one in use

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
  Old: # <- LWR023
    Type: AWS::Lambda::Version
    Properties: {FunctionName: !Ref Orders}
  New:
    Type: AWS::Lambda::Version
    Properties: {FunctionName: !Ref Orders}
  Live:
    Type: AWS::Lambda::Alias
    Properties: {Name: live, FunctionName: !Ref Orders, FunctionVersion: !GetAtt New.Version}
```

### silent: one version, and an alias for it

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
  New:
    Type: AWS::Lambda::Version
    Properties: {FunctionName: !Ref Orders}
  Live:
    Type: AWS::Lambda::Alias
    Properties: {Name: live, FunctionName: !Ref Orders, FunctionVersion: !GetAtt New.Version}
```

### unknown: an alias for a version that a parameter names

```yaml template.yaml
Parameters:
  Number:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
  Old: # ?- LWR023
    Type: AWS::Lambda::Version
    Properties: {FunctionName: !Ref Orders}
  New:
    Type: AWS::Lambda::Version
    Properties: {FunctionName: !Ref Orders}
  Live:
    Type: AWS::Lambda::Alias
    Properties: {Name: live, FunctionName: !Ref Orders, FunctionVersion: !GetAtt New.Version}
  Next:
    Type: AWS::Lambda::Alias
    Properties: {Name: next, FunctionName: !Ref Orders, FunctionVersion: !Ref Number}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
"""

from collections import Counter
from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import (
    Alias,
    EventSourceMapping,
    FunctionUrl,
    FunctionVersion,
    Permission,
    Ref,
    ResourceId,
    Unknown,
    Unsure,
    Verdict,
    Yes,
    holes,
)
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.reaching import function_of

STANDARDS = Standards(cwe=("CWE-1104",))


@rule("LWR023", "loose-version", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("52",))
def loose_version(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Versions beside others of their function that nothing names."""
    estate = analysis.estate
    versions = estate.all(FunctionVersion)
    owners = {version.id: function_of(estate, version.function) for version in versions}
    several = Counter(function.id for function in owners.values() if function)
    used, verdict = set(_named(analysis)), _settled(analysis)
    for version in versions:
        function = owners[version.id]
        if function and several[function.id] > 1 and version.id not in used:
            message = f"nothing points to {version.shown}, a version of {function.shown} that stays invocable"
            found = Found(record=version, place=version.place(), message=message)
            yield from answer(verdict, found, f"does anything point to {version.shown}?")


def _named(analysis: Analysis) -> Iterator[ResourceId]:
    """Every version that something in the estate names."""
    for alias in analysis.estate.all(Alias):
        yield from (hole.resource for hole in holes((alias.version, alias.weights)) if isinstance(hole, Ref))
    estate = analysis.estate
    users: list[FunctionUrl | Permission | EventSourceMapping] = [*estate.all(FunctionUrl), *estate.all(Permission)]
    for user in (*users, *estate.all(EventSourceMapping)):
        if user.function and user.function.target:
            yield user.function.target


def _settled(analysis: Analysis) -> Verdict:
    """Whether every alias says which version it means."""
    doubts = [
        hole for alias in analysis.estate.all(Alias) for hole in holes(alias.version) if isinstance(hole, Unknown)
    ]
    return Unsure(tuple(doubts)) if doubts else Yes()
