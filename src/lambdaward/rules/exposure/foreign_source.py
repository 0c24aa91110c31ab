"""A function takes its events from somebody else's account.

## What it finds

Event source mappings, topic subscriptions and pipes that read from a queue, stream or topic in an account that is neither the
stack's own nor a trusted one (the setting `trusted-accounts`).

## Why it matters

Whoever owns the source writes the events, and may let others write. The function's code is the first that looks at them.

## How to fix

If the account is a partner's or AWS's, name it as trusted, and check each event in the code. Otherwise remove the source.

## Examples

### fires: another account's queue and topic

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  FromQueue:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Orders
      EventSourceArn: arn:aws:sqs:eu-west-1:210987654321:orders # <- LWX030
  FromTopic:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: arn:aws:sns:eu-west-1:210987654321:orders # <- LWX030
      Protocol: lambda
      Endpoint: !GetAtt Orders.Arn
```

### silent: sources of the same account

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Queue:
    Type: AWS::SQS::Queue
  FromQueue:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Orders, EventSourceArn: !GetAtt Queue.Arn}
  FromTopic:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Sub arn:aws:sns:${AWS::Region}:${AWS::AccountId}:orders
      Protocol: lambda
      Endpoint: !GetAtt Orders.Arn
```

### unknown: a parameter names the queue

```yaml template.yaml
Parameters:
  Queue:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  FromQueue:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Orders
      EventSourceArn: !Ref Queue # ?- LWX030
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
- https://docs.aws.amazon.com/lambda/latest/dg/with-sns-example.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.exposure import target_of
from lambdaward.model import EventSourceMapping, Link, Pipe, Place, Record, Subscription, show
from lambdaward.rules import Confidence, Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer, judge
from lambdaward.rules.arns import foreign
from lambdaward.rules.exposure.proof import called, functions

STANDARDS = Standards(owasp_serverless=("A1",), cwe=("CWE-346",), mitre_attack=("T1199",))


@rule("LWX030", "foreign-source", Severity.LOW, Confidence.MEDIUM, standards=STANDARDS, posture=("n5", "n6"))
def foreign_source(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Sources of events in accounts that are neither own nor trusted."""
    for record, place, source, function in _sources(analysis):
        if source is None or source.target or function is None or not target_of(analysis.estate, function).function:
            continue
        name = called(analysis, function)
        found = Found(
            record=record,
            place=place,
            message=f"{name} takes its events from another account: {show(source.value)}",
            functions=functions(analysis, function),
        )
        verdict = judge(source.value, lambda option: foreign(analysis, option))
        yield from answer(verdict, found, f"whose is {show(source.value)}, from which {name} takes its events?")


def _sources(analysis: Analysis) -> Iterator[tuple[Record, Place, Link | None, Link | None]]:
    for mapping in analysis.estate.all(EventSourceMapping):
        yield mapping, mapping.place("EventSourceArn"), mapping.source, mapping.function
    for subscription in analysis.estate.all(Subscription):
        yield subscription, subscription.place("TopicArn"), subscription.topic, subscription.endpoint
    for pipe in analysis.estate.all(Pipe):
        yield pipe, pipe.place("Source"), pipe.source, pipe.target
