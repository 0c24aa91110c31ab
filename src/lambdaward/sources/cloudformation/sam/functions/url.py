"""FunctionUrlConfig: the URL, and with `AuthType: NONE` the two permissions that let anybody call it."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import MapNode, Node
from lambdaward.sources.cloudformation.sam.building import Draft
from lambdaward.sources.cloudformation.sam.functions.alias import Published
from lambdaward.sources.cloudformation.sam.reading import branches, is_null, text
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.stack import Made, Stack

PERMISSION = "AWS::Lambda::Permission"


def lower_url(stack: Stack, function: Resource, published: Published | None) -> None:
    """Add a function's URL and its public permissions."""
    config = function.get("FunctionUrlConfig")
    if config is None or is_null(config):
        return
    if not isinstance(config, MapNode) or branches(config) is not None:
        remedy = "put Fn::If inside FunctionUrlConfig, not around it"
        stack.problem(config.span, f"the URL of {function.id} depends on a condition", remedy)
        return
    called: Draft = {"Ref": published.alias if published else function.id}
    by = Made(function.key("FunctionUrlConfig"), function.inherited)
    held: dict[str, Draft] = {
        key: config.entries[key] for key in ("AuthType", "Cors", "InvokeMode") if key in config.entries
    }
    stack.make(f"{function.id}Url", "AWS::Lambda::Url", {**held, "TargetFunctionArn": called}, by)
    if text(config.get("AuthType")) == "NONE":
        _open(stack, function, called, config.entries["AuthType"].value)


def _open(stack: Stack, function: Resource, called: Draft, authorization: Node) -> None:
    by = Made(authorization.span, function.inherited)
    shared = {"FunctionName": called, "Principal": "*"}
    url = {"Action": "lambda:InvokeFunctionUrl", **shared, "FunctionUrlAuthType": authorization}
    stack.make(f"{function.id}UrlPublicPermissions", PERMISSION, url, by)
    invoke = {"Action": "lambda:InvokeFunction", **shared, "InvokedViaFunctionUrl": True}
    stack.make(f"{function.id}URLInvokeAllowPublicAccess", PERMISSION, invoke, by)
