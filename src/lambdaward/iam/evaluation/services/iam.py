"""IAM: what belongs to AWS cannot be changed by anybody, whatever policies allow.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html#aws-managed-policies
https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
"""

from __future__ import annotations

from lambdaward.iam.evaluation.said import Said
from lambdaward.iam.evaluation.services.default import default
from lambdaward.iam.truth import Truth

_READING = ("iam:get", "iam:list", "iam:generate", "iam:simulate")
_CHANGES_OF_ROLES = frozenset(
    f"iam:{name}"
    for name in (
        "attachrolepolicy",
        "deleterole",
        "deleterolepermissionsboundary",
        "deleterolepolicy",
        "detachrolepolicy",
        "putrolepermissionsboundary",
        "putrolepolicy",
        "updateassumerolepolicy",
    )
)
_CHANGES_OF_POLICIES = frozenset(
    f"iam:{name}"
    for name in (
        "createpolicy",
        "createpolicyversion",
        "deletepolicy",
        "deletepolicyversion",
        "setdefaultpolicyversion",
        "tagpolicy",
        "untagpolicy",
    )
)


def iam(said: Said) -> Truth:
    """Like elsewhere, but for changes of what is AWS's."""
    return False if _is_protected(said) else default(said)


def _is_protected(said: Said) -> bool:
    """Whether the action changes a managed policy of AWS, a role that Identity Center keeps, or a service-linked role."""
    action, (account, resource) = said.request.action, said.request.named_resource
    if resource.startswith("role/aws-reserved/"):
        return not action.startswith(_READING)
    if resource.startswith("role/aws-service-role/"):
        return action in _CHANGES_OF_ROLES
    return action in _CHANGES_OF_POLICIES and account == "aws" and resource.startswith("policy/")
