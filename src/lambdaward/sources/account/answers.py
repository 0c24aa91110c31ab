"""The two answers as records: what is read of them, in the API's own names. Other fields are skipped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

Document = Mapping[str, Any] | str
"""A policy document: decoded, as the AWS CLI gives it, or URL-encoded text, as the API does."""


class InlinePolicy(Struct, frozen=True, rename="pascal"):
    """A policy inside a user, group or role."""

    policy_name: str
    policy_document: Document


class Attachment(Struct, frozen=True, rename="pascal"):
    """A managed policy that is attached."""

    policy_arn: str


class Boundary(Struct, frozen=True, rename="pascal"):
    """The managed policy that is the permissions boundary."""

    permissions_boundary_arn: str


class Tag(Struct, frozen=True, rename="pascal"):
    """A tag of a user or role."""

    key: str
    value: str


class User(Struct, frozen=True, rename="pascal"):
    """A user, with the names of its groups."""

    user_name: str
    arn: str
    path: str = "/"
    user_policy_list: tuple[InlinePolicy, ...] = ()
    attached_managed_policies: tuple[Attachment, ...] = ()
    group_list: tuple[str, ...] = ()
    permissions_boundary: Boundary | None = None
    tags: tuple[Tag, ...] = ()


class Group(Struct, frozen=True, rename="pascal"):
    """A group."""

    group_name: str
    arn: str
    path: str = "/"
    group_policy_list: tuple[InlinePolicy, ...] = ()
    attached_managed_policies: tuple[Attachment, ...] = ()


class Role(Struct, frozen=True, rename="pascal"):
    """A role."""

    role_name: str
    arn: str
    assume_role_policy_document: Document
    path: str = "/"
    role_policy_list: tuple[InlinePolicy, ...] = ()
    attached_managed_policies: tuple[Attachment, ...] = ()
    permissions_boundary: Boundary | None = None
    tags: tuple[Tag, ...] = ()


class PolicyVersion(Struct, frozen=True, rename="pascal"):
    """A version of a managed policy."""

    document: Document
    version_id: str
    is_default_version: bool = False


class Policy(Struct, frozen=True, rename="pascal"):
    """A managed policy, AWS's own included where they are attached."""

    policy_name: str
    arn: str
    path: str = "/"
    policy_version_list: tuple[PolicyVersion, ...] = ()


class Answer(Struct, frozen=True, rename="pascal"):
    """One file: the account's identities, or its functions, or both. Functions are kept raw: most of their fields are
    CloudFormation's properties."""

    user_detail_list: tuple[User, ...] = ()
    group_detail_list: tuple[Group, ...] = ()
    role_detail_list: tuple[Role, ...] = ()
    policies: tuple[Policy, ...] = ()
    functions: tuple[dict[str, Any], ...] = ()
