"""Several resources have the same secret.

## What it finds

One secret in the variables, properties or packages of several functions, layers or other resources. Values are compared by a
fingerprint whose key is made for each run: neither a value nor its hash is kept or shown.

## Why it matters

Whoever gets into one of them has the others' secret too, and it can only be changed everywhere at once, which is why it hardly
ever is.

## How to fix

Give each function a secret of its own, kept in Secrets Manager. Where they do share one account of a database or service, keep it
in one place and let them refer to it.

## Examples

### fires: two functions with one password

```yaml template.yaml
Parameters:
  Password:
    Type: String
    NoEcho: true
    Default: made:password
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          DB_PASSWORD: !Ref Password # <- LWS011
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          PGPASSWORD: !Ref Password
```

### silent: each has its own

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          DB_PASSWORD: made:password
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          API_TOKEN: made:github-token
```

### unknown: given at deployment

```yaml template.yaml
Parameters:
  Password:
    Type: String
    NoEcho: true
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          DB_PASSWORD: !Ref Password # ?- LWS011
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          DB_PASSWORD: !Ref Password
```

## References

- https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html
"""

from collections import defaultdict
from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.secrets import Held
from lambdaward.model import Unknown, Unsure
from lambdaward.rules import Doubt, Evidence, Found, Severity, Standards, doubt, rule
from lambdaward.rules.secrets.leaks import hides

STANDARDS = Standards(cwe=("CWE-798",), owasp_serverless=("A3",), mitre_attack=("T1552",))


@rule("LWS011", "reused-secret", Severity.MEDIUM, standards=STANDARDS)
def reused_secret(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Secrets that several resources have."""
    for first, *others in analysis.secrets.reused():
        owners = dict.fromkeys(spot.record.shown for spot in others if spot.record.id != first.record.id)
        yield Found(
            record=first.record,
            place=first.place,
            message=f"{first.name} of {first.record.shown} is a secret that {', '.join(owners)} has too",
            evidence=tuple(Evidence(f"{spot.name} of {spot.record.shown}", spot.place) for spot in others),
            key=first.name,
        )
    yield from _given(analysis)


def _given(analysis: Analysis) -> Iterator[Doubt]:
    """Variables that hide the same unknown."""
    found: defaultdict[tuple[Unknown, ...], list[Held]] = defaultdict(list)
    for held in analysis.secrets.environments:
        if held.unknowns and not held.leak and hides(held.name):
            found[held.unknowns].append(held)
    for first, *others in found.values():
        owners = dict.fromkeys(held.record.shown for held in others if held.record.id != first.record.id)
        if owners:
            question = f"does {first.name} of {first.record.shown} hold a secret that {', '.join(owners)} has too?"
            yield doubt(first.record, first.place, question, Unsure(first.unknowns), key=first.name)
