"""Tags: SAM writes them as a mapping, CloudFormation mostly as a list, and SAM adds its own."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from lambdaward.sources.cloudformation.node import MapNode, Node
from lambdaward.sources.cloudformation.sam.building import Draft, build
from lambdaward.sources.cloudformation.sam.reading import entries, is_set, is_true, text
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.stack import Stack

CREATED_BY = "lambda:createdBy"
TAGGED = frozenset(
    {
        "AWS::ApiGateway::ApiKey",
        "AWS::ApiGateway::DomainName",
        "AWS::ApiGateway::DomainNameAccessAssociation",
        "AWS::ApiGateway::DomainNameV2",
        "AWS::ApiGateway::RestApi",
        "AWS::ApiGateway::Stage",
        "AWS::ApiGateway::UsagePlan",
        "AWS::CodeDeploy::Application",
        "AWS::CodeDeploy::DeploymentGroup",
        "AWS::IAM::Role",
        "AWS::IoT::TopicRule",
        "AWS::Lambda::CapacityProvider",
        "AWS::Lambda::Function",
        "AWS::Lambda::MicrovmImage",
        "AWS::Lambda::NetworkConnector",
        "AWS::SNS::Topic",
        "AWS::SQS::Queue",
        "AWS::StepFunctions::StateMachine",
    }
)


def tag_list(tags: Node | Mapping[str, Draft] | None, first: Mapping[str, Draft] | None = None) -> list[Draft]:
    """Tags as a list of keys and values; `first` come before the user's."""
    held: Mapping[str, Draft] = (
        entries(tags) if isinstance(tags, MapNode) else tags if isinstance(tags, Mapping) else {}
    )
    return [{"Key": key, "Value": value} for own in (first or {}, held) for key, value in own.items()]


def sam_tags(tags: Node | None) -> list[Draft]:
    """The user's tags behind the one that SAM adds."""
    return tag_list(tags, {CREATED_BY: "SAM"})


def propagate(stack: Stack, by: Resource, before: int) -> None:
    """Put the user's tags on everything made from a resource that asks for it with `PropagateTags`. `before` is how many
    resources there were before it."""
    tags = by.get("Tags")
    if tags is None or not is_set(tags) or not is_true(by.get("PropagateTags")):
        return
    for name in list(islice(stack.made, before, None)):
        held = stack.made[name].value
        kind = text(held.get("Type")) if isinstance(held, MapNode) else ""
        if kind in TAGGED:
            stack.edit(name, ("Properties", "Tags"), build(tag_list(tags), tags.span), tags.span)
