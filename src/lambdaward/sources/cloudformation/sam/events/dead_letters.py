"""DeadLetterConfig of rules and schedules: a queue that is named, or one that SAM makes."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import MapNode
from lambdaward.sources.cloudformation.sam.building import Draft, get_att
from lambdaward.sources.cloudformation.sam.events.event import Event
from lambdaward.sources.cloudformation.sam.reading import text
from lambdaward.sources.cloudformation.sam.roles import VERSION
from lambdaward.sources.cloudformation.sam.stack import Made, Stack


def dead_letters(stack: Stack, event: Event, made: Made, rule: Draft = None) -> Draft:
    """The ARN of an event's dead-letter queue, `None` without one. A queue that SAM makes lets `rule` send to it."""
    config = event.get("DeadLetterConfig")
    if not isinstance(config, MapNode):
        return None
    if config.get("Arn") is not None:
        return config.get("Arn")
    if text(config.get("Type")) != "SQS":
        stack.problem(
            event.key("DeadLetterConfig"), f"DeadLetterConfig of {event.id} has no Arn", "give Arn, or Type: SQS"
        )
        return None
    by = Made(event.key("DeadLetterConfig"), made.attributes)
    queue = stack.make(text(config.get("QueueLogicalId")) or f"{event.id}Queue", "AWS::SQS::Queue", {}, by)
    if rule is not None:
        service = {"Service": "events.amazonaws.com"}
        policy = queue_policy(queue, service, get_att(queue), rule)
        stack.make(f"{event.id}QueuePolicy", "AWS::SQS::QueuePolicy", policy, by)
    return get_att(queue)


def queue_policy(queue: Draft, principal: Draft, arn: Draft, source: Draft) -> dict[str, Draft]:
    """A queue policy that lets a principal send on behalf of one source. A plain text as `queue` is a logical id."""
    statement = {
        "Action": "sqs:SendMessage",
        "Effect": "Allow",
        "Principal": principal,
        "Resource": arn,
        "Condition": {"ArnEquals": {"aws:SourceArn": source}},
    }
    url = {"Ref": queue} if isinstance(queue, str) else queue
    return {"PolicyDocument": {"Version": VERSION, "Statement": [statement]}, "Queues": [url]}
