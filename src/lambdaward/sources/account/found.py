"""What is found in an account on the way: resources under their identity, with their ARN."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from msgspec import Struct

from lambdaward.model import Problem, Resource, ResourceId, Value

Found = tuple[str, Resource]
"""A resource and its ARN."""


class Fault(Exception):  # noqa: N818 - it never leaves this room
    """One part of an answer that cannot be used."""


class Arn(Struct, frozen=True):
    """The fields of an ARN that tell where its resource is."""

    account: str
    region: str
    name: str


def arn_fields(arn: str) -> Arn:
    """Account, Region and the rest of an ARN. Raises `Fault` when it is none."""
    fields = arn.split(":", 5)
    if len(fields) != 6 or fields[0] != "arn":
        raise Fault(f"`{arn[:80]}` is no ARN")
    return Arn(fields[4], fields[3], fields[5])


def text_at(answer: Mapping[str, Any], key: str) -> str:
    """A text of an answer. Raises `Fault` when it is not there."""
    value = answer.get(key)
    if not isinstance(value, str) or not value:
        raise Fault(f"an answer has no {key}")
    return value


def resource(arn: str, kind: str, properties: Mapping[str, Value]) -> Found:
    """A resource of an account. Its stack is the account, with the Region where it has one."""
    fields = arn_fields(arn)
    stack = fields.account + (f"/{fields.region}" if fields.region else "")
    present = {key: value for key, value in properties.items() if value is not None}
    shown = fields.name.partition(":")[2] or fields.name.rpartition("/")[2]
    return arn, Resource(id=ResourceId(stack, fields.name), type=kind, properties=present, shown=shown)


def value_of(data: Any) -> Value:  # noqa: ANN401 - any JSON value
    """A JSON value as the estate's: lists are tuples."""
    if isinstance(data, list | tuple):
        return tuple(map(value_of, data))
    return {key: value_of(member) for key, member in data.items()} if isinstance(data, dict) else data


def document_of(written: Mapping[str, Any] | str) -> Value:
    """A policy document, decoded. Raises `Fault` when it is no JSON."""
    if not isinstance(written, str):
        return value_of(written)
    try:
        return value_of(json.loads(unquote(written)))
    except (ValueError, RecursionError):
        raise Fault("a policy document is neither JSON nor URL-encoded JSON") from None


def problem(file: str, message: str) -> Problem:
    """A part of a file that is lost."""
    return Problem(file, message, "save the API's answer anew", fatal=False)
