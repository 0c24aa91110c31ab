"""S3: the bucket of the same template notifies the function."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import ListNode
from lambdaward.sources.cloudformation.sam.building import Draft, build, when
from lambdaward.sources.cloudformation.sam.events.event import Event, Subject, permit
from lambdaward.sources.cloudformation.sam.reading import dig, items, plain, text
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
    held = dig(stack.made[bucket].value, *NOTIFICATIONS)
    notified = list(items(held))
    for kind in items(event.get("Events")):
        wanted = build({"Function": subject.arn, **event.held("Filter"), "Event": kind}, event.at)
        if subject.owner.condition is not None:
            wanted = build(when(subject.owner.condition, wanted), event.at)
        if plain(wanted) not in map(plain, notified):
            notified.append(wanted)
    stack.edit(bucket, NOTIFICATIONS, ListNode(tuple(notified), held.span if held else event.at), event.at)


def _depend(stack: Stack, subject: Subject, event: Event, names: tuple[str, str]) -> None:
    """The bucket needs the permission first: by DependsOn, or by a tag where a condition decides about the permission."""
    bucket, permission = names
    path = ("Properties", "Tags") if subject.owner.condition is not None else ("DependsOn",)
    held = items(dig(stack.made[bucket].value, *path))
    wanted: Draft = permission
    if subject.owner.condition is not None:
        value = when(subject.owner.condition, {"Ref": permission}, "no dependency")
        wanted = {"Key": f"sam:ConditionalDependsOn:{permission}", "Value": value}
    stack.edit(bucket, path, build([*held, wanted], event.at), event.at)
