"""The role with which Lambda operates resources in the user's account, for capacity providers and network connectors."""

from __future__ import annotations

from lambdaward.sources.cloudformation.sam.building import Draft, get_att
from lambdaward.sources.cloudformation.sam.reading import entries, is_true
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.roles import Role, trust
from lambdaward.sources.cloudformation.sam.stack import Made, Stack
from lambdaward.sources.cloudformation.sam.tags import CREATED_BY, tag_list

LAMBDA = "lambda.amazonaws.com"


def operator_role(stack: Stack, owner: Resource, policy: str) -> Draft:
    """The ARN of the role that the user names, or of one made with one of AWS's managed policies."""
    given = owner.get("OperatorRole")
    if given is not None:
        return given
    role = Role(f"{owner.id}OperatorRole")
    role.attach({"Fn::Sub": f"arn:${{AWS::Partition}}:iam::aws:policy/{policy}"}, owner.at)
    made = Made(owner.at, owner.inherited)
    return get_att(role.make(stack, made, trust(LAMBDA), {"Tags": inherited_tags(owner)}))


def own_tags(owner: Resource) -> list[Draft]:
    """The user's tags before the one that SAM adds."""
    return tag_list({**entries(owner.get("Tags")), CREATED_BY: "SAM"})


def inherited_tags(owner: Resource) -> list[Draft]:
    """The tags of what is made for a resource: SAM's, and the user's when the resource passes them on."""
    passed = entries(owner.get("Tags")) if is_true(owner.get("PropagateTags")) else {}
    return tag_list({CREATED_BY: "SAM", **passed})
