"""From a document to a policy: everything AWS accepts, and a fault for everything AWS rejects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import structs

from lambdaward.iam.language.checks import check
from lambdaward.iam.language.conditions import conditions
from lambdaward.iam.language.document import decode
from lambdaward.iam.language.elements import POLICY, STATEMENT, Elements
from lambdaward.iam.language.members import Member, members, options, texts
from lambdaward.iam.language.policy import Fault, Kind, Part, Policy, Principal, Statement
from lambdaward.iam.language.principals import principals
from lambdaward.model import OneOf, Path, Redacted, Text, Unknown, Value, literal, unknowns

_EFFECTS = {"allow": True, "deny": False}
_NEWER = "2012-10-17"
_VERSIONS = ("2008-10-17", _NEWER)


def parse(document: Value, *, kind: Kind = Kind.ANY, path: Path = ()) -> Policy:
    """Read a policy document: JSON text, plain JSON values, or values with holes as templates leave them.

    `path` is put before every path, so that the paths stand for places in the resource that the document is a property of.
    Never raises: what AWS rejects is a `Fault`, what is not known is a doubt of its statement or in `Policy.unknown`.
    """
    if isinstance(document, str):
        decoded, faults = decode(document)
        read = _policy(decoded, path, kind) if decoded is not None else Policy()
        return structs.replace(read, faults=(*faults, *read.faults))
    return _policy(document, path, kind)


def _policy(document: Value, path: Path, kind: Kind) -> Policy:
    match document:
        case Mapping():
            return _of_mapping(document, path, kind)
        case OneOf():
            return _of_alternatives(document, path, kind)
        case Unknown():
            return Policy(unknown=(document,))
        case Text():
            return Policy(unknown=(*unknowns(document), Unknown("the document is a text with holes")))
        case Redacted():
            return Policy(unknown=(Unknown("the document is kept secret"),))
    return Policy(faults=(Fault(path, "a policy is an object with a Statement"),))


def _of_alternatives(document: OneOf, path: Path, kind: Kind) -> Policy:
    """The statements of every alternative; those that are in each are certain."""
    read = [parse(option, kind=kind, path=path) for option in document.options if option is not None]
    shared = set.intersection(*({_said(s) for s in policy.statements} for policy in read)) if read else set()
    certain = len(read) == len(document.options)
    statements: dict[Statement, None] = {}
    for statement in (statement for policy in read for statement in policy.statements):
        known = certain and _said(statement) in shared
        doubts = statement.doubts if known else (*statement.doubts, Unknown(document.reason))
        statements[structs.replace(statement, index=0, path=path, doubts=doubts)] = None
    return Policy(
        statements=tuple(structs.replace(s, index=index) for index, s in enumerate(statements)),
        variables=any(policy.variables for policy in read),
        unknown=tuple(dict.fromkeys(why for policy in read for why in policy.unknown)),
        faults=tuple(fault for policy in read for fault in policy.faults),
    )


def _said(statement: Statement) -> Statement:
    """A statement without where it stands in the list."""
    return structs.replace(statement, index=0, path=())


def _of_mapping(document: Mapping[str, Value], path: Path, kind: Kind) -> Policy:
    faults: list[Fault] = []
    elements = Elements(document, path, POLICY, faults)
    found: list[Statement] = []
    unknown: list[Unknown] = []
    for index, member in enumerate(members(elements["Statement"], elements.path("Statement"))):
        if isinstance(member.value, Mapping):
            found += _statements(member.value, index, member, faults)
        elif isinstance(member.value, Unknown):
            unknown.append(member.value)
        else:
            faults.append(Fault(member.path, "a statement is an object"))
    if elements["Statement"] is None:
        faults.append(Fault(path, "a policy has a Statement"))
    version = literal(elements["Version"])
    if elements["Version"] is not None and version not in _VERSIONS:
        faults.append(Fault(elements.path("Version"), f"the version is {' or '.join(_VERSIONS)}"))
    if kind is Kind.IDENTITY and elements["Id"] is not None:
        faults.append(Fault(elements.path("Id"), "an identity policy has no Id"))
    faults += check(found, kind)
    return Policy(statements=tuple(found), variables=version == _NEWER, unknown=tuple(unknown), faults=tuple(faults))


def _statements(value: Mapping[str, Value], index: int, member: Member, faults: list[Fault]) -> Iterator[Statement]:
    """A statement; several when it has alternatives that do not fit into one, each doubtful."""
    elements = Elements(value, member.path, STATEMENT, faults)
    principal, not_principal = _principals(elements, faults)
    action, not_action = _list(elements, "Action", faults)
    resource, not_resource = _list(elements, "Resource", faults)
    there = () if member.doubt is None else (member.doubt,)
    for allow, either in _effects(elements, faults):
        for tests, doubts in conditions(elements["Condition"], elements.path("Condition"), faults):
            yield Statement(
                index=index,
                path=member.path,
                allow=allow,
                sid=literal(elements["Sid"]) or "",
                principals=principal,
                not_principal=not_principal,
                actions=action,
                not_action=not_action,
                resources=resource,
                not_resource=not_resource,
                conditions=tests,
                doubts=(*there, *either, *doubts),
            )


def _effects(elements: Elements, faults: list[Fault]) -> list[tuple[bool, tuple[Unknown, ...]]]:
    """The effects that a statement may have, each with why it may have another."""
    found: list[tuple[bool, tuple[Unknown, ...]]] = []
    for option, doubt in options(elements["Effect"]):
        why = () if doubt is None else (doubt,)
        if isinstance(option, Unknown | Text):
            open_parts = tuple(unknowns(option)) or (Unknown("the effect is only known after deployment"),)
            found += [(True, (*why, *open_parts)), (False, (*why, *open_parts))]
        elif isinstance(option, str) and option.lower() in _EFFECTS:
            found.append((_EFFECTS[option.lower()], why))
        if isinstance(option, str) and option not in ("Allow", "Deny"):
            faults.append(Fault(elements.path("Effect"), "the effect is Allow or Deny"))
        if option is None:
            faults.append(Fault(elements.path("Effect"), "a statement has an Effect"))
    return found


def _list(elements: Elements, name: str, faults: list[Fault]) -> tuple[tuple[Part, ...] | None, bool]:
    """An element or its exception form, and which; `None` when neither is written. With both, the plain one counts."""
    plain, other = elements[name], elements[f"Not{name}"]
    if plain is not None and other is not None:
        faults.append(Fault(elements.path(f"Not{name}"), f"a statement has {name} or Not{name}, not both"))
    negated = plain is None and other is not None
    written = f"Not{name}" if negated else name
    if plain is None and other is None:
        return None, False
    return texts(elements[written], elements.path(written), faults), negated


def _principals(elements: Elements, faults: list[Fault]) -> tuple[tuple[Principal, ...] | None, bool]:
    plain, other = elements["Principal"], elements["NotPrincipal"]
    if plain is not None and other is not None:
        faults.append(Fault(elements.path("NotPrincipal"), "a statement has Principal or NotPrincipal, not both"))
    if plain is None and other is None:
        return None, False
    name = "NotPrincipal" if plain is None else "Principal"
    return tuple(principals(elements[name], elements.path(name), faults)), plain is None
