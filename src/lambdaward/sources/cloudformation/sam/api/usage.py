"""Auth.UsagePlan of a REST API: a usage plan with a key, of its own or shared by all APIs."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import MapNode
from lambdaward.sources.cloudformation.sam.building import Draft
from lambdaward.sources.cloudformation.sam.reading import dig, text
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.stack import Made, Stack

PLAN, KEY, PLAN_KEY = "AWS::ApiGateway::UsagePlan", "AWS::ApiGateway::ApiKey", "AWS::ApiGateway::UsagePlanKey"
SAME = ("UsagePlanName", "Description", "Quota", "Tags", "Throttle")


def lower_usage_plan(stack: Stack, api: Resource, stage: str) -> None:
    """Add an API's usage plan, API key, and the link of both."""
    config = dig(stack.known(api.get("Auth")), "UsagePlan")
    if not isinstance(config, MapNode):
        return
    kind = text(stack.known(config.get("CreateUsagePlan")))
    if kind not in ("PER_API", "SHARED", "NONE"):
        stack.problem(
            api.key("Auth", "UsagePlan"),
            f"the usage plan of {api.id} has no CreateUsagePlan",
            "give PER_API, SHARED or NONE",
        )
    elif kind != "NONE":
        _plan(stack, api, (config, stage), "Serverless" if kind == "SHARED" else api.id)


def _plan(stack: Stack, api: Resource, which: tuple[MapNode, str], prefix: str) -> None:
    config, stage = which
    plan, key, link = f"{prefix}UsagePlan", f"{prefix}ApiKey", f"{prefix}UsagePlanKey"
    stack.references |= {f"{api.id}.UsagePlan": plan, f"{api.id}.ApiKey": key, f"{api.id}.UsagePlanKey": link}
    stages: Draft = {"ApiId": {"Ref": api.id}, "Stage": {"Ref": stage}}
    keys: Draft = {"RestApiId": {"Ref": api.id}, "StageName": {"Ref": stage}}
    if plan in stack.made:
        _extend(stack, api, {(plan, "ApiStages"): stages, (key, "StageKeys"): keys, (plan, ""): api.id})
        return
    held = {name: config.entries[name] for name in SAME if name in config.entries}
    made: list[tuple[str, str, dict[str, Draft], list[str]]] = [
        (plan, PLAN, {"ApiStages": [stages], **held}, [api.id]),
        (key, KEY, {"Enabled": True, "StageKeys": [keys]}, [plan]),
        (link, PLAN_KEY, {"KeyId": {"Ref": key}, "KeyType": "API_KEY", "UsagePlanId": {"Ref": plan}}, [key]),
    ]
    for name, kind, properties, depends in made:
        stack.make(name, kind, properties, Made(api.key("Auth", "UsagePlan"), {**api.inherited, "DependsOn": depends}))


def _extend(stack: Stack, api: Resource, added: dict[tuple[str, str], Draft]) -> None:
    """Add another API to the shared plan."""
    for (name, key), value in added.items():
        path = ("Properties", key) if key else ("DependsOn",)
        stack.append(name, path, value, api.key("Auth", "UsagePlan"))
