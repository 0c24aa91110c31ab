"""DeploymentPreference: CodeDeploy shifts an alias to a new version step by step."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import ListNode, MapNode, Node
from lambdaward.sources.cloudformation.sam.building import Draft, build, get_att, sub, when
from lambdaward.sources.cloudformation.sam.functions.alias import Published
from lambdaward.sources.cloudformation.sam.reading import (
    branches,
    dig,
    entries,
    intrinsic,
    is_no_value,
    is_null,
    is_true,
    items,
    text,
)
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.roles import Role, trust
from lambdaward.sources.cloudformation.sam.sharing import any_of
from lambdaward.sources.cloudformation.sam.stack import Deployed, Made, Stack
from lambdaward.sources.cloudformation.sam.tags import tag_list

APPLICATION = "ServerlessDeploymentApplication"
SERVICE_ROLE = "CodeDeployServiceRole"
CONDITION = "ServerlessCodeDeployCondition"
PREDEFINED = frozenset(
    {
        "AllAtOnce",
        *(f"Canary10Percent{minutes}Minutes" for minutes in (5, 10, 15, 30)),
        *(f"Linear10PercentEvery{interval}" for interval in ("1Minute", "2Minutes", "3Minutes", "10Minutes")),
    }
)
ROLLBACK = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"]


def prefer(stack: Stack, function: Resource, published: Published | None) -> None:
    """Add a function's deployment group and its alias's update policy. What all deployments share is made at the end."""
    preference = function.get("DeploymentPreference")
    if not isinstance(preference, MapNode) or text(stack.known(preference.get("Enabled"))).lower() == "false":
        return
    if published is None:
        stack.problem(preference.span, f"DeploymentPreference of {function.id} needs AutoPublishAlias", "give an alias")
        return
    at = function.key("DeploymentPreference")
    passed = is_true(stack.known(preference.get("PassthroughCondition")))
    condition = function.condition if passed else None
    stack.deployed.append(Deployed(function, preference, condition))
    group = f"{function.id}DeploymentGroup"
    stack.make(group, "AWS::CodeDeploy::DeploymentGroup", _group(stack, preference), Made(at, {"Condition": condition}))
    update = {
        "ApplicationName": {"Ref": APPLICATION},
        "DeploymentGroupName": {"Ref": group},
        "BeforeAllowTrafficHook": dig(preference, "Hooks", "PreTraffic"),
        "AfterAllowTrafficHook": dig(preference, "Hooks", "PostTraffic"),
    }
    stack.edit(published.alias, ("UpdatePolicy", "CodeDeployLambdaAliasUpdate"), build(update, at), at)


def make_deployments(stack: Stack) -> None:
    """Add what all deployments share: the application, and the role where a preference names none."""
    if not stack.deployed:
        return
    condition = any_of(stack, CONDITION, [deployed.condition for deployed in stack.deployed])
    made = Made(stack.deployed[0].function.key("DeploymentPreference"), {"Condition": condition})
    tags: dict[str, Draft] = {}
    for deployed in stack.deployed:
        tags |= entries(deployed.function.get("Tags")) if is_true(deployed.function.get("PropagateTags")) else {}
    shared: dict[str, Draft] = {"Tags": tag_list(tags) or None}
    stack.make(APPLICATION, "AWS::CodeDeploy::Application", {"ComputePlatform": "Lambda", **shared}, made)
    if any(deployed.preference.get("Role") is None for deployed in stack.deployed):
        role = Role(SERVICE_ROLE)
        role.attach_aws("service-role/AWSCodeDeployRoleForLambda", made.at)
        role.make(stack, made, trust("codedeploy.amazonaws.com"), shared)


def _group(stack: Stack, preference: MapNode) -> dict[str, Draft]:
    kind = stack.known(preference.get("Type"))
    if kind is None:
        stack.problem(preference.span, "DeploymentPreference has no Type", "name a CodeDeploy configuration")
    return {
        "AlarmConfiguration": _alarms(preference.get("Alarms")),
        "ApplicationName": {"Ref": APPLICATION},
        "AutoRollbackConfiguration": {"Enabled": True, "Events": ROLLBACK},
        "DeploymentConfigName": kind and _config(kind),
        "DeploymentStyle": {"DeploymentType": "BLUE_GREEN", "DeploymentOption": "WITH_TRAFFIC_CONTROL"},
        "ServiceRoleArn": preference.get("Role") or get_att(SERVICE_ROLE),
        "TriggerConfigurations": preference.get("TriggerConfigurations"),
    }


def _config(kind: Node) -> Node:
    """The name of a CodeDeploy configuration: AWS's own get their prefix, inside intrinsic functions too."""
    if intrinsic(kind) and isinstance(kind, MapNode):
        held = {key: _config(value) for key, value in kind}
        return build(held, kind.span)
    if isinstance(kind, ListNode):
        return ListNode(tuple(map(_config, kind.items)), kind.span)
    if text(kind) in PREDEFINED:
        return build(sub("CodeDeployDefault.Lambda${ConfigName}", ConfigName=kind), kind.span)
    return kind


def _alarms(alarms: Node | None) -> Draft:
    if alarms is None or is_null(alarms) or is_no_value(alarms):
        return None
    parts = branches(alarms)
    if parts is not None:
        return build(when(parts[0], _alarms(parts[1]) or {}, _alarms(parts[2]) or {}), alarms.span)
    named = [{"Name": alarm} for alarm in items(alarms)]
    return {"Enabled": True, "Alarms": named} if named else {}
