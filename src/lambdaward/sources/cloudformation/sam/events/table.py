"""Which function lowers which type of event."""

from __future__ import annotations

from collections.abc import Callable

from lambdaward.sources.cloudformation.node import Entry
from lambdaward.sources.cloudformation.sam.api.implicit import HTTP
from lambdaward.sources.cloudformation.sam.events import polled, pushed, schedules
from lambdaward.sources.cloudformation.sam.events.api import DEFAULT, lower_api_event, lower_http_event
from lambdaward.sources.cloudformation.sam.events.buckets import lower_bucket
from lambdaward.sources.cloudformation.sam.events.event import Event, Subject, event, step_for
from lambdaward.sources.cloudformation.sam.events.topics import lower_topic
from lambdaward.sources.cloudformation.sam.reading import dig, entries, text
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.stack import Stack

Lower = Callable[[Stack, Subject, Event], None]
TABLE: dict[str, Lower] = {
    "AlexaSkill": pushed.lower_skill,
    "Api": lower_api_event,
    "CloudWatchEvent": schedules.lower_rule,
    "CloudWatchLogs": pushed.lower_logs,
    "Cognito": pushed.lower_user_pool,
    "EventBridgeRule": schedules.lower_rule,
    "HttpApi": lower_http_event,
    "IoTRule": pushed.lower_iot,
    "S3": lower_bucket,
    "SNS": lower_topic,
    "Schedule": schedules.lower_schedule,
    "ScheduleV2": schedules.lower_scheduler,
    **dict.fromkeys(polled.SOURCES, polled.lower_mapping),
}


def lower_events(stack: Stack, owner: Resource, subject: Subject) -> None:
    """Lower each event of a function. An event of an unknown type is a problem."""
    for name, entry in sorted(entries(owner.get("Events")).items(), key=_order):
        found = event(owner, name, entry)
        lower = step_for(stack, found, TABLE)
        if lower is not None:
            lower(stack, subject, found)


def _order(named: tuple[str, Entry]) -> str:
    """Routes by their path, so that a default route comes before those that it covers."""
    name, entry = named
    kind, path = text(dig(entry.value, "Type")), text(dig(entry.value, "Properties", "Path"))
    return path or (DEFAULT if kind == HTTP else name)
