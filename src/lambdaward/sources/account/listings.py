"""What an account answers when it is asked for everything of a kind: only that shows what is no longer there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from lambdaward.model import Resource, Value, items
from lambdaward.sources.account.found import Found, arn_fields, resource

LISTING = "Account::Listing"
_MORE = ("NextToken", "NextMarker", "nextToken")


def listing(answer: Mapping[str, Any], subject: str, members: tuple[Value, ...], kind: str) -> Found:
    """A list of ARNs (one at least), of a layer's versions or of everything in a Region."""
    fields = arn_fields(str(members[0]))
    name = subject.rpartition(":")[2]
    arn = f"arn:aws:lambda:{fields.region}:{fields.account}:list:{kind}:{name}"
    properties: dict[str, Value] = {
        "Subject": subject,
        "Members": members,
        "Whole": not any(answer.get(key) for key in _MORE),
    }
    return resource(arn, LISTING, properties)


def joined(one: Resource, other: Resource) -> Resource:
    """Two answers about the same as one: of lists, the members of both; of anything else, what the first one leaves out."""
    if one.type != LISTING:
        return replace(one, properties={**other.properties, **one.properties})
    members = dict.fromkeys((*items(one.properties["Members"]), *items(other.properties["Members"])))
    whole = bool(one.properties["Whole"] or other.properties["Whole"])
    return replace(one, properties={**one.properties, "Members": tuple(members), "Whole": whole})
