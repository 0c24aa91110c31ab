"""AWS's managed policies: what the newest known version of each says."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from lambdaward.catalog import pack
from lambdaward.catalog.sheet import FOLDER
from lambdaward.model import Value, pattern

PER_BLOCK = 64
_PARTITION = pattern(r"^arn:aws[a-z-]*:iam::aws:")


# What a policy of AWS is written with. Lists are decoded to tuples, as the model has them.
_Scalar = str | bool | int | float
_Listed = _Scalar | tuple[_Scalar, ...]
_Element = _Listed | dict[str, dict[str, _Listed]]
_Statement = dict[str, _Element]


class PackedPolicy(Struct, frozen=True, array_like=True):
    """A policy as it is packed."""

    arn: str
    version: str
    date: str
    document: dict[str, str | tuple[_Statement, ...] | _Statement]


class ManagedPolicy(Struct, frozen=True):
    """A managed policy of AWS: its ARN in the partition `aws`, its version id, the day of that version (ISO), its document."""

    arn: str
    version: str
    date: str
    document: Mapping[str, Value]


def managed_policy(arn: str) -> ManagedPolicy | None:
    """The policy of an ARN, of any partition; `None` when the catalogue does not have it, which says nothing of what it
    allows: AWS adds policies faster than any list."""
    plain = _PARTITION.sub("arn:aws:iam::aws:", arn)
    place = bisect_left(_arns(), plain)
    if place == len(_arns()) or _arns()[place] != plain:
        return None
    found = _block(place // PER_BLOCK)[place % PER_BLOCK]
    return ManagedPolicy(found.arn, found.version, found.date, found.document)


def managed_policy_document(arn: str) -> Mapping[str, Value] | None:
    """The document of a managed policy of AWS, as AWS writes it; `None` when the catalogue does not have it."""
    found = managed_policy(arn)
    return found.document if found else None


def managed_policy_arns() -> tuple[str, ...]:
    """The ARNs of all managed policies that the catalogue has, in order."""
    return _arns()


@cache
def _packed() -> pack.Pack:
    return pack.load(FOLDER / "managed.bin")


@cache
def _arns() -> tuple[str, ...]:
    return _packed().block("arns", tuple[str, ...])


@cache
def _block(number: int) -> tuple[PackedPolicy, ...]:
    return _packed().block(str(number), tuple[PackedPolicy, ...])
