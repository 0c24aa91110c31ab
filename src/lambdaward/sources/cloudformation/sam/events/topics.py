"""SNS: a topic calls the function, or fills a queue that the function polls."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import MapNode, Node
from lambdaward.sources.cloudformation.sam.building import Draft, get_att
from lambdaward.sources.cloudformation.sam.events.dead_letters import queue_policy
from lambdaward.sources.cloudformation.sam.events.event import Event, Subject, by, permit
from lambdaward.sources.cloudformation.sam.events.polled import MAPPING, ROLES
from lambdaward.sources.cloudformation.sam.reading import is_set, target, text
from lambdaward.sources.cloudformation.sam.stack import Stack

SUBSCRIPTION = "AWS::SNS::Subscription"
BATCH = 10


def lower_topic(stack: Stack, subject: Subject, event: Event) -> None:
    """Subscribe the function, or a queue for it, to the topic."""
    through = event.get("SqsSubscription")
    if through is None or not is_set(through):
        _subscribe(stack, subject, event, ("lambda", subject.arn))
        permit(stack, subject, event, {"Principal": "sns.amazonaws.com", "SourceArn": event.get("Topic")})
        return
    queue, arn, policy = _queue(stack, subject, event, through)
    batch = through.get("BatchSize") if isinstance(through, MapNode) else None
    _subscribe(stack, subject, event, ("sqs", arn))
    stack.make(policy, "AWS::SQS::QueuePolicy", queue_policy(queue, "*", arn, event.get("Topic")), by(subject, event))
    subject.role.attach_aws(f"service-role/{ROLES['SQS']}", event.at)
    mapping = {"FunctionName": subject.name, "EventSourceArn": arn, "BatchSize": batch or BATCH, "Enabled": True}
    stack.make(f"{event.id}EventSourceMapping", MAPPING, mapping, by(subject, event))


def _queue(stack: Stack, subject: Subject, event: Event, through: Node) -> tuple[Draft, Draft, str]:
    """The queue's URL (or logical id), its ARN and its policy's logical id: the user's queue, or one made here."""
    policy = f"{event.id}QueuePolicy"
    if isinstance(through, MapNode):
        if through.get("QueueArn") is None or through.get("QueueUrl") is None:
            stack.problem(through.span, f"the queue of {event.id} is not named", "give QueueArn and QueueUrl")
        named = text(through.get("QueuePolicyLogicalId"))
        return through.get("QueueUrl") or "", through.get("QueueArn"), named or policy
    topic = stack.properties(target(event.get("Topic")))
    fifo = stack.known(topic["FifoTopic"].value) if "FifoTopic" in topic else None
    properties = {"FifoQueue": fifo} if is_set(fifo) else {}
    queue = stack.make(f"{event.id}Queue", "AWS::SQS::Queue", properties, by(subject, event))
    return queue, get_att(queue), policy


def _subscribe(stack: Stack, subject: Subject, event: Event, endpoint: tuple[str, Draft]) -> None:
    properties = {
        "Protocol": endpoint[0],
        "Endpoint": endpoint[1],
        "TopicArn": event.get("Topic"),
        **event.held("Region", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy"),
    }
    stack.make(event.id, SUBSCRIPTION, properties, by(subject, event))
