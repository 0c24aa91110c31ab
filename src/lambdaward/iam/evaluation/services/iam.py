"""IAM: what belongs to AWS cannot be changed by anybody, whatever policies allow.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html#aws-managed-policies
https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
"""

from __future__ import annotations

import re

from lambdaward.iam.evaluation.said import Said
from lambdaward.iam.evaluation.services.default import default
from lambdaward.iam.truth import Truth

_READING = re.compile(r"iam:(get|list|generate|simulate)")
_RESERVED = re.compile(r"arn:[^:]*:iam::[^:]*:role/aws-reserved/")
_LINKED = re.compile(r"arn:[^:]*:iam::[^:]*:role/aws-service-role/")
_OF_AWS = re.compile(r"arn:[^:]*:iam::aws:policy/")
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
    action, resource = said.request.action, said.request.target.plain or ""
    if _RESERVED.match(resource):
        return not _READING.match(action)
    if _LINKED.match(resource):
        return action in _CHANGES_OF_ROLES
    return action in _CHANGES_OF_POLICIES and _OF_AWS.match(resource) is not None
