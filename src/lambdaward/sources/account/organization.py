"""An organization's policies and accounts, in CloudFormation's vocabulary.

A policy's file is the answer of `describe-policy` with the one of `list-targets-for-policy` beside it in the same object, as
neither says what the other does; the accounts are an answer of `list-accounts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from lambdaward.model import Value
from lambdaward.sources.account.found import Fault, Found, document_of, resource

T = TypeVar("T")
POLICY, ACCOUNT, UNIT = (f"AWS::Organizations::{kind}" for kind in ("Policy", "Account", "OrganizationalUnit"))


class _Summary(Struct, frozen=True, rename="pascal"):
    id: str
    arn: str
    name: str
    type: str


class _Described(Struct, frozen=True, rename="pascal"):
    policy_summary: _Summary
    content: Mapping[str, Any] | str


class _Target(Struct, frozen=True, rename="pascal"):
    target_id: str


class _Account(Struct, frozen=True, rename="pascal"):
    """A path names the organization, its root and the units above the account, and the account."""

    id: str
    arn: str
    paths: tuple[str, ...] = ()


class _Policy(Struct, frozen=True, rename="pascal"):
    policy: _Described
    targets: tuple[_Target, ...] | None = None


def parts(answer: Mapping[str, Any]) -> Iterator[Callable[[], Iterable[Found]]]:
    """The policy of an answer, and the accounts, each with the units above it; each to be read by itself."""
    if isinstance(answer.get("Policy"), dict):
        yield partial(_policy, answer)
    accounts = answer.get("Accounts")
    yield from (partial(_account, account) for account in (accounts if isinstance(accounts, list) else ()))


def _policy(answer: Mapping[str, Any]) -> Iterable[Found]:
    read = _converted(answer, _Policy)
    said = read.policy.policy_summary
    if read.targets is None:
        raise Fault(f"what policy {said.id} of the organization is attached to is not in the file")
    properties: dict[str, Value] = {
        "Name": said.name,
        "Type": said.type,
        "Content": document_of(read.policy.content),
        "TargetIds": tuple(target.target_id for target in read.targets),
    }
    return (resource(said.arn, POLICY, properties),)


def _account(answer: Mapping[str, Any]) -> Iterable[Found]:
    account = _converted(answer, _Account)
    steps = account.paths[0].strip("/").split("/") if account.paths else []
    above = [step for step in steps if step.startswith(("r-", "ou-"))]
    head, _, tail = account.arn.rpartition(":account/")
    organization = tail.partition("/")[0]
    units = (
        resource(f"{head}:ou/{organization}/{unit}", UNIT, {"ParentId": parent}) for parent, unit in pairwise(above)
    )
    own = resource(account.arn, ACCOUNT, {"AccountId": account.id, "ParentIds": tuple(above[-1:])})
    return (own, *units)


def _converted(answer: object, kind: type[T]) -> T:
    try:
        return msgspec.convert(answer, kind)
    except msgspec.ValidationError as error:
        raise Fault(f"a part of the answer is not what Organizations gives ({error})") from None
