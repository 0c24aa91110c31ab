"""No trail records who invokes functions.

## What it finds

Templates that declare CloudTrail trails, or event data stores, none of which records data events of Lambda.

## Why it matters

Without data events there is no record of who invoked which function: not of a stranger who found an open one, and not
of stolen credentials that are used to call it. Data events cost money, so that it is a decision.

## How to fix

Add an advanced event selector with `resources.type` equal to `AWS::Lambda::Function` and `eventCategory` equal to `Data`.

## Examples

### fires: management events only

```yaml template.yaml
Resources:
  Trail: # <- LWL001
    Type: AWS::CloudTrail::Trail
    Properties: {IsLogging: true, S3BucketName: logs}
```

### silent: data events of functions

```yaml template.yaml
Resources:
  Basic:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: logs
      EventSelectors:
        - DataResources:
            - {Type: AWS::Lambda::Function, Values: ["arn:aws:lambda"]}
  Other:
    Type: AWS::CloudTrail::Trail
    Properties: {IsLogging: true, S3BucketName: more-logs}
```

### unknown: a parameter chooses the type

```yaml template.yaml
Parameters:
  Type:
    Type: String
Resources:
  Trail: # ?- LWL001
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: logs
      AdvancedEventSelectors:
        - FieldSelectors:
            - {Field: eventCategory, Equals: [Data]}
            - {Field: resources.type, Equals: [!Ref Type]}
```

## References

- https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import EventDataStore, Trail, Value, all_of, dig, is_equal, items, negate
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(
    prowler=("awslambda_function_invoke_api_operations_cloudtrail_logging_enabled",),
    cwe=("CWE-778",),
    owasp_serverless=("A10",),
    mitre_attack=("T1562.008",),
)


@rule("LWL001", "trail-data-events", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("57",))
def trail_data_events(analysis: Analysis) -> Iterator[Found | Doubt]:
    """The first trail of an estate in which none records invocations."""
    trails: list[Trail | EventDataStore] = [*analysis.estate.all(Trail), *analysis.estate.all(EventDataStore)]
    verdict = all_of(negate(is_equal(kind, "AWS::Lambda::Function")) for kind in _recorded(analysis))
    for trail in trails[:1]:
        found = Found(record=trail, place=trail.place(), message="no trail records who invokes functions")
        yield from answer(verdict, found, "does a trail record who invokes functions?")


def _recorded(analysis: Analysis) -> Iterator[Value]:
    """The types of resources whose data events are recorded."""
    for trail in analysis.estate.all(Trail):
        for selector in trail.selectors:
            for resource in items(dig(selector, "DataResources")):
                yield dig(resource, "Type")
    stores: list[Trail | EventDataStore] = [*analysis.estate.all(Trail), *analysis.estate.all(EventDataStore)]
    for record in stores:
        for selector in record.advanced:
            for field in items(dig(selector, "FieldSelectors")):
                if dig(field, "Field") == "resources.type":
                    yield from items(dig(field, "Equals"))
