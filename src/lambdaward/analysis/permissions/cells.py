"""On what a principal may act: each resource of the estate, all of a kind, what policies name beside these, and nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct, structs

from lambdaward.analysis.access import Access, Asker, Stated, Target
from lambdaward.analysis.access.strange import STRANGER
from lambdaward.analysis.arns import fields
from lambdaward.analysis.permissions.effective import Effective, Sets, about
from lambdaward.analysis.permissions.kinds import Aspect, by_their_policies, mask_of, on_pattern, types, untold
from lambdaward.analysis.permissions.stock import Item, Stock
from lambdaward.catalog import actions
from lambdaward.iam import Context, Outcome, Request, Statement, Textual
from lambdaward.model import ResourceId, Text, Unknown, literal, show, text

_PART = re.compile(r"\$\{(\w+)\}")
_ANY = "arn:${{Partition}}:{}:${{Region}}:${{Account}}:${{Name}}"
Piece = str | Text
Home = tuple[Piece, Piece, Piece]
"""Partition, Region and account."""


class Where(StrEnum):
    """What a cell is about: actions that work on no resource, every resource of its kind, one of the estate, or what a policy
    names and was not scanned."""

    NOTHING = "no resource"
    EVERY = "every resource"
    HERE = "here"
    NAMED = "named"


class Cell(Struct, frozen=True):
    """What is allowed on something: of a resource of the estate (`id`) or a name, what is not allowed on every resource
    anyway. `without` is what is allowed on every resource but not on this one."""

    where: Where
    shown: str
    sets: Sets
    id: ResourceId | None = None
    without: int = 0


class Cells:
    """The cells of one principal."""

    def __init__(self, access: Access, stock: Stock, asker: Asker) -> None:
        self._stock = stock
        self._questions = access.questions
        self._asker = asker
        self.effective = Effective(access, asker)
        self._granted = self.effective.granted & self.effective.within
        self._contexts: dict[Textual, Context] = {}
        self._keys = asker.caller.keys()
        stack = asker.principal.id.stack if asker.principal else ""
        self._home: Home = ("aws", "us-east-1", _piece(self._questions.targets.account(stack)))

    def all(self) -> Iterator[Cell]:
        """Every cell on which anything may be allowed."""
        nothing = self._on(Target("*", "*"), actions().wildcard_only, alone=True)
        if nothing.any:
            yield Cell(Where.NOTHING, "no resource", nothing)
        every = self._every()
        if every.any:
            yield Cell(Where.EVERY, "every resource", every)
        listed: set[str] = set()
        for cell, arn in self._here(every):
            listed.add(show(arn))
            yield cell
        yield from self._named(every, listed)

    def _on(self, target: Target, mask: int, *, alone: bool = False) -> Sets:
        """Which actions of a set the principal's own policies allow on something; `alone`: on no resource at all."""
        account = target.account
        if account not in self._contexts:
            self._contexts[account] = self._questions.context(self._asker, "", target, {})
        caller, context = self._asker.caller, self._contexts[account]
        request = Request(caller, "", target.arn, account=account, context=context, wildcard_only=alone)
        return self.effective.on(request, mask)

    def _every(self) -> Sets:
        """What is allowed on a resource that nobody has heard of, of each type, in each place that policies name."""
        found = Sets()
        homes = tuple(dict.fromkeys(self._homes()))
        for service in actions().services:
            mask = actions().service_mask(service)
            if not isinstance(mask, int) or not mask & self._granted:
                continue
            forms = [(kind.arn, mask_of(kind)) for kind in types(service)]
            for arn, on in (*forms, (_ANY.format(service), untold(service))):
                wanted = on & self._granted & ~found.sure
                for home in homes if wanted else ():
                    found |= self._on(Target(_stranger(arn, home), arn), wanted)
        return _gated(found)

    def _homes(self) -> Iterator[Home]:
        yield self._home
        for one in self.effective.lines:
            for part in one.stated.statement.resources or () if one.allow else ():
                arn = fields(part.value)
                if arn:
                    yield (_or(arn[1], self._home[0]), _or(arn[3], self._home[1]), _or(arn[4], self._home[2]))

    def _here(self, every: Sets) -> Iterator[tuple[Cell, Textual]]:
        """The resources of the estate on which more, or less, is allowed than on every one."""
        for item in self._stock.items:
            if not item.mask & self._granted and not item.admitting:
                continue
            admitting = self._admitting(item)
            found, about_it = Sets(), 0
            for aspect in item.aspects:
                if aspect[1] & (self._granted | admitting):
                    found |= self._aspect(item.target, aspect, admitting, guarded=item.guarded)
                    about_it |= aspect[1]
            without = every.sure & about_it & ~found.any
            more = Sets(found.sure & ~every.sure, found.perhaps & ~every.any)
            if more.any or without:
                yield Cell(Where.HERE, item.shown, more, item.target.id, without), item.target.arn

    def _admitting(self, item: Item) -> int:
        """The actions that the policies of a resource may allow the principal."""
        found, caller = 0, self._asker.caller
        for stated in item.admitting:
            whom = stated.clause.whom
            if whom is not None and whom.grades(caller, self._keys, any_session=True):
                found |= about(stated.statement)[1]
        return found

    def _aspect(self, target: Target, aspect: Aspect, admitting: int, *, guarded: bool) -> Sets:
        rest, mask = aspect
        arn = text(target.arn, rest) if rest and not isinstance(target.arn, Unknown) else target.arn
        part = structs.replace(target, arn=arn)
        own = self._on(part, mask)
        theirs = mask if guarded else by_their_policies()
        return Sets(own.sure & ~theirs, own.perhaps & ~theirs) | self._decided(
            part, (own.any | admitting) & mask & theirs
        )

    def _decided(self, target: Target, mask: int) -> Sets:
        """What is allowed where a policy of the resource has a say as well: each action by itself."""
        sure = perhaps = 0
        for name in actions().names(mask):
            number = actions().index(name)
            outcome = self._questions.decide(self._asker, name, target, {}).outcome
            if isinstance(number, int):
                sure |= (outcome is Outcome.ALLOWED) << number
                perhaps |= (outcome is Outcome.UNKNOWN) << number
        return Sets(sure, perhaps)

    def _named(self, every: Sets, listed: set[str]) -> Iterator[Cell]:
        """What statements name and the estate does not have."""
        for value, mask in self._patterns().items():
            shown = show(value)
            if any(shown == arn or shown.startswith((f"{arn}/", f"{arn}:")) for arn in listed):
                continue
            target = self._questions.targets.of(value)
            if target.id is not None and "*" not in shown:
                continue
            found = _gated(self._on(Target(value, shown, account=target.account), mask & on_pattern(value)))
            found = found if self._is_own(value) else Sets(0, found.any)
            more = Sets(found.sure & ~every.sure, found.perhaps & ~every.any)
            if more.any:
                yield Cell(Where.NAMED, shown, more)

    def _is_own(self, value: Textual) -> bool:
        """Whether a pattern may be of the principal's own account; elsewhere the policies there decide as well."""
        account = literal(fields(value)[4])
        return account is None or not account.isdecimal() or account == self._home[2]

    def _patterns(self) -> dict[Textual, int]:
        """The resource patterns of allow statements, each with the actions that they are about."""
        found: dict[Textual, int] = {}
        for one in self.effective.lines:
            for value in _resources(one.stated) if one.allow else ():
                found[value] = found.get(value, 0) | one.possible
        return found


def _gated(sets: Sets) -> Sets:
    """What is allowed with what depends on policies of resources that are not seen set aside as not settled."""
    gated = sets.sure & by_their_policies()
    return Sets(sets.sure & ~gated, sets.perhaps | gated)


def _resources(stated: Stated) -> Iterator[Textual]:
    said: Statement = stated.statement
    for part in said.resources or () if not said.not_resource else ():
        if fields(part.value):
            yield part.value


def _stranger(template: str, home: Home) -> Piece:
    where = dict(zip(("Partition", "Region", "Account"), home, strict=True))
    pieces = _PART.split(template)
    return text(*(where.get(piece, STRANGER) if at % 2 else piece for at, piece in enumerate(pieces)))


def _or(field: Piece, otherwise: Piece) -> Piece:
    """A field of an ARN, or another value where a pattern leaves it open."""
    known = literal(field)
    return otherwise if known is not None and (not known or "*" in known or "?" in known) else field


def _piece(value: Textual) -> Piece:
    return value if isinstance(value, str | Text) and value else "000000000000"
