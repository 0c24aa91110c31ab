"""Messages that can't be processed are lost or come back for ever.

## What it finds

Queues that feed a function, and subscriptions of functions to topics, without a redrive policy to a dead-letter queue.

## Why it matters

A message that makes the function fail comes back until it expires, and is then gone. It costs an invocation each
time, and one crafted message keeps a batch from being processed.

## How to fix

Add a `RedrivePolicy` with a dead-letter queue, and an alarm on that queue.

## Examples

### fires: a queue and a subscription

```yaml template.yaml
Resources:
  Queue: # <- LWR021
    Type: AWS::SQS::Queue
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Orders
      EventSourceArn: !GetAtt Queue.Arn
  News: # <- LWR021
    Type: AWS::SNS::Subscription
    Properties:
      Protocol: lambda
      Endpoint: !GetAtt Orders.Arn
      TopicArn: !Ref Topic
  Topic:
    Type: AWS::SNS::Topic
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
```

### silent: a dead-letter queue

```yaml template.yaml
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}
  Failed:
    Type: AWS::SQS::Queue
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: orders
      EventSourceArn: !GetAtt Queue.Arn
```

### unknown: a condition decides

```yaml template.yaml
Parameters:
  Stage:
    Type: String
Conditions:
  Production: !Equals [!Ref Stage, prod]
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: !If # ?- LWR021
        - Production
        - {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}
        - !Ref AWS::NoValue
  Failed:
    Type: AWS::SQS::Queue
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: orders
      EventSourceArn: !GetAtt Queue.Arn
```

## References

- https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import EventSourceMapping, Queue, Subscription
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import absent, answer, unlinked
from lambdaward.rules.reaching import function_of

STANDARDS = Standards(cdk_nag=("SNSRedrivePolicy", "SQSRedrivePolicy"), cwe=("CWE-778",))


@rule("LWR021", "undelivered-messages", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("73",))
def undelivered_messages(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Queues and subscriptions that feed functions and have no dead-letter queue."""
    yield from _queues(analysis)
    yield from _subscriptions(analysis)


def _queues(analysis: Analysis) -> Iterator[Found | Doubt]:
    sources = {mapping.source.target for mapping in analysis.estate.all(EventSourceMapping) if mapping.source}
    for queue in analysis.estate.all(Queue):
        if queue.id in sources:
            message = f"messages of {queue.shown} that its function fails on are lost when they expire"
            found = Found(record=queue, place=queue.place("RedrivePolicy"), message=message)
            yield from answer(absent(queue.redrive), found, f"has {queue.shown} a dead-letter queue?")


def _subscriptions(analysis: Analysis) -> Iterator[Found | Doubt]:
    for subscription in analysis.estate.all(Subscription):
        function = function_of(analysis.estate, subscription.endpoint)
        if function:
            found = Found(
                record=subscription,
                place=subscription.place("RedrivePolicy"),
                message=f"messages that can't be delivered to {function.shown} are dropped",
                functions=(str(function.id),),
            )
            question = f"has {subscription.shown} a dead-letter queue?"
            yield from answer(unlinked(subscription.dead_letter), found, question)
