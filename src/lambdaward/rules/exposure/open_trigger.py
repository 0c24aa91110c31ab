"""Strangers may write to what triggers a function.

## What it finds

Queues, topics, buses, buckets, streams and tables that trigger a function, and whose resource policy lets everybody write to
them (high), an account that is neither own nor trusted (medium), or a service on behalf of any account (low). Buckets that
everybody may write to by their ACL count too.

## Why it matters

Who can write to the source can start the function, with any event they like. What protects the function's own policy, an
authorizer or a URL is no help: the event comes from the function's own queue.

## How to fix

Name who may write, or bind `*` and services with `aws:SourceArn`, `aws:SourceAccount` or `aws:PrincipalOrgID` in a `Condition`.

## Examples

### fires: a queue that everybody may send to

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
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: "*", Action: "sqs:SendMessage", Resource: !GetAtt Queue.Arn} # <- LWX032
```

### fires: a bucket that everybody may write to, and a topic for another account

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Uploads:
    Type: AWS::S3::Bucket
    Properties:
      AccessControl: PublicReadWrite # <- LWX032
      PublicAccessBlockConfiguration: {BlockPublicAcls: false, IgnorePublicAcls: false}
      OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}
      NotificationConfiguration:
        LambdaConfigurations: [{Event: "s3:ObjectCreated:*", Function: !GetAtt Orders.Arn}]
  Topic:
    Type: AWS::SNS::Topic
  FromTopic:
    Type: AWS::SNS::Subscription
    Properties: {TopicArn: !Ref Topic, Protocol: lambda, Endpoint: !GetAtt Orders.Arn}
  Policy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref Topic]
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {AWS: arn:aws:iam::210987654321:root} # <- LWX032
            Action: sns:Publish
            Resource: !Ref Topic
```

### silent: one organization, one source, the own account

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
  Topic:
    Type: AWS::SNS::Topic
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Service: sns.amazonaws.com}
            Action: sqs:SendMessage
            Resource: !GetAtt Queue.Arn
            Condition: {ArnEquals: {aws:SourceArn: !Ref Topic}}
          - Effect: Allow
            Principal: "*"
            Action: sqs:SendMessage
            Resource: !GetAtt Queue.Arn
            Condition: {StringEquals: {aws:PrincipalOrgID: o-a1b2c3d4e5}}
          - Effect: Allow
            Principal: {AWS: !Ref AWS::AccountId}
            Action: sqs:*
            Resource: !GetAtt Queue.Arn
```

### unknown: a parameter names who may send

```yaml template.yaml
Parameters:
  Sender:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Queue:
    Type: AWS::SQS::Queue
  FromQueue:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Orders, EventSourceArn: !GetAtt Queue.Arn}
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {AWS: !Ref Sender} # ?- LWX032
            Action: sqs:SendMessage
            Resource: !GetAtt Queue.Arn
```

## References

- https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
- https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.exposure import Feed, written_by_all
from lambdaward.analysis.guards import Admitted
from lambdaward.catalog import service
from lambdaward.model import Bucket, No, ResourcePolicy, Verdict, all_of, any_of, show
from lambdaward.rules import Doubt, Evidence, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.arns import lets_stranger
from lambdaward.rules.exposure.proof import called, functions

STANDARDS = Standards(
    owasp_serverless=("A1", "A5"),
    cwe=("CWE-284", "CWE-346"),
    mitre_attack=("T1190", "T1199"),
    cfn_nag=("F14", "F16", "F18", "F21"),
)


Weight = tuple[Severity, str]
EVERYBODY: Weight = (Severity.HIGH, "everybody may write")
STRANGER: Weight = (Severity.MEDIUM, "one account may write, not everybody")
SERVICE: Weight = (Severity.LOW, "strangers get there by way of the service only")


@rule("LWX032", "open-trigger", Severity.HIGH, standards=STANDARDS, posture=("n5",))
def open_trigger(analysis: Analysis) -> Iterator[Found | Doubt]:
    """What triggers functions and lets strangers write to it."""
    for feed in analysis.exposure.feeds:
        if bucket := analysis.estate.get(Bucket, feed.source):
            yield from _by_acl(analysis, feed, bucket)
        for admitted in analysis.guards.admitted(feed.source):
            yield from _admitted(analysis, feed, admitted)


def _by_acl(analysis: Analysis, feed: Feed, bucket: Bucket) -> Iterator[Found | Doubt]:
    found = Found(
        record=bucket,
        place=bucket.place("AccessControl"),
        message=f"everybody may write to {feed.shown}, which starts {called(analysis, feed.trigger.link)}",
        evidence=(Evidence(feed.trigger.shown, feed.trigger.place),),
        functions=functions(analysis, feed.trigger.link),
    )
    yield from answer(written_by_all(bucket), found, f"may everybody write to {feed.shown}?")


def _admitted(analysis: Analysis, feed: Feed, admitted: Admitted) -> Iterator[Found | Doubt]:
    """The worst that a statement's principal means: everybody, a service for anybody, or a stranger."""
    policy = analysis.estate.get(ResourcePolicy, admitted.place.resource)
    name = called(analysis, feed.trigger.link)
    reading = next((reading for reading in _readings(analysis, feed, admitted) if not isinstance(reading[2], No)), None)
    if policy is None or reading is None:
        return
    (severity, because), whom, verdict = reading
    found = Found(
        record=policy,
        place=admitted.place,
        message=f"{admitted.stated.shown} lets {whom} write to {feed.shown}, which starts {name}",
        severity=severity,
        because=(because,),
        evidence=(Evidence(feed.trigger.shown, feed.trigger.place),),
        key=admitted.key,
        functions=functions(analysis, feed.trigger.link),
    )
    yield from answer(verdict, found, f"may strangers write to {feed.shown}, which starts {name}?")


def _readings(analysis: Analysis, feed: Feed, admitted: Admitted) -> Iterator[tuple[Weight, str, Verdict]]:
    guards, value = analysis.guards, admitted.principal.value
    if admitted.everybody or not admitted.service:
        everybody = any_of(guards.everybody(admitted, action) for action in feed.actions)
        yield EVERYBODY, "everybody", all_of((everybody, feed.public))
    if admitted.service:
        known = service(admitted.service)
        whom = f"{known.service if known else admitted.service} on behalf of any account"
        yield SERVICE, whom, any_of(guards.on_behalf(admitted, action) for action in feed.actions)
    yield STRANGER, f"another account ({show(value)})", lets_stranger(analysis, admitted, feed.actions)
