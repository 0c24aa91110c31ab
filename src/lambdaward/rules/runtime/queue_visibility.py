"""A queue shows a message again while the function still works on it.

## What it finds

Queues whose visibility timeout is shorter than the timeout of the function that an event source mapping feeds from
them. The defaults count: 30 seconds for a queue, 3 seconds for a function.

## Why it matters

Lambda refuses such a mapping when it is created. Where it exists because one of the two was changed later, a message is
processed twice: orders are placed twice, money is moved twice.

## How to fix

Set the queue's `VisibilityTimeout` to at least six times the function's `Timeout`, as AWS advises.

## Examples

### fires: a slow function behind a queue with the default

```yaml template.yaml
Resources:
  Queue: # <- LWR020
    Type: AWS::SQS::Queue
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Timeout: 60}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Orders
      EventSourceArn: !GetAtt Queue.Arn
```

### silent: long enough

```yaml template.yaml
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {VisibilityTimeout: 360}
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Timeout: 60}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Orders
      EventSourceArn: !GetAtt Queue.Arn
```

### unknown: a parameter gives the timeout

```yaml template.yaml
Parameters:
  Seconds:
    Type: Number
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {VisibilityTimeout: 60} # ?- LWR020
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Timeout: !Ref Seconds}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Orders
      EventSourceArn: !GetAtt Queue.Arn
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import EventSourceMapping, Function, No, NumberValue, Queue, Value, Verdict, Yes, show
from lambdaward.rules import Doubt, Evidence, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer, judge, undecided
from lambdaward.rules.reaching import function_of

QUEUE_DEFAULT = 30
FUNCTION_DEFAULT = 3
STANDARDS = Standards(cfn_lint=("E3505",), cdk_nag=("LambdaEventSourceSQSVisibilityTimeout",))


@rule("LWR020", "queue-visibility", Severity.LOW, standards=STANDARDS, posture=("72",))
def queue_visibility(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Queues that show a message again before their function must be done with it."""
    for mapping in analysis.estate.all(EventSourceMapping):
        queue = analysis.estate.follow(Queue, mapping.source)
        function = function_of(analysis.estate, mapping.function)
        if queue and function:
            yield from _compare(queue, function)


def _compare(queue: Queue, function: Function) -> Iterator[Found | Doubt]:
    visible = _or(queue.visibility_timeout, QUEUE_DEFAULT)
    timeout = _or(function.timeout, FUNCTION_DEFAULT)
    found = Found(
        record=queue,
        place=queue.place("VisibilityTimeout"),
        message=f"{queue.shown} shows messages again after {show(visible)} s; {function.shown} may take {show(timeout)} s",
        evidence=(Evidence(f"the timeout of {function.shown}", function.place("Timeout")),),
        key=function.id.name,
        functions=(str(function.id),),
    )
    verdict = judge(visible, lambda seconds: judge(timeout, lambda limit: _shorter(seconds, limit)))
    yield from answer(verdict, found, f"does {queue.shown} wait for {function.shown}?")


def _or(value: NumberValue, default: int) -> Value:
    return default if value is None else value


def _shorter(visible: Value, timeout: Value) -> Verdict:
    for value in (visible, timeout):
        if not isinstance(value, (int, float)):
            return undecided(value)
    return Yes() if visible < timeout else No()  # type: ignore[operator]
