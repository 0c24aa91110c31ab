"""Which policies of an organization limit an account, level by level: those of the root, of each unit above it, of itself.

An account's place is known by saved answers of `list-accounts`. Where it is not, a policy that is attached to a root or a unit
perhaps limits the account. `FullAWSAccess`, which AWS attaches everywhere and no template declares, is taken to be attached where
its own attachments were not read; beside a policy that allows less, it perhaps is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property

from msgspec import structs

from lambdaward.analysis.access.attached import Policies, Written
from lambdaward.iam import Kind, Policy, Statement, Textual, parse
from lambdaward.model import (
    Estate,
    OrganizationMember,
    OrganizationPolicy,
    Unknown,
    Value,
    literal,
    show,
)

Level = tuple[Written, ...]
_ROOT, _FULL = "r-", "FullAWSAccess"
# Keys of a request that are settled by who makes it.
_OF_CALLERS = frozenset({"aws:principalarn", "aws:principalaccount"})
_EVERYTHING = parse({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})
_SAVE_FULL = "save the policy FullAWSAccess with its targets as well"
_SAVE = "save the answer of `aws organizations list-accounts` beside the policies"


class Control(StrEnum):
    """The kinds of an organization's policies that limit permissions, in its own words."""

    SERVICE = "SERVICE_CONTROL_POLICY"
    RESOURCE = "RESOURCE_CONTROL_POLICY"


class Organization:
    """The organization's policies of one estate."""

    def __init__(self, estate: Estate, policies: Policies) -> None:
        self._estate = estate
        self._policies = policies
        self._levels: dict[tuple[Textual, Control], tuple[Level, ...]] = {}
        self._denying: dict[Textual, Level] = {}

    @property
    def is_read(self) -> bool:
        """Whether any of its policies is known."""
        return bool(self._by_control)

    @cached_property
    def management(self) -> str:
        """The number of the management account, which has the organization's answers; empty when it is not known."""
        stacks = {one.id.stack for kind in (OrganizationMember, OrganizationPolicy) for one in self._estate.all(kind)}
        return next((stack for stack in sorted(stacks) if stack.isdecimal()), "")

    def levels(self, account: Textual, control: Control) -> tuple[Level, ...]:
        """The policies that limit an account, root first; each level must allow, by any of its policies."""
        key = account, control
        if key not in self._levels:
            self._levels[key] = tuple(self._found(account, control)) if self._attached(control) else ()
        return self._levels[key]

    def denying(self, account: Textual) -> tuple[Written, ...]:
        """What the service control policies of an account surely deny in all circumstances: denies without conditions but on who
        asks, and all that a level does not allow."""
        if account not in self._denying:
            exempt = account == self.management
            levels = () if exempt else self.levels(account, Control.SERVICE)
            self._denying[account] = tuple(one for level in levels for one in (*_plain(level), *_left_out(level)))
        return self._denying[account]

    def _found(self, account: Textual, control: Control) -> Iterator[Level]:
        attached, chain = self._attached(control), self._chain(account)
        for target in chain:
            if target in attached:
                yield self._completed([self._written(one) for one in attached[target]], control)
        if len(chain) > 1:
            return
        for target, policies in attached.items():
            why = "" if target in chain else self._perhaps(target, account)
            if why:
                found = [part for one in policies for part in _doubted(self._written(one), Unknown(why, _SAVE))]
                yield self._completed(found, control, Unknown(why, _SAVE))

    def _perhaps(self, target: str, account: Textual) -> str:
        """Why a target may be above an account whose place is not known; empty for another account."""
        if not isinstance(account, str):
            return "the policies of the organization that were read may be another account's: its number is not known"
        if target.isdecimal():
            return ""
        return f"whether account {account} is below {target} is not known"

    def _chain(self, account: Textual) -> tuple[str, ...]:
        """The root, the units and the account itself, as far as they are known."""
        found = [account] if isinstance(account, str) else []
        while found and found[-1] in self._above and not found[-1].startswith(_ROOT):
            found.append(self._above[found[-1]])
        return tuple(reversed(found))

    @cached_property
    def _above(self) -> Mapping[str, str]:
        """What each account and unit is below."""
        members = self._estate.all(OrganizationMember)
        pairs = ((literal(one.number) or one.id.name.rpartition("/")[2], one.parents[:1]) for one in members)
        return {name: parent for name, parents in pairs for value in parents if (parent := literal(value))}

    def _attached(self, control: Control) -> Mapping[str, list[OrganizationPolicy]]:
        return self._by_control.get(control, {})

    @cached_property
    def _by_control(self) -> Mapping[Control, Mapping[str, list[OrganizationPolicy]]]:
        """The policies by what they are attached to."""
        table: dict[Control, dict[str, list[OrganizationPolicy]]] = {}
        for policy in self._estate.all(OrganizationPolicy):
            for control in Control:
                if literal(policy.type) == control:
                    for target in policy.targets:
                        table.setdefault(control, {}).setdefault(literal(target) or show(target), []).append(policy)
        return table

    def _written(self, policy: OrganizationPolicy) -> Written:
        name = f"{'SCP' if literal(policy.type) == Control.SERVICE else 'RCP'} {show(policy.name)}"
        return self._policies.at(name, _document(policy.document), policy.place("Content"), Kind.ANY)

    def _completed(self, level: list[Written], control: Control, doubt: Unknown | None = None) -> Level:
        """A level with `FullAWSAccess` where that is taken to be attached, or stands for the doubt whether the level is one."""
        if control is Control.RESOURCE or any(map(_allows_all, level)):
            return tuple(level)
        less = next((one for one in level if any(said.allow for said in one.policy.statements)), None)
        if less is None and not self._knows_full:
            return (*level, Written(_FULL, _EVERYTHING, level[0].place, here=False))
        if less is not None and not self._knows_full:
            doubt = doubt or Unknown(f"whether {_FULL} is attached beside {less.name}", _SAVE_FULL)
        full = Written(_FULL, _EVERYTHING, level[0].place, here=False, doubt=doubt)
        return tuple(level) if doubt is None else (*level, full)

    @cached_property
    def _knows_full(self) -> bool:
        return any(literal(one.name) == _FULL for one in self._estate.all(OrganizationPolicy))


