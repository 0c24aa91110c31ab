"""Rules and schedules: Schedule, ScheduleV2, CloudWatchEvent and EventBridgeRule."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import Node
from lambdaward.sources.cloudformation.sam.building import Draft, build, get_att
from lambdaward.sources.cloudformation.sam.events.dead_letters import dead_letters
from lambdaward.sources.cloudformation.sam.events.event import Event, Subject, by, permit
from lambdaward.sources.cloudformation.sam.reading import dig, is_null, is_set, is_true, text
from lambdaward.sources.cloudformation.sam.roles import ROLE, allowing, trust
from lambdaward.sources.cloudformation.sam.stack import Made, Stack

RULE = "AWS::Events::Rule"
PRINCIPAL = "events.amazonaws.com"
MAX_TARGET_ID = 64
SCHEDULE = (
    "ScheduleExpression",
    "State",
    "Description",
    "StartDate",
    "EndDate",
    "ScheduleExpressionTimezone",
    "GroupName",
    "KmsKeyArn",
)


def lower_schedule(stack: Stack, subject: Subject, event: Event) -> None:
    """Schedule: a rule that fires by the clock."""
    properties = {"ScheduleExpression": event.get("Schedule"), **event.held("Name", "Description")}
    _rule(stack, subject, event, properties)


def lower_rule(stack: Stack, subject: Subject, event: Event) -> None:
    """CloudWatchEvent and EventBridgeRule: a rule that fires on what its pattern matches."""
    names = {"EventBusName": "EventBusName", "EventPattern": "Pattern", "Name": "RuleName"}
    _rule(stack, subject, event, {name: event.get(key) for name, key in names.items()})


def _rule(stack: Stack, subject: Subject, event: Event, properties: dict[str, Draft]) -> None:
    made = by(subject, event)
    arn = get_att(event.id)
    queue = dead_letters(stack, event, made, arn)
    target = rule_target(event, subject.arn, queue, "LambdaTarget")
    stack.make(event.id, RULE, {**properties, "State": state(event), "Targets": [target]}, made)
    permit(stack, subject, event, {"Principal": PRINCIPAL, "SourceArn": arn})


def state(event: Event) -> Node | None:
    """Whether a rule is on: its State, or its Enabled as such."""
    enabled = event.get("Enabled")
    if enabled is None or is_null(enabled):
        return event.get("State")
    return build("ENABLED" if is_true(enabled) or not text(enabled) else "DISABLED", enabled.span)


def rule_target(event: Event, arn: Draft, queue: Draft, suffix: str) -> dict[str, Draft]:
    """A rule's target; its id is the user's or made of the event's id."""
    return {
        "Arn": arn,
        "Id": dig(event.get("Target"), "Id") or _target_id(event.id, suffix),
        **event.held("Input", "InputPath", "InputTransformer", "RetryPolicy"),
        "DeadLetterConfig": {"Arn": queue} if queue else None,
    }


def _target_id(name: str, suffix: str) -> str:
    return name + suffix if len(name + suffix) <= MAX_TARGET_ID else name[: MAX_TARGET_ID - len(suffix)] + suffix


def lower_scheduler(stack: Stack, subject: Subject, event: Event) -> None:
    """ScheduleV2: a schedule of EventBridge Scheduler, with a role of its own that may call the function."""
    made = by(subject, event)
    grant = allowing(f"{event.id}LambdaPolicy", "lambda:InvokeFunction", subject.arn)
    schedule(stack, event, made, (subject.arn, grant))


def schedule(stack: Stack, event: Event, made: Made, called: tuple[Draft, Draft]) -> None:
    """Add a schedule and, unless the user names one, its role. `called` is the target's ARN and the policy to call it."""
    arn, grant = called
    queue = dead_letters(stack, event, made)
    role = event.get("RoleArn") or get_att(_schedule_role(stack, event, made, [grant, *_send(event, queue)]))
    target = {
        "Arn": arn,
        "RoleArn": role,
        **event.held("Input", "RetryPolicy"),
        "DeadLetterConfig": {"Arn": queue} if queue else None,
    }
    window = event.get("FlexibleTimeWindow")
    properties = {
        **event.held(*SCHEDULE),
        "Name": None if is_true(event.get("OmitName")) else event.get("Name") or event.id,
        "FlexibleTimeWindow": window if is_set(window) else {"Mode": "OFF"},
        "Target": target,
    }
    stack.make(event.id, "AWS::Scheduler::Schedule", properties, made)


def _send(event: Event, queue: Draft) -> list[Draft]:
    return [allowing(f"{event.id}SQSPolicy", "sqs:SendMessage", queue)] if queue else []


def _schedule_role(stack: Stack, event: Event, made: Made, policies: list[Draft]) -> str:
    properties = {
        "AssumeRolePolicyDocument": trust("scheduler.amazonaws.com"),
        "Policies": policies,
        "PermissionsBoundary": event.get("PermissionsBoundary"),
    }
    return stack.make(f"{event.id}Role", ROLE, properties, made)
