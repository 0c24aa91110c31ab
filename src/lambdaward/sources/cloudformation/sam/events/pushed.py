"""Sources that call a function themselves: Alexa, IoT, Cognito, CloudWatch Logs."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import Node
from lambdaward.sources.cloudformation.sam.building import Draft, get_att, sub
from lambdaward.sources.cloudformation.sam.events.event import Event, Subject, by, permit
from lambdaward.sources.cloudformation.sam.reading import dig, is_set, items, text
from lambdaward.sources.cloudformation.sam.stack import Made, Stack

IOT_RULE = "arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:rule/${RuleName}"
LOG_GROUP = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${__LogGroupName__}:*"


def lower_skill(stack: Stack, subject: Subject, event: Event) -> None:
    """AlexaSkill: Alexa may call the function, for one skill when its id is given."""
    token = {"EventSourceToken": event.get("SkillId")}
    permit(stack, subject, event, {"Principal": "alexa-appkit.amazon.com", **token})


def lower_iot(stack: Stack, subject: Subject, event: Event) -> None:
    """IoTRule: a topic rule that calls the function."""
    version = event.get("AwsIotSqlVersion")
    payload = {
        "Sql": event.get("Sql"),
        "RuleDisabled": False,
        "Actions": [{"Lambda": {"FunctionArn": subject.arn}}],
        "AwsIotSqlVersion": version if is_set(version) else None,
    }
    stack.make(event.id, "AWS::IoT::TopicRule", {"TopicRulePayload": payload}, by(subject, event))
    source = {"SourceArn": sub(IOT_RULE, RuleName={"Ref": event.id}), "SourceAccount": sub("${AWS::AccountId}")}
    permit(stack, subject, event, {"Principal": "iot.amazonaws.com", **source})


def lower_logs(stack: Stack, subject: Subject, event: Event) -> None:
    """CloudWatchLogs: a subscription filter that sends log events to the function."""
    group = event.get("LogGroupName")
    arn = sub(LOG_GROUP, __LogGroupName__=group)
    permission = permit(stack, subject, event, {"Principal": "logs.amazonaws.com", "SourceArn": arn})
    properties = {**event.held("LogGroupName", "FilterPattern"), "DestinationArn": subject.arn}
    made = Made(event.at, {**subject.owner.inherited, "DependsOn": [permission]})
    stack.make(event.id, "AWS::Logs::SubscriptionFilter", properties, made)


def lower_user_pool(stack: Stack, subject: Subject, event: Event) -> None:
    """Cognito: triggers of a user pool of the same template."""
    pool = text(dig(event.get("UserPool"), "Ref"))
    if pool not in stack.made:
        remedy = "name a user pool of the same template with Ref"
        stack.problem(event.at, f"Cognito event {event.id} names no user pool of this template", remedy)
        return
    permission = f"{subject.id}CognitoPermission"
    if permission not in stack.made:
        source: dict[str, Draft] = {"Principal": "cognito-idp.amazonaws.com", "SourceArn": get_att(pool)}
        permit(stack, subject, event, source, permission)
    for trigger in items(event.get("Trigger")):
        _trigger(stack, subject, (pool, trigger))


def _trigger(stack: Stack, subject: Subject, which: tuple[str, Node]) -> None:
    pool, trigger = which
    path = ("Properties", "LambdaConfig", text(trigger))
    if dig(stack.made[pool].value, *path) is not None:
        stack.problem(trigger.span, f"trigger {text(trigger)} of {pool} is set twice", "keep one of them")
        return
    stack.edit(pool, path, subject.arn, trigger.span)