def _document(value: Value) -> Value:
    """A document that may be written as JSON in a text."""
    if not isinstance(value, str):
        return value
    try:
        return _frozen(json.loads(value))
    except (ValueError, RecursionError):
        return Unknown("the policy's content is no JSON")


def _frozen(data: object) -> Value:
    if isinstance(data, list):
        return tuple(map(_frozen, data))
    if isinstance(data, dict):
        return {str(key): _frozen(value) for key, value in data.items()}
    return data if isinstance(data, str | int | float | None) else str(data)


def _doubted(written: Written, doubt: Unknown) -> tuple[Written, Written]:
    """What a policy denies, in doubt, and what it allows, which it does not take away where it is not attached."""
    said = written.policy.statements
    denies, allows = (tuple(one for one in said if one.allow is allow) for allow in (False, True))
    return (
        structs.replace(written, policy=structs.replace(written.policy, statements=denies), doubt=doubt),
        structs.replace(written, policy=structs.replace(written.policy, statements=allows)),
    )


def _plain(level: Level) -> Iterator[Written]:
    """The policies of a level without what they do not surely deny, or deny only under conditions."""
    for written in level:
        denies = tuple(one for one in written.policy.statements if not one.allow and _is_plain(one))
        if denies and written.doubt is None:
            yield structs.replace(written, policy=structs.replace(written.policy, statements=denies, unknown=()))


def _is_plain(statement: Statement) -> bool:
    return not statement.doubts and all(condition.key.lower() in _OF_CALLERS for condition in statement.conditions)


def _allows_all(written: Written) -> bool:
    return any(_is_everything(one) and _names(one, "*") for one in written.policy.statements if one.allow)


def _names(statement: Statement, action: str) -> bool:
    return not statement.not_action and any(part.value == action for part in statement.actions or ())


def _is_everything(statement: Statement) -> bool:
    """Whether a statement is about every resource and without conditions."""
    every = not statement.not_resource and any(part.value == "*" for part in statement.resources or ())
    return every and not statement.conditions and not statement.doubts


def _left_out(level: Level) -> Iterator[Written]:
    """What no policy of a level allows, as a deny of everything but a list."""
    allowing = [written for written in level if any(one.allow for one in written.policy.statements)]
    allows = [one for written in allowing for one in written.policy.statements if one.allow]
    open_ = any(written.doubt is not None or written.policy.unknown for written in level)
    if not allows or open_ or any(one.not_action or _names(one, "*") for one in allows):
        return
    listed = tuple(part for one in allows for part in one.actions or ())
    left = structs.replace(
        _EVERYTHING.statements[0], allow=False, actions=listed, not_action=True, path=allows[0].path, sid=allows[0].sid
    )
    yield structs.replace(allowing[0], policy=Policy(statements=(left,), variables=True))
