"""Events that a rule can't deliver are dropped.

## What it finds

Targets of EventBridge rules and schedules that lead to functions and have no dead-letter queue.

## Why it matters

When the function is throttled, gone, or may no longer be invoked, EventBridge tries for a day and then drops the event. A
removed permission is a quiet way to stop a control.

## How to fix

Set `DeadLetterConfig` on the target.

## Examples

### fires: a target without a queue

```yaml template.yaml
Resources:
  Hourly:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 hour)
      Targets:
        - Id: orders # <- LWR022
          Arn: !GetAtt Orders.Arn
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
```

### silent: a queue, and a target that is no function

```yaml template.yaml
Resources:
  Hourly:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 hour)
      Targets:
        - Id: orders
          Arn: !GetAtt Orders.Arn
          DeadLetterConfig: {Arn: !GetAtt Failed.Arn}
        - Id: queue
          Arn: !GetAtt Failed.Arn
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
  Failed:
    Type: AWS::SQS::Queue
```

### unknown: a condition decides

```yaml template.yaml
Parameters:
  Stage:
    Type: String
Conditions:
  Production: !Equals [!Ref Stage, prod]
Resources:
  Hourly:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 hour)
      Targets:
        - Id: orders # ?- LWR022
          Arn: !GetAtt Orders.Arn
          DeadLetterConfig: !If [Production, {Arn: !GetAtt Failed.Arn}, !Ref AWS::NoValue]
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
  Failed:
    Type: AWS::SQS::Queue
```

## References

- https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import EventRule, Link, Place, Record, Schedule
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer, unlinked
from lambdaward.rules.reaching import function_of

STANDARDS = Standards(cdk_nag=("EventBusDLQ",), cwe=("CWE-778",))


@rule("LWR022", "undelivered-events", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("74",))
def undelivered_events(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Rule targets and schedules that lead to a function and keep nothing that can't be delivered."""
    for record, place, target, queue in _targets(analysis):
        function = function_of(analysis.estate, target)
        if function:
            found = Found(
                record=record,
                place=place,
                message=f"events of {record.shown} that can't be delivered to {function.shown} are dropped",
                key=".".join(map(str, place.path)),
                functions=(str(function.id),),
            )
            yield from answer(unlinked(queue), found, f"are undelivered events of {record.shown} kept?")


def _targets(analysis: Analysis) -> Iterator[tuple[Record, Place, Link | None, Link | None]]:
    for rule_ in analysis.estate.all(EventRule):
        for target in rule_.targets:
            yield rule_, target.place(), target.arn, target.dead_letter
    for schedule in analysis.estate.all(Schedule):
        yield schedule, schedule.place("Target"), schedule.target, schedule.dead_letter
