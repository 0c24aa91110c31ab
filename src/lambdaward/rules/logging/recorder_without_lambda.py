"""AWS Config does not record functions.

## What it finds

Configuration recorders of the template that name the types they record, without `AWS::Lambda::Function`, or that
exclude it.

## Why it matters

Without a record nobody can say what a function's configuration was on the day of an incident, nor who changed it.

## How to fix

Record all supported types, or add `AWS::Lambda::Function`.

## Examples

### fires: other types only, and an exclusion

```yaml template.yaml
Resources:
  Recorder:
    Type: AWS::Config::ConfigurationRecorder
    Properties:
      RoleARN: arn:aws:iam::123456789012:role/config
      RecordingGroup: # <- LWL008
        ResourceTypes: [AWS::S3::Bucket]
  Other:
    Type: AWS::Config::ConfigurationRecorder
    Properties:
      RoleARN: arn:aws:iam::123456789012:role/config
      RecordingGroup: # <- LWL008
        RecordingStrategy: {UseOnly: EXCLUSION_BY_RESOURCE_TYPES}
        ExclusionByResourceTypes: {ResourceTypes: [AWS::Lambda::Function]}
```

### silent: everything, the default, and functions by name

```yaml template.yaml
Resources:
  All:
    Type: AWS::Config::ConfigurationRecorder
    Properties:
      RoleARN: arn:aws:iam::123456789012:role/config
      RecordingGroup: {AllSupported: true}
  Plain:
    Type: AWS::Config::ConfigurationRecorder
    Properties: {RoleARN: "arn:aws:iam::123456789012:role/config"}
  Named:
    Type: AWS::Config::ConfigurationRecorder
    Properties:
      RoleARN: arn:aws:iam::123456789012:role/config
      RecordingGroup: {ResourceTypes: [AWS::Lambda::Function]}
```

### unknown: a parameter names a type

```yaml template.yaml
Parameters:
  Type:
    Type: String
Resources:
  Recorder:
    Type: AWS::Config::ConfigurationRecorder
    Properties:
      RoleARN: arn:aws:iam::123456789012:role/config
      RecordingGroup: # ?- LWL008
        ResourceTypes: [!Ref Type]
```

## References

- https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import ConfigRecorder, No, Value, Verdict, all_of, any_of, is_equal, negate
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer

FUNCTIONS = "AWS::Lambda::Function"
STANDARDS = Standards(security_hub=("Config.1",), cis_compute=("4.1",), cwe=("CWE-778",), mitre_attack=("T1562.008",))


@rule("LWL008", "recorder-without-lambda", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("64",))
def recorder_without_lambda(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Recorders that leave functions out."""
    for recorder in analysis.estate.all(ConfigRecorder):
        message = f"{recorder.shown} does not record functions"
        found = Found(record=recorder, place=recorder.place("RecordingGroup"), message=message)
        verdict = any_of((_listed(recorder.excluded), _others_only(recorder)))
        yield from answer(verdict, found, f"does {recorder.shown} record functions?")


def _others_only(recorder: ConfigRecorder) -> Verdict:
    """Whether the recorder names types, and functions are not among them."""
    if not recorder.types:
        return No()
    return all_of((negate(is_equal(recorder.all_supported, expected=True)), negate(_listed(recorder.types))))


def _listed(types: tuple[Value, ...]) -> Verdict:
    return any_of(is_equal(kind, FUNCTIONS) for kind in types)
