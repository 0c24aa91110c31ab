"""Users, groups, roles and managed policies of an account, in CloudFormation's vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from lambdaward.model import Value
from lambdaward.sources.account.answers import (
    Answer,
    Attachment,
    Boundary,
    Group,
    InlinePolicy,
    Policy,
    PolicyVersion,
    Role,
    Tag,
    User,
)
from lambdaward.sources.account.found import Found, document_of, resource


def identities(answer: Answer) -> Iterator[Callable[[], Found]]:
    """Every identity and managed policy, each to be read by itself, so that one that is broken loses no other."""
    groups = {group.group_name: group.arn for group in answer.group_detail_list}
    yield from (partial(_user, user, groups) for user in answer.user_detail_list)
    yield from (partial(_group, group) for group in answer.group_detail_list)
    yield from (partial(_role, role) for role in answer.role_detail_list)
    yield from (partial(_policy, policy) for policy in answer.policies)


def _user(user: User, groups: Mapping[str, str]) -> Found:
    properties: dict[str, Value] = {
        "UserName": user.user_name,
        "Path": user.path,
        "Policies": _inline(user.user_policy_list),
        "ManagedPolicyArns": _attached(user.attached_managed_policies),
        "Groups": tuple(groups.get(name, name) for name in user.group_list),
        "PermissionsBoundary": _boundary(user.permissions_boundary),
        "Tags": _tags(user.tags),
    }
    return resource(user.arn, "AWS::IAM::User", properties)


def _group(group: Group) -> Found:
    properties: dict[str, Value] = {
        "GroupName": group.group_name,
        "Path": group.path,
        "Policies": _inline(group.group_policy_list),
        "ManagedPolicyArns": _attached(group.attached_managed_policies),
    }
    return resource(group.arn, "AWS::IAM::Group", properties)


def _role(role: Role) -> Found:
    properties: dict[str, Value] = {
        "RoleName": role.role_name,
        "Path": role.path,
        "AssumeRolePolicyDocument": document_of(role.assume_role_policy_document),
        "Policies": _inline(role.role_policy_list),
        "ManagedPolicyArns": _attached(role.attached_managed_policies),
        "PermissionsBoundary": _boundary(role.permissions_boundary),
        "Tags": _tags(role.tags),
    }
    return resource(role.arn, "AWS::IAM::Role", properties)


def _policy(policy: Policy) -> Found:
    """A managed policy with the document of its default version."""
    default = next(filter(_is_default, policy.policy_version_list), None)
    properties: dict[str, Value] = {
        "ManagedPolicyName": policy.policy_name,
        "Path": policy.path,
        "PolicyDocument": document_of(default.document) if default else None,
    }
    return resource(policy.arn, "AWS::IAM::ManagedPolicy", properties)


def _is_default(version: PolicyVersion) -> bool:
    return version.is_default_version


def _inline(policies: Iterable[InlinePolicy]) -> Value:
    return tuple(
        {"PolicyName": policy.policy_name, "PolicyDocument": document_of(policy.policy_document)} for policy in policies
    )


def _attached(attachments: Iterable[Attachment]) -> Value:
    return tuple(attachment.policy_arn for attachment in attachments)


def _boundary(boundary: Boundary | None) -> Value:
    return boundary.permissions_boundary_arn if boundary else None


def _tags(tags: Iterable[Tag]) -> Value:
    return tuple({"Key": tag.key, "Value": tag.value} for tag in tags)
