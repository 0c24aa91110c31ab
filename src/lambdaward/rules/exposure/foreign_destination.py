"""What a function was given, or what it made of it, goes to somebody else's account.

## What it finds

Destinations of asynchronous invocations and of event source mappings, and dead-letter queues, in an account that is neither
the stack's own nor a trusted one (the setting `trusted-accounts`).

## Why it matters

A destination gets the whole event, and on success the function's result with it. It needs no code, leaves no trace in the
function's log, and keeps working through every deployment: a quiet way to take data out.

## How to fix

Send results to a queue, topic, bus or bucket of your own, or name the account as trusted.

## Examples

### fires: results for another account

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Results:
    Type: AWS::Lambda::EventInvokeConfig
    Properties:
      FunctionName: !Ref Orders
      Qualifier: $LATEST
      DestinationConfig:
        OnSuccess:
          Destination: arn:aws:sqs:eu-west-1:210987654321:results # <- LWX023
```

### silent: a queue of the same account

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      DeadLetterConfig: {TargetArn: !Sub "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:failed"}
  Queue:
    Type: AWS::SQS::Queue
  Results:
    Type: AWS::Lambda::EventInvokeConfig
    Properties:
      FunctionName: !Ref Orders
      Qualifier: $LATEST
      DestinationConfig: {OnSuccess: {Destination: !GetAtt Queue.Arn}}
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
  Results:
    Type: AWS::Lambda::EventInvokeConfig
    Properties:
      FunctionName: !Ref Orders
      Qualifier: $LATEST
      DestinationConfig:
        OnFailure:
          Destination: !Ref Queue # ?- LWX023
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
"""

from collections.abc import Iterator

from msgspec import Struct

from lambdaward.analysis import Analysis
from lambdaward.model import EventInvokeConfig, EventSourceMapping, Function, Link, Place, Record, show
from lambdaward.rules import Confidence, Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer, judge
from lambdaward.rules.arns import foreign
from lambdaward.rules.exposure.proof import called, functions

STANDARDS = Standards(owasp_serverless=("A3",), cwe=("CWE-200",), mitre_attack=("T1537",))


class Sent(Struct, frozen=True):
    """Something that leaves a function: what declares it, what it is, where it goes, and where that is written."""

    record: Record
    what: str
    to: Link | None
    place: Place
    function: Link | None


@rule("LWX023", "foreign-destination", Severity.MEDIUM, Confidence.MEDIUM, standards=STANDARDS, posture=("33", "n6"))
def foreign_destination(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Destinations and dead-letter queues in accounts that are neither own nor trusted."""
    for sent in _sent(analysis):
        if sent.to is None or sent.to.target is not None:
            continue
        to, name = sent.to.value, called(analysis, sent.function)
        found = Found(
            record=sent.record,
            place=sent.place,
            message=f"{sent.what} of {name} go to another account: {show(to)}",
            key=str(sent.place.path),
            functions=functions(analysis, sent.function),
        )
        verdict = judge(to, lambda option: foreign(analysis, option))
        yield from answer(verdict, found, f"whose is {show(to)}, where {sent.what.lower()} of {name} go?")


def _sent(analysis: Analysis) -> Iterator[Sent]:
    for config in analysis.estate.all(EventInvokeConfig):
        for word, link in (("OnSuccess", config.on_success), ("OnFailure", config.on_failure)):
            what = "results" if word == "OnSuccess" else "failed events"
            yield Sent(config, what, link, config.place("DestinationConfig", word, "Destination"), config.function)
    for mapping in analysis.estate.all(EventSourceMapping):
        place = mapping.place("DestinationConfig", "OnFailure", "Destination")
        yield Sent(mapping, "failed records", mapping.on_failure, place, mapping.function)
    for function in analysis.estate.all(Function):
        place = function.place("DeadLetterConfig", "TargetArn")
        yield Sent(function, "failed events", function.dead_letter, place, Link(None, function.id))
