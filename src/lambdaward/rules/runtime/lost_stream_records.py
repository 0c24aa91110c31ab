"""Records of a stream are lost, or block it, when the function fails.

## What it finds

Event source mappings of Kinesis, DynamoDB streams and Kafka without a destination for failures. Queues have dead-letter
queues of their own (LWR020).

## Why it matters

A batch that fails is tried until it expires, and everything behind it waits; then it is dropped. One crafted record
stops or empties the stream.

## How to fix

Set `DestinationConfig.OnFailure`, `MaximumRetryAttempts` and `BisectBatchOnFunctionError`.

## Examples

### fires: a stream without a destination

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: orders
      EventSourceArn: !GetAtt Stream.Arn # <- LWR019
  Stream:
    Type: AWS::Kinesis::Stream
    Properties: {ShardCount: 1}
```

### silent: a destination, and a queue

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: orders
      EventSourceArn: !GetAtt Stream.Arn
      DestinationConfig:
        OnFailure: {Destination: !GetAtt Queue.Arn}
  Stock:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: stock
      EventSourceArn: !GetAtt Queue.Arn
  Stream:
    Type: AWS::Kinesis::Stream
    Properties: {ShardCount: 1}
  Queue:
    Type: AWS::SQS::Queue
```

### unknown: a source that a parameter names

```yaml template.yaml
Parameters:
  Source:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: orders
      EventSourceArn: !Ref Source # ?- LWR019
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-errors.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.arns import fields
from lambdaward.model import EventSourceMapping, Link, No, Verdict, Yes, all_of, literal
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer, undecided, unlinked

STREAMS = frozenset({"kinesis", "dynamodb", "kafka"})
STREAM_TYPES = (
    "AWS::DynamoDB::Table",
    "AWS::DynamoDB::GlobalTable",
    "AWS::Kinesis::Stream",
    "AWS::Kinesis::StreamConsumer",
    "AWS::MSK::Cluster",
    "AWS::MSK::ServerlessCluster",
)


@rule(
    "LWR019",
    "lost-stream-records",
    Severity.LOW,
    kind=Kind.ADVICE,
    standards=Standards(cdk_nag=("LambdaEventSourceMappingDestination",), cwe=("CWE-778",)),
    posture=("67",),
)
def lost_stream_records(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Stream mappings without a destination for what fails."""
    for mapping in analysis.estate.all(EventSourceMapping):
        found = Found(
            record=mapping,
            place=mapping.place("EventSourceArn"),
            message=f"{mapping.shown} drops the records that its function fails on",
        )
        verdict = all_of((_is_stream(analysis, mapping), unlinked(mapping.on_failure)))
        yield from answer(verdict, found, f"are the records kept that the function of {mapping.shown} fails on?")


def _is_stream(analysis: Analysis, mapping: EventSourceMapping) -> Verdict:
    if mapping.source is None:
        return Yes() if mapping.kafka_brokers is not None else No()
    return _streams(analysis, mapping.source)


def _streams(analysis: Analysis, source: Link) -> Verdict:
    if source.target:
        return Yes() if analysis.estate.resources[source.target].type in STREAM_TYPES else No()
    arn = fields(source.value)
    service = literal(arn[2]) if arn else None
    if service is None:
        return undecided(source.value)
    return Yes() if service in STREAMS else No()
