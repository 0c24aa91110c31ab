"""Roles, users, groups and policies, with documents as written; `iam/` parses them."""

from typing import Annotated, ClassVar

from lambdaward.model.fields import Blocks, Items, Link, LinksTo, LinkTo, Prop
from lambdaward.model.record import BlockRecord, Record
from lambdaward.model.values import TextValue, Value

MANAGED_POLICY = "AWS::IAM::ManagedPolicy"
ANY_PRINCIPAL = ("AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group")


class InlinePolicy(BlockRecord, frozen=True):
    """A policy written inside a role, user or group."""

    name: Annotated[TextValue, Prop("PolicyName", "text")] = None
    document: Annotated[Value, Prop("PolicyDocument")] = None


class Role(Record, frozen=True, kw_only=True):
    """An IAM role."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::IAM::Role",)

    name: Annotated[TextValue, Prop("RoleName", "text")] = None
    path: Annotated[TextValue, Prop("Path", "text")] = None
    trust: Annotated[Value, Prop("AssumeRolePolicyDocument")] = None
    inline: Annotated[tuple[InlinePolicy, ...], Blocks("Policies", InlinePolicy)] = ()
    managed: Annotated[tuple[Link, ...], LinksTo("ManagedPolicyArns", (MANAGED_POLICY,))] = ()
    boundary: Annotated[Link | None, LinkTo("PermissionsBoundary", (MANAGED_POLICY,))] = None


class User(Record, frozen=True, kw_only=True):
    """An IAM user."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::IAM::User",)

    name: Annotated[TextValue, Prop("UserName", "text")] = None
    inline: Annotated[tuple[InlinePolicy, ...], Blocks("Policies", InlinePolicy)] = ()
    managed: Annotated[tuple[Link, ...], LinksTo("ManagedPolicyArns", (MANAGED_POLICY,))] = ()
    groups: Annotated[tuple[Link, ...], LinksTo("Groups", ("AWS::IAM::Group",))] = ()
    boundary: Annotated[Link | None, LinkTo("PermissionsBoundary", (MANAGED_POLICY,))] = None


class Group(Record, frozen=True, kw_only=True):
    """An IAM group."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::IAM::Group",)

    name: Annotated[TextValue, Prop("GroupName", "text")] = None
    inline: Annotated[tuple[InlinePolicy, ...], Blocks("Policies", InlinePolicy)] = ()
    managed: Annotated[tuple[Link, ...], LinksTo("ManagedPolicyArns", (MANAGED_POLICY,))] = ()


class AttachedPolicy(Record, frozen=True, kw_only=True):
    """An inline policy (`AWS::IAM::Policy` and its per-principal forms) or a managed policy, declared apart from whom it
    is attached to."""

    TYPES: ClassVar[tuple[str, ...]] = (
        "AWS::IAM::Policy",
        MANAGED_POLICY,
        "AWS::IAM::RolePolicy",
        "AWS::IAM::UserPolicy",
        "AWS::IAM::GroupPolicy",
    )

    name: Annotated[TextValue, Prop("PolicyName|ManagedPolicyName", "text")] = None
    document: Annotated[Value, Prop("PolicyDocument")] = None
    roles: Annotated[tuple[Link, ...], LinksTo("Roles|RoleName", ("AWS::IAM::Role",))] = ()
    users: Annotated[tuple[Link, ...], LinksTo("Users|UserName", ("AWS::IAM::User",))] = ()
    groups: Annotated[tuple[Link, ...], LinksTo("Groups|GroupName", ("AWS::IAM::Group",))] = ()


class ResourcePolicy(Record, frozen=True, kw_only=True):
    """A resource policy document, on whichever resource it is: bucket, queue, topic, secret, key, table, bus, repository,
    API, or a Lambda function's whole document. `TYPES` names the resources that are nothing but a policy; policies that are
    a property of their resource are read by the sources into this record as well, with `subject` linking to the resource."""

    TYPES: ClassVar[tuple[str, ...]] = ()

    subjects: tuple[Link, ...] = ()
    subject_type: str = ""
    path: str = ""
    document: Value = None


class OrganizationPolicy(Record, frozen=True, kw_only=True):
    """A policy of an organization. `type` is Organizations' own word (`SERVICE_CONTROL_POLICY`), `targets` are the ids of the
    roots, organizational units and accounts that it is attached to."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Organizations::Policy",)

    name: Annotated[TextValue, Prop("Name", "text")] = None
    type: Annotated[TextValue, Prop("Type", "text")] = None
    document: Annotated[Value, Prop("Content")] = None
    targets: Annotated[tuple[Value, ...], Items("TargetIds")] = ()


class OrganizationMember(Record, frozen=True, kw_only=True):
    """An account or organizational unit of an organization, and below what it is. `number` is an account's own number, which
    only deployment gives."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::Organizations::Account", "AWS::Organizations::OrganizationalUnit")

    number: Annotated[TextValue, Prop("AccountId", "text")] = None
    parents: Annotated[tuple[Value, ...], Items("ParentIds|ParentId")] = ()
