"""An estate as it would be with some edits made. Statements keep their places, so that proofs of before and after compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from msgspec import structs

from lambdaward.analysis.cut.edit import Edit, How
from lambdaward.catalog import actions
from lambdaward.model import (
    AttachedPolicy,
    Estate,
    Group,
    InlinePolicy,
    Link,
    Place,
    Record,
    Resource,
    ResourceId,
    ResourcePolicy,
    Role,
    User,
    Value,
)
from lambdaward.model.origin import Path

_EDITED: tuple[type[Record], ...] = (Role, User, Group, AttachedPolicy, ResourcePolicy)
# What stands in the place of a policy that is detached.
NOTHING = Resource(id=ResourceId("", "nothing"), type="AWS::IAM::Policy", properties={})
_PRINCIPALS: tuple[type[Record], ...] = (Role, User)


def edited(estate: Estate, edits: Iterable[Edit]) -> Estate:
    """The estate with some edits made."""
    here: dict[ResourceId, list[Edit]] = {}
    everywhere: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: edit.key):
        where = edit.place.resource if edit.place else edit.principal
        (here.setdefault(where, []) if where else everywhere).append(edit)
    records = dict(estate.records)
    for kind in _EDITED:
        denied = everywhere if kind in _PRINCIPALS else []
        table = records.get(kind, {})
        changed = {
            identity: _changed(record, [*here.get(identity, ()), *denied])
            for identity, record in table.items()
            if denied or identity in here
        }
        if changed:
            records[kind] = MappingProxyType({**table, **changed})
    nothing = AttachedPolicy(id=NOTHING.id, shown="nothing", document={"Version": "2012-10-17", "Statement": ()})
    records[AttachedPolicy] = MappingProxyType({**records.get(AttachedPolicy, {}), NOTHING.id: nothing})
    return structs.replace(
        estate,
        records=MappingProxyType(records),
        resources=MappingProxyType({**estate.resources, NOTHING.id: NOTHING}),
    )


def documented(record: Record) -> Iterable[tuple[Path, Value]]:
    """The documents of a record, each with its path."""
    match record:
        case Role() | User() | Group():
            yield from ((policy.place("PolicyDocument").path, policy.document) for policy in record.inline)
            if isinstance(record, Role):
                yield ("AssumeRolePolicyDocument",), record.trust
        case AttachedPolicy():
            yield ("PolicyDocument",), record.document
        case ResourcePolicy():
            yield tuple(record.path.split(".")), record.document


def _changed(record: Record, edits: list[Edit]) -> Record:
    for edit in edits:
        if edit.how is How.TAKE and edit.place:
            record = _rewritten(record, edit.place, edit.action)
        elif edit.how is How.DETACH and edit.place and isinstance(record, Role | User | Group):
            record = structs.replace(record, managed=_without(record.managed, edit.place))
        elif isinstance(record, Role | User):
            number = len(record.inline)
            denying: Mapping[str, Value] = {"Effect": "Deny", "Action": edit.action, "Resource": "*"}
            document: Mapping[str, Value] = {"Version": "2012-10-17", "Statement": (denying,)}
            added = InlinePolicy(at=record.place("Policies", number), name=f"limit {number}", document=document)
            record = structs.replace(record, inline=(*record.inline, added))
    return record


def _rewritten(record: Record, place: Place, action: str) -> Record:
    """A record with one of its statements changed."""
    for path, document in documented(record):
        if place.path[: len(path)] == path and isinstance(document, Mapping):
            new = _document(document, place.path[len(path) :], action)
            match record:
                case Role() | User() | Group() if path != ("AssumeRolePolicyDocument",):
                    inline = tuple(
                        structs.replace(one, document=new) if one.place("PolicyDocument").path == path else one
                        for one in record.inline
                    )
                    return structs.replace(record, inline=inline)
                case Role():
                    return structs.replace(record, trust=new)
                case AttachedPolicy() | ResourcePolicy():
                    return structs.replace(record, document=new)
    return record


def _document(document: Mapping[str, Value], path: Path, action: str) -> Mapping[str, Value]:
    """A document without an action of the statement at a path (`Statement`, and its number where there is a list)."""
    statements = document.get("Statement")
    listed = statements if isinstance(statements, tuple) else (statements,)
    at = path[1] if len(path) > 1 else 0
    left = (
        _left(one, action) if number == at and isinstance(one, Mapping) else one for number, one in enumerate(listed)
    )
    return {**document, "Statement": tuple(left)}


def _left(statement: Mapping[str, Value], action: str) -> Mapping[str, Value]:
    """A statement without an action, or (none given) without all: it keeps its place, and the other actions that its wildcards
    mean."""
    rest = {key: value for key, value in statement.items() if key not in ("Action", "NotAction")}
    if not action:
        return {**rest, "Action": ()}
    if "NotAction" in statement:
        return {**rest, "NotAction": (*_listed(statement["NotAction"]), action)}
    patterns = _listed(statement.get("Action"))
    number = actions().index(action)
    if any(isinstance(one, str) and not one.strip("*") for one in patterns):
        return {**rest, "NotAction": (action,)}
    left: list[Value] = []
    for one in patterns:
        mask = actions().expand(one) if isinstance(one, str) else 0
        if isinstance(mask, int) and isinstance(number, int) and mask >> number & 1:
            left += actions().names(mask & ~(1 << number))
        elif not (isinstance(one, str) and one.lower() == action.lower()):
            left.append(one)
    return {**rest, "Action": tuple(left)}


def _listed(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)


def _without(links: tuple[Link, ...], place: Place) -> tuple[Link, ...]:
    """Links with the one that stands at a place leading to a policy that says nothing."""
    nothing = Link(NOTHING.id.name, NOTHING.id)
    return tuple(nothing if number == place.path[-1] else link for number, link in enumerate(links))
