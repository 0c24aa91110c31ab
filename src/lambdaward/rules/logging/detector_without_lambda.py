"""GuardDuty does not watch functions.

## What it finds

Detectors that turn Lambda protection (`LAMBDA_NETWORK_LOGS`) off. A detector that says nothing about it has it on, as
a new detector gets every protection plan but runtime monitoring.

## Why it matters

Lambda protection is the only thing in AWS that sees the traffic of functions outside a VPC: connections to command
servers, mining pools and Tor.

## How to fix

Set the feature's `Status` to `ENABLED`, or remove it.

## Examples

### fires: turned off

```yaml template.yaml
Resources:
  Detector:
    Type: AWS::GuardDuty::Detector
    Properties:
      Enable: true
      Features:
        - Name: LAMBDA_NETWORK_LOGS # <- LWL002
          Status: DISABLED
```

### silent: on, or not mentioned

```yaml template.yaml
Resources:
  Detector:
    Type: AWS::GuardDuty::Detector
    Properties:
      Enable: true
      Features:
        - {Name: LAMBDA_NETWORK_LOGS, Status: ENABLED}
        - {Name: RDS_LOGIN_EVENTS, Status: DISABLED}
  Plain:
    Type: AWS::GuardDuty::Detector
    Properties: {Enable: true}
```

### unknown: a parameter decides

```yaml template.yaml
Parameters:
  Status:
    Type: String
Resources:
  Detector:
    Type: AWS::GuardDuty::Detector
    Properties:
      Enable: true
      Features:
        - Name: LAMBDA_NETWORK_LOGS # ?- LWL002
          Status: !Ref Status
```

## References

- https://docs.aws.amazon.com/guardduty/latest/ug/lambda-protection.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Detector, all_of, dig, is_equal
from lambdaward.rules import Doubt, Edit, Fix, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(
    security_hub=("GuardDuty.6",),
    prowler=("guardduty_lambda_protection_enabled",),
    cwe=("CWE-778",),
    mitre_attack=("T1562.001",),
)


@rule("LWL002", "detector-without-lambda", Severity.LOW, standards=STANDARDS, posture=("58",))
def detector_without_lambda(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Detectors with Lambda protection turned off."""
    for detector in analysis.estate.all(Detector):
        for index, feature in enumerate(detector.features):
            place = detector.place("Features", index)
            found = Found(
                record=detector,
                place=place,
                message=f"{detector.shown} does not watch the traffic of functions",
                fix=Fix("Turn Lambda protection on", (Edit(place / "Status", "ENABLED"),)),
                key=str(index),
            )
            verdict = all_of(
                (is_equal(dig(feature, "Name"), "LAMBDA_NETWORK_LOGS"), is_equal(dig(feature, "Status"), "DISABLED"))
            )
            yield from answer(verdict, found, f"does {detector.shown} watch the traffic of functions?")
