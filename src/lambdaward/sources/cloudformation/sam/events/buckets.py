"""S3: the bucket of the same template notifies the function."""

from __future__ import annotations

from lambdaward.sources.cloudformation.sam.building import Draft, build, when
from lambdaward.sources.cloudformation.sam.events.event import Event, Subject, permit
from lambdaward.sources.cloudformation.sam.reading import canonical, dig, items, text
from lambdaward.sources.cloudformation.sam.stack import Stack

NOTIFICATIONS = ("Properties", "NotificationConfiguration", "LambdaConfigurations")


def lower_bucket(stack: Stack, subject: Subject, event: Event) -> None:
    """Let S3 call the function, and make the bucket notify it."""
    granted: dict[str, Draft] = {"Principal": "s3.amazonaws.com", "SourceAccount": {"Ref": "AWS::AccountId"}}
    permission = permit(stack, subject, event, granted)
    bucket = text(dig(event.get("Bucket"), "Ref"))
    if bucket not in stack.made:
        remedy = "name a bucket of the same template with Ref"
        stack.problem(event.at, f"S3 event {event.id} names no bucket of this template", remedy)
        return
    _depend(stack, subject, event, (bucket, permission))
    if bucket not in stack.notified:
        stack.notified[bucket] = set(map(canonical, items(dig(stack.made[bucket].value, *NOTIFICATIONS))))
    for kind in items(event.get("Events")):
        wanted = build({"Function": subject.arn, **event.held("Filter"), "Event": kind}, event.at)
        if subject.owner.condition is not None:
            wanted = build(when(subject.owner.condition, wanted), event.at)
        if canonical(wanted) not in stack.notified[bucket]:
            stack.append(bucket, NOTIFICATIONS, wanted, event.at)
        stack.notified[bucket].add(canonical(wanted))


def _depend(stack: Stack, subject: Subject, event: Event, names: tuple[str, str]) -> None:
    """The bucket needs the permission first: by DependsOn, or by a tag where a condition decides about the permission."""
    bucket, permission = names
    path = ("Properties", "Tags") if subject.owner.condition is not None else ("DependsOn",)
    wanted: Draft = permission
    if subject.owner.condition is not None:
        value = when(subject.owner.condition, {"Ref": permission}, "no dependency")
        wanted = {"Key": f"sam:ConditionalDependsOn:{permission}", "Value": value}
    stack.append(bucket, path, wanted, event.at)
