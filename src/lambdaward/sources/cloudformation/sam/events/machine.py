"""Events of a state machine: each starts an execution, with a role of its own that may do just that."""

from __future__ import annotations

from collections.abc import Callable

from lambdaward.sources.cloudformation.sam.api.document import INTEGRATION, method_key
from lambdaward.sources.cloudformation.sam.api.implicit import REST, api_of
from lambdaward.sources.cloudformation.sam.api.routes import Route, authorize_rest_route
from lambdaward.sources.cloudformation.sam.building import Draft, build, get_att, sub, when
from lambdaward.sources.cloudformation.sam.events.api import check_api, stage_suffix
from lambdaward.sources.cloudformation.sam.events.dead_letters import dead_letters
from lambdaward.sources.cloudformation.sam.events.event import Event, event, step_for
from lambdaward.sources.cloudformation.sam.events.schedules import RULE, rule_target, schedule, state
from lambdaward.sources.cloudformation.sam.reading import entries, is_true, text
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.roles import ROLE, allowing, trust
from lambdaward.sources.cloudformation.sam.stack import Made, Stack

START = "arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution"
ESCAPED = "$util.escapeJavaScript($input.json('$'))"
UNESCAPED = ESCAPED + r""".replaceAll("\\'","'")"""
TARGET = "StepFunctionsTarget"
Lower = Callable[[Stack, Resource, Event, str], None]


def lower_machine_events(stack: Stack, machine: Resource, target: str) -> None:
    """Lower each event. `target` is the logical id of what is started: the state machine or its alias."""
    for name, entry in sorted(entries(machine.get("Events")).items()):
        found = event(machine, name, entry)
        step = step_for(stack, found, TABLE)
        if step is not None:
            step(stack, machine, found, target)


def _role(stack: Stack, machine: Resource, event: Event, which: tuple[str, str]) -> Draft:
    """A role for a service that may start the execution. `which` is the service's principal and the target."""
    principal, target = which
    name = f"{event.id}Role"
    properties: dict[str, Draft] = {
        "AssumeRolePolicyDocument": trust(principal),
        "Policies": [allowing(f"{name}StartExecutionPolicy", "states:StartExecution", {"Ref": target})],
        "PermissionsBoundary": machine.get("PermissionsBoundary"),
    }
    return get_att(stack.make(name, ROLE, properties, Made(event.at, machine.inherited)))


def _rule(stack: Stack, machine: Resource, event: Event, target: str) -> None:
    made = Made(event.at, machine.inherited)
    queue = dead_letters(stack, event, made, get_att(event.id))
    role = event.get("RoleArn") or _role(stack, machine, event, ("events.amazonaws.com", target))
    properties: dict[str, Draft] = {
        "ScheduleExpression": event.get("Schedule"),
        **event.held("Name", "Description", "EventBusName"),
        "EventPattern": event.get("Pattern"),
        "State": state(event),
        "Targets": [{**rule_target(event, {"Ref": target}, queue, TARGET), "RoleArn": role}],
    }
    if event.get("RuleName") is not None:
        properties["Name"] = event.get("RuleName")
    stack.make(event.id, RULE, properties, made)


def _scheduler(stack: Stack, machine: Resource, event: Event, target: str) -> None:
    grant = allowing(f"{event.id}StartExecutionPolicy", "states:StartExecution", {"Ref": target})
    schedule(stack, event, Made(event.at, machine.inherited), ({"Ref": target}, grant))


def _api(stack: Stack, machine: Resource, event: Event, target: str) -> None:
    """A route of a REST API that starts an execution with the request as its input."""
    role = _role(stack, machine, event, ("apigateway.amazonaws.com", target))
    api, path, method = api_of(REST, event.properties), text(event.get("Path")), method_key(text(event.get("Method")))
    check_api(stack, event, api)
    body = stack.bodies.get(api)
    if body is None or not body.managed:
        return
    if body.has_integration(path, method):
        stack.problem(
            event.at, f"{method.upper()} {path} of {api} is defined more than once", "keep one event for a route"
        )
        return
    held = build(_method(machine, event, role, target), event.at)
    if machine.condition is not None:
        held = build(when(machine.condition, held), event.at)
    body.set_method((path, method), held, event.at)
    authorize_rest_route(stack, Route(api, stage_suffix(stack, api), body, path, method, event))


def _method(machine: Resource, event: Event, role: Draft, target: str) -> Draft:
    """The method that starts an execution and answers whether that worked."""
    uri = sub(START)
    content = UNESCAPED if is_true(event.get("UnescapeMappingTemplate")) else ESCAPED
    request = f'{{"input": "{content}", "stateMachineArn": "${{{target}}}"}}'
    integration: Draft = {
        "type": "aws",
        "httpMethod": "POST",
        "uri": when(machine.condition, uri) if machine.condition is not None else uri,
        "credentials": role,
        "requestTemplates": {"application/json": sub(request)},
        "responses": {"200": {"statusCode": "200"}, "400": {"statusCode": "400"}},
    }
    return {
        INTEGRATION: integration,
        "responses": {"200": {"description": "OK"}, "400": {"description": "Bad Request"}},
    }


TABLE: dict[str, Lower] = {
    "Api": _api,
    "CloudWatchEvent": _rule,
    "EventBridgeRule": _rule,
    "Schedule": _rule,
    "ScheduleV2": _scheduler,
}
