"""DeploymentPreference: CodeDeploy shifts an alias to a new version step by step."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import ListNode, MapNode, Node
from lambdaward.sources.cloudformation.sam.building import Draft, build, get_att, sub, when
from lambdaward.sources.cloudformation.sam.facts import MANAGED_POLICY
from lambdaward.sources.cloudformation.sam.functions.alias import Published
from lambdaward.sources.cloudformation.sam.reading import (
    branches,
    dig,
    intrinsic,
    is_no_value,
    is_null,
    is_true,
    items,
    text,
)
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.roles import ROLE, trust
from lambdaward.sources.cloudformation.sam.stack import Made, Stack

APPLICATION = "ServerlessDeploymentApplication"
SERVICE_ROLE = "CodeDeployServiceRole"
PREDEFINED = frozenset(
    {
        "AllAtOnce",
        *(f"Canary10Percent{minutes}Minutes" for minutes in (5, 10, 15, 30)),
        *(f"Linear10PercentEvery{interval}" for interval in ("1Minute", "2Minutes", "3Minutes", "10Minutes")),
    }
)
ROLLBACK = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"]


def prefer(stack: Stack, function: Resource, published: Published | None) -> None:
    """Add what a function's deployment preference needs: application, service role, group, and the alias's update policy."""
    preference = function.get("DeploymentPreference")
    if not isinstance(preference, MapNode) or text(stack.known(preference.get("Enabled"))).lower() == "false":
        return
    if published is None:
        stack.problem(preference.span, f"DeploymentPreference of {function.id} needs AutoPublishAlias", "give an alias")
        return
    at = function.properties.entries["DeploymentPreference"].key_span
    condition = {"Condition": function.condition} if _passes_condition(stack, preference) else {}
    _shared(stack, preference, Made(at, {}))
    group = f"{function.id}DeploymentGroup"
    stack.make(group, "AWS::CodeDeploy::DeploymentGroup", _group(stack, preference), Made(at, condition))
    update = {
        "ApplicationName": {"Ref": APPLICATION},
        "DeploymentGroupName": {"Ref": group},
        "BeforeAllowTrafficHook": dig(preference, "Hooks", "PreTraffic"),
        "AfterAllowTrafficHook": dig(preference, "Hooks", "PostTraffic"),
    }
    stack.edit(published.alias, ("UpdatePolicy", "CodeDeployLambdaAliasUpdate"), build(update, at), at)


def _passes_condition(stack: Stack, preference: MapNode) -> bool:
    return is_true(stack.known(preference.get("PassthroughCondition")))


def _shared(stack: Stack, preference: MapNode, by: Made) -> None:
    """The application, and the role where a preference names none: one of each for all functions."""
    if APPLICATION not in stack.made:
        stack.make(APPLICATION, "AWS::CodeDeploy::Application", {"ComputePlatform": "Lambda"}, by)
    if preference.get("Role") is None and SERVICE_ROLE not in stack.made:
        policies = [f"{MANAGED_POLICY}service-role/AWSCodeDeployRoleForLambda"]
        properties: dict[str, Draft] = {
            "AssumeRolePolicyDocument": trust("codedeploy.amazonaws.com"),
            "ManagedPolicyArns": policies,
        }
        stack.make(SERVICE_ROLE, ROLE, properties, by)


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
    named = [{"Name": alarm} for alarm in items(alarms) if not is_no_value(alarm)]
    return {"Enabled": True, "Alarms": named} if named else {}
