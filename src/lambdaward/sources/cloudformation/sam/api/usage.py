"""Auth.UsagePlan of a REST API: a usage plan with a key, of its own or shared by several APIs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lambdaward.sources.cloudformation.node import MapNode
from lambdaward.sources.cloudformation.sam.building import Draft
from lambdaward.sources.cloudformation.sam.reading import dig, entries, is_true, text
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.sharing import any_of, strictest
from lambdaward.sources.cloudformation.sam.stack import Made, Stack
from lambdaward.sources.cloudformation.sam.tags import tag_list

PLAN, KEY, PLAN_KEY = "AWS::ApiGateway::UsagePlan", "AWS::ApiGateway::ApiKey", "AWS::ApiGateway::UsagePlanKey"
SAME = ("UsagePlanName", "Description", "Quota", "Tags", "Throttle")
CONDITION = "SharedUsagePlanCondition"


def lower_usage_plan(stack: Stack, api: Resource, stage: str) -> None:
    """Add an API's usage plan, API key, and the link of both. A shared plan is made at the end."""
    config = dig(stack.known(api.get("Auth")), "UsagePlan")
    if not isinstance(config, MapNode):
        return
    kind = text(stack.known(config.get("CreateUsagePlan")))
    if kind == "SHARED":
        stack.sharing.append((api, stage))
    elif kind == "PER_API":
        _plan(stack, api.id, [(api, stage)], api.inherited)
    elif kind != "NONE":
        message = f"the usage plan of {api.id} has no CreateUsagePlan"
        stack.problem(api.key("Auth", "UsagePlan"), message, "give PER_API, SHARED or NONE")


def make_shared_plan(stack: Stack) -> None:
    """Add the plan that several APIs share. It is there when one of them is, and kept as well as any of them."""
    apis = [api for api, _ in stack.sharing]
    if apis:
        attributes = {
            "Condition": any_of(stack, CONDITION, [api.condition for api in apis]),
            "DeletionPolicy": strictest([api.node.get("DeletionPolicy") for api in apis]),
            "UpdateReplacePolicy": strictest([api.node.get("UpdateReplacePolicy") for api in apis]),
        }
        _plan(stack, "Serverless", stack.sharing, attributes)


def _plan(stack: Stack, prefix: str, users: Sequence[tuple[Resource, str]], attributes: Mapping[str, Draft]) -> None:
    """Add a plan for some APIs and their stages; its settings are those of the last one."""
    plan, key, link = f"{prefix}UsagePlan", f"{prefix}ApiKey", f"{prefix}UsagePlanKey"
    for api, _ in users:
        stack.references |= {f"{api.id}.UsagePlan": plan, f"{api.id}.ApiKey": key, f"{api.id}.UsagePlanKey": link}
    last = users[-1][0]
    config = entries(dig(stack.known(last.get("Auth")), "UsagePlan"))
    tags = tag_list(last.get("Tags")) if is_true(last.get("PropagateTags")) else None
    passed: dict[str, Draft] = {"Tags": tags} if tags else {}
    stages: list[Draft] = [{"ApiId": {"Ref": api.id}, "Stage": {"Ref": stage}} for api, stage in users]
    keys: list[Draft] = [{"RestApiId": {"Ref": api.id}, "StageName": {"Ref": stage}} for api, stage in users]
    held: dict[str, Draft] = {name: config[name] for name in SAME if name in config}
    made: list[tuple[str, str, dict[str, Draft], list[str]]] = [
        (plan, PLAN, {"ApiStages": stages, **held, **passed}, [api.id for api, _ in users]),
        (key, KEY, {"Enabled": True, "StageKeys": keys, **passed}, [plan]),
        (link, PLAN_KEY, {"KeyId": {"Ref": key}, "KeyType": "API_KEY", "UsagePlanId": {"Ref": plan}}, [key]),
    ]
    for name, kind, properties, depends in made:
        at = users[0][0].key("Auth", "UsagePlan")
        stack.make(name, kind, properties, Made(at, {**attributes, "DependsOn": depends}))
