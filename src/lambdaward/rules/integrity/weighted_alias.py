"""An alias sends a share of the traffic to a second version.

## What it finds

Aliases with a weight for a further version.

## Why it matters

A second version runs with its own code, role and environment, for some calls only: a rollout that somebody forgot, or
a quiet way to see a share of the traffic.

## How to fix

Finish the rollout and remove `RoutingConfig`.

## Examples

### fires: a tenth of the calls

```yaml template.yaml
Resources:
  Live:
    Type: AWS::Lambda::Alias
    Properties:
      Name: live
      FunctionName: orders
      FunctionVersion: "7"
      RoutingConfig:
        AdditionalVersionWeights: # <- LWP008
          - {FunctionVersion: "8", FunctionWeight: 0.1}
```

### silent: one version

```yaml template.yaml
Resources:
  Live:
    Type: AWS::Lambda::Alias
    Properties: {Name: live, FunctionName: orders, FunctionVersion: "7"}
```

### unknown: a condition decides

```yaml template.yaml
Parameters:
  Stage:
    Type: String
Conditions:
  Canary: !Equals [!Ref Stage, canary]
Resources:
  Live:
    Type: AWS::Lambda::Alias
    Properties:
      Name: live
      FunctionName: orders
      FunctionVersion: "7"
      RoutingConfig: !If
        - Canary
        - AdditionalVersionWeights: # ?- LWP008
            - {FunctionVersion: "8", FunctionWeight: 0.1}
        - !Ref AWS::NoValue
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Alias, negate
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import absent, answer

STANDARDS = Standards(mitre_attack=("T1525",))


@rule("LWP008", "weighted-alias", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("50",))
def weighted_alias(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Aliases that split traffic between versions."""
    for alias in analysis.estate.all(Alias):
        found = Found(
            record=alias,
            place=alias.place("RoutingConfig", "AdditionalVersionWeights"),
            message=f"{alias.shown} sends a share of the traffic to a second version",
        )
        yield from answer(negate(absent(alias.weights)), found, f"does {alias.shown} split the traffic?")
