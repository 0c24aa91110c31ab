"""AWS::Serverless::CapacityProvider: where managed instances run, with the role that operates them."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import Entry, Node
from lambdaward.sources.cloudformation.sam.building import Draft
from lambdaward.sources.cloudformation.sam.operators import operator_role, own_tags
from lambdaward.sources.cloudformation.sam.reading import dig, entries, is_null
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.stack import Made, Stack
from lambdaward.sources.cloudformation.sam.tags import tag_list

INSTANCES = {
    "Architectures": "Architectures",
    "AllowedTypes": "AllowedInstanceTypes",
    "ExcludedTypes": "ExcludedInstanceTypes",
}
METRIC = "LambdaCapacityProviderAverageCPUUtilization"
OPERATOR = "AWSLambdaManagedEC2ResourceOperator"


def lower_capacity_provider(stack: Stack, provider: Resource) -> None:
    """Replace a capacity provider."""
    instances = entries(provider.get("InstanceRequirements"))
    logging = provider.get("LoggingConfig")
    properties: dict[str, Draft] = {
        **provider.held("CapacityProviderName", "VpcConfig", "KmsKeyArn"),
        "PermissionsConfig": {"CapacityProviderOperatorRoleArn": operator_role(stack, provider, OPERATOR)},
        "Tags": own_tags(provider),
        "InstanceRequirements": {name: instances[key] for key, name in INSTANCES.items() if key in instances} or None,
        "CapacityProviderScalingConfig": _scaling(provider.get("ScalingConfig")),
        "TelemetryConfig": {"LoggingConfig": logging} if logging else None,
        "PropagateTags": _propagated(provider.get("ManagedResourceTags")),
    }
    stack.make(provider.id, "AWS::Lambda::CapacityProvider", properties, Made(provider.at, provider.kept))


def _scaling(config: Node | None) -> Draft:
    held: dict[str, Entry] = entries(config)
    if not held:
        return None
    target = dig(config, "AverageCPUUtilization")
    scaling: dict[str, Draft] = {key: held[key] for key in ("MaxVCpuCount",) if key in held}
    if target is None or is_null(target):
        return {**scaling, "ScalingMode": "Auto"}
    policy = {"PredefinedMetricType": METRIC, "TargetValue": target}
    return {**scaling, "ScalingMode": "Manual", "ScalingPolicies": [policy]}


def _propagated(config: Node | None) -> Draft:
    tags = dig(config, "Tags")
    return {"Mode": "Explicit", "ExplicitTags": tag_list(tags)} if tags is not None else None
