"""What Ref and GetAtt return, composed so that every spelling of a reference to one resource is the same value."""

from __future__ import annotations

from lambdaward.model import Hole, Pseudo, Ref, ResourceId, Text, Value, parts, text
from lambdaward.sources.assemble.kinds import KINDS, Kind

_UNKNOWN_KIND = Kind()
_SYMBOLS = {"P": "AWS::Partition", "R": "AWS::Region", "A": "AWS::AccountId"}


def returned(kind: str, attribute: str, resource: ResourceId, path: str | Text = "") -> Value:
    """What `Ref` (attribute `Ref`) or `Fn::GetAtt` returns for a resource of a type.

    ARNs are composed of the stack's pseudo parameters and the name; the name, and everything only deployment gives, is a
    `Ref` hole of the resource. `path` is the path that an IAM resource declares, which stands before its name.
    """
    known = KINDS.get(kind, _UNKNOWN_KIND)
    if attribute in known.names.split():
        return Text((name_hole(kind, resource),))
    if attribute in known.arns.split() and known.arn:
        return _arn(known.arn, kind, resource, path)
    if kind == "AWS::Logs::LogGroup" and attribute == "Arn":
        return text(_arn(known.arn, kind, resource), ":*")
    if kind == "AWS::SQS::Queue" and attribute in ("Ref", "QueueUrl"):
        return _queue_url(kind, resource)
    return Text((Ref(resource, attribute),))


def arn_of(kind: str, resource: ResourceId, path: str | Text = "") -> str | Text | None:
    """The ARN of a resource whose type's ARN form is known, else `None`."""
    pattern = KINDS.get(kind, _UNKNOWN_KIND).arn
    return _arn(pattern, kind, resource, path) if pattern else None


def name_hole(kind: str, resource: ResourceId) -> Ref:
    """The hole that stands for a resource's name."""
    names = KINDS.get(kind, _UNKNOWN_KIND).names.split()
    return Ref(resource, "Ref" if not names or "Ref" in names else names[0])


def _queue_url(kind: str, resource: ResourceId) -> Value:
    region, account = (Pseudo(_SYMBOLS[field], resource.stack) for field in "RA")
    suffix = Pseudo("AWS::URLSuffix", resource.stack)
    return text("https://sqs.", region, ".", suffix, "/", account, "/", name_hole(kind, resource))


def _arn(pattern: str, kind: str, resource: ResourceId, path: str | Text = "") -> str | Text:
    head = pattern.removesuffix("N")
    pieces: list[str | Pseudo] = []
    for field in head.split(":"):
        pieces += [Pseudo(_SYMBOLS[field], resource.stack) if field in _SYMBOLS else field, ":"]
    return text(*pieces[:-1], *_below_slash(path), name_hole(kind, resource))


def _below_slash(path: str | Text) -> tuple[str | Hole, ...]:
    """A path as it stands behind the slash that an ARN has before it."""
    first, *rest = parts(path) or ("",)
    return (first.removeprefix("/"), *rest) if isinstance(first, str) else (first, *rest)
