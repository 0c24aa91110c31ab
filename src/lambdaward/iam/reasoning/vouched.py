"""Requests of strangers whom an identity provider vouches for.

A provider that anybody may have a token of vouches for strangers: whether one gets in is decided on such a token. Of other
providers it is not known whom they vouch for, so that a statement which tells none of their users apart is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.iam.evaluation import policy_set
from lambdaward.iam.federation import ISSUERS, issuer, strange_claims
from lambdaward.iam.language import Policy, Source, Statement
from lambdaward.iam.reasoning.answer import Answer
from lambdaward.iam.reasoning.witness import Witness, allows

_ACTION = "sts:AssumeRoleWithWebIdentity"
_STRANGER = "stranger"


def public_by_token(policy: Policy) -> Answer:
    """Whether somebody with a token of a provider that the policy admits may take on the role."""
    unknown = ""
    for statement, provider in _admitted(policy):
        asked = Witness(
            principal=provider,
            action=_ACTION,
            resource="*",
            context={key.lower(): (value,) for key, value in strange_claims(statement.conditions, _STRANGER).items()},
            source=Source("new", statement),
        )
        if issuer(provider) in ISSUERS:
            if allows(policy_set([("new", policy)]), asked, named=True):
                return Answer(asked)
        elif not _tells_apart(statement, issuer(provider)):
            unknown = unknown or f"whom the identity provider {issuer(provider)} vouches for is not known"
    return Answer(unknown=unknown)


def _admitted(policy: Policy) -> Iterator[tuple[Statement, str]]:
    """The providers of web identities that statements admit."""
    for statement in policy.statements:
        for principal in statement.principals or () if statement.allow else ():
            if principal.kind == "Federated" and isinstance(principal.value, str) and issuer(principal.value):
                yield statement, principal.value


def _tells_apart(statement: Statement, provider: str) -> bool:
    """Whether a condition asks for a claim of the provider that not all of its tokens have: any but the audience."""
    asked = (condition.key.lower().rpartition(":") for condition in statement.conditions)
    return any(name == provider and claim != "aud" for name, _, claim in asked)
