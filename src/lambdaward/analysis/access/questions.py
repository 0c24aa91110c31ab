"""Whether somebody may do something, by every policy of the estate that has a say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from lambdaward.analysis.access.asking import ANYBODY, EVERYTHING, Asker, Target, by_resource, outsider
from lambdaward.analysis.access.fitting import misfit, works_on_nothing
from lambdaward.analysis.access.guarding import Guarding
from lambdaward.analysis.access.organization import Control
from lambdaward.analysis.access.targets import Targets
from lambdaward.iam import Caller, CallerKind, Context, Decision, Policies, PolicySet, Request, Textual, caller, decide
from lambdaward.model import (
    Bucket,
    Function,
    FunctionUrl,
    No,
    ResourceId,
    Text,
    Unknown,
    Unsure,
    Value,
    Verdict,
    Yes,
    is_equal,
    literal,
)

if TYPE_CHECKING:
    from lambdaward.analysis.access.access import Access, Who

Keys = Mapping[str, Value]
# What holds of every request that is sent through an AWS SDK.
USUAL: Keys = {"aws:SecureTransport": "true", "aws:ViaAWSService": "false"}
_SOMEBODY = Caller(CallerKind.ROLE, _WHO := Unknown("who it is, is not known"), _WHO, _WHO)
# Keys of the calls that services make for themselves.
_OF_SERVICES = ("aws:SourceAccount", "aws:SourceArn", "aws:PrincipalServiceName")
_OF_ACCOUNTS = ("aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths")


class Questions:
    """Answers about one estate. Policies are gathered once for each principal and each resource."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self._estate = access.estate
        self.guarding = Guarding(access)
        self.targets = Targets(access.estate, access.names)
        self._through: dict[tuple[ResourceId, str], PolicySet | None] = {}
        self._limits: dict[tuple[Textual, Control], tuple[PolicySet, ...]] = {}
        self._resource: dict[tuple[ResourceId, bool, str, bool], PolicySet | None] = {}

    def asker(self, who: Who | str | Asker) -> Asker:
        """Who asks: a record of the estate or what leads to one, an ARN, an account, a service, or `*` for anybody."""
        if isinstance(who, Asker):
            return who
        if who == "*":
            return ANYBODY
        if isinstance(who, str):
            return self._by_word(who)
        principal = self.access.principal(who)
        function = who if isinstance(who, Function) else None
        if principal is None:
            return self._unseen(function)
        kind = "function" if function else type(principal).__name__.lower()
        shown = function.shown if function else principal.shown
        return Asker(self.access.caller(principal), shown or principal.id.name, kind, principal, function)

    def target(self, resource: Value | ResourceId | Target) -> Target:
        """What is to be acted on: an ARN, or a resource of the estate."""
        return resource if isinstance(resource, Target) else self.targets.of(resource)

    def _unseen(self, function: Function | None) -> Asker:
        """Somebody of the estate whose role is not in it."""
        if function is None:
            return Asker(_SOMEBODY, "?", "role", unseen="the principal is not in what was scanned")
        role = self.access.names.resolve(function.role.value) if function.role else None
        who = caller(role) if isinstance(role, str | Text) else _SOMEBODY
        unseen = f"the role of {function.shown or function.id.name} is not in what was scanned"
        return Asker(who, function.shown or function.id.name, "function", None, function, unseen)

    def _by_word(self, word: str) -> Asker:
        found = self.targets.of(word).id
        known = self._estate.get(Function, found) or self.access.principal(found)
        return outsider(caller(word), word) if known is None else self.asker(known)

    def decide(self, asker: Asker, action: str, target: Target, keys: Keys, *, closed: bool = False) -> Decision:
        """Decide one request. `keys` are what is known of its context; others are not known, or absent when `closed`. An action
        that works on no resource is asked about `*`, as AWS does."""
        target = EVERYTHING if works_on_nothing(action) else target
        request = self.request(asker, action, target, keys, closed=closed)
        return decide(request, self._policies(asker, action, target))

    def is_idle(self, asker: Asker, action: str, target: Target) -> bool:
        """Whether surely nothing allows a request, at first sight: no policy of the caller says anything about the action, and
        none guards the resource."""
        if asker.principal is None or action.lower().startswith("sts:"):
            return False
        target = EVERYTHING if works_on_nothing(action) else target
        guard = self._guard(target, taking=False, needed=_decides_alone(asker, action, target))
        return guard is None and self.access.is_silent(asker.principal, action)

    def request(self, asker: Asker, action: str, target: Target, keys: Keys, *, closed: bool = False) -> Request:
        """A request with everything that is known of it."""
        return Request(
            asker.caller,
            action,
            target.arn,
            account=target.account,
            context=self.context(asker, action, target, keys, closed=closed),
            wildcard_only=works_on_nothing(action),
            any_session=True,
        )

    def notes(self, asker: Asker, action: str, target: Target) -> Iterator[str]:
        """What an answer takes as given."""
        if target.arn == "*" and not works_on_nothing(action):
            yield "the resource is `*`: the answer is about some resource, not about each"
        if why := misfit(action, target.arn):
            yield why
        if target.id is None and target.arn != "*" and not target.perhaps:
            yield f"{target.shown} is not in what was scanned: a policy on it is taken to be silent"
        elif target.id is not None and (unseen := self.guarding.unseen(target.id)):
            yield f"{unseen}: it is taken to be silent"
        if asker.caller.in_account and not self._levels(asker.caller, Control.SERVICE):
            yield "policies of the organization are not known"

    def _policies(self, asker: Asker, action: str, target: Target) -> Policies:
        identity, boundary = PolicySet(()), None
        if asker.principal is not None:
            identity = self.access.policy_set(asker.principal) or identity
            boundary = self.access.policy_set(asker.principal, boundary=True)
        elif asker.unseen:
            identity = PolicySet((), (Unknown(asker.unseen, "scan where it is declared as well"),))
        taking = action.lower().startswith("sts:")
        owner = self._owner(asker, target)
        return Policies(
            identity=identity,
            boundary=boundary,
            resource=self._guard(target, taking=taking, needed=_decides_alone(asker, action, target)),
            endpoint=self._endpoint(asker, action),
            public_access_blocked=self._blocked(target),
            scps=self._levels(asker.caller, Control.SERVICE),
            rcps=self._controls(owner, Control.RESOURCE),
            management_account=self.access.organization.management,
        )

    def _endpoint(self, asker: Asker, action: str) -> PolicySet | None:
        """The policies of the endpoints that the requests of a function go through."""
        if asker.function is None or asker.function.vpc is None:
            return None
        key = asker.function.id, action.partition(":")[0].lower()
        if key not in self._through:
            found = list(self.access.endpoints.policies(asker.function, key[1]))
            self._through[key] = self.access.gathered(found) if found else None
        return self._through[key]

    def _levels(self, caller: Caller, control: Control) -> tuple[PolicySet, ...]:
        return self._controls(caller.account, control) if caller.in_account else ()

    def _controls(self, account: Textual, control: Control) -> tuple[PolicySet, ...]:
        """The levels of an organization's policies that limit an account."""
        key = account, control
        if key not in self._limits:
            levels = self.access.organization.levels(account, control)
            self._limits[key] = tuple(map(self.access.gathered, levels))
        return self._limits[key]

    def _owner(self, asker: Asker, target: Target) -> Textual:
        """The account of what is acted on: of a resource that nobody knows the account of, the caller's."""
        return target.account or account_of(target.arn) or asker.caller.account

    def _guard(self, target: Target, *, taking: bool, needed: bool) -> PolicySet | None:
        """The policies on a target. Those that were not seen are taken to be silent, unless nothing is allowed without them."""
        if target.id is not None:
            key = target.id, taking, target.qualifier, needed
            if key not in self._resource:
                unseen = (self.guarding.unseen(target.id) if needed else "") or self._perhaps_blocked(target.id)
                written = self.guarding.policies(target.id, taking=taking, qualifier=target.qualifier)
                self._resource[key] = self.access.gathered(written, unseen) if written or unseen else None
            return self._resource[key]
        if target.perhaps:
            names = ", ".join(identity.name for identity in target.perhaps[:3])
            why = f"whether {target.shown} is {names} is only known when their names are"
            return PolicySet((), (Unknown(why, "give the parameters, --account and --region"),))
        why = f"the policy of {target.shown} is not in what was scanned"
        return PolicySet((), (Unknown(why, "scan where it is declared as well"),)) if needed else None

    def context(self, asker: Asker, action: str, target: Target, keys: Keys, *, closed: bool = False) -> Context:
        """What is known of the keys of a request."""
        own, absent = _known_of(asker)
        if action.lower() == "lambda:invokefunctionurl":
            own |= self._of_url(target)
        if isinstance(asker.function, Function):
            own["lambda:SourceFunctionArn"] = self.access.names.arn(asker.function.id)
        if target.account:
            own["aws:ResourceAccount"] = target.account
        said = {key.lower() for key in keys}
        known = {key: value for key, value in {**USUAL, **own}.items() if key.lower() not in said}
        left = [key for key in absent if key.lower() not in said]
        return Context({**known, **keys}, closed=closed, absent=left)

    def _of_url(self, target: Target) -> Keys:
        """What a function's URL says of every request through it."""
        for url in self._estate.all(FunctionUrl):
            same = url.function is not None and target.id is not None and url.function.target == target.id
            if same and (literal(url.qualifier) or "") == target.qualifier:
                return {"lambda:FunctionUrlAuthType": url.auth_type}
        return {}

    def _blocked(self, target: Target) -> bool:
        return isinstance(self._restricted(target.id), Yes)

    def _perhaps_blocked(self, identity: ResourceId) -> str:
        blocked = self._restricted(identity)
        return (
            f"whether public access to {identity.name} is blocked is not known" if isinstance(blocked, Unsure) else ""
        )

    def _restricted(self, identity: ResourceId | None) -> Verdict:
        """Whether S3 Block Public Access restricts a bucket: one that says nothing has it on."""
        bucket = self._estate.get(Bucket, identity)
        if bucket is None:
            return No()
        return Yes() if bucket.public_access is None else is_equal(bucket.public_access.restrict, True)


def _known_of(asker: Asker) -> tuple[dict[str, Value], tuple[str, ...]]:
    """What requests say of who sends them, and the keys that they do not have."""
    who = asker.caller
    if who.kind is CallerKind.ANONYMOUS:
        return {"aws:PrincipalType": "Anonymous"}, (*_OF_SERVICES, *_OF_ACCOUNTS, "aws:username")
    if who.kind is CallerKind.EXTERNAL:
        if asker.kind != "service":
            return {}, _OF_SERVICES
        return {"aws:PrincipalIsAWSService": "true", "aws:PrincipalServiceName": asker.shown}, _OF_ACCOUNTS
    if asker.kind == "any account":
        return {"aws:PrincipalIsAWSService": "false"}, _OF_SERVICES
    known: dict[str, Value] = {"aws:PrincipalIsAWSService": "false", "aws:PrincipalAccount": who.account}
    if who.kind in (CallerKind.ROLE, CallerKind.USER):
        known["aws:PrincipalArn"] = who.arn
    if who.kind is CallerKind.USER:
        return {**known, "aws:username": who.name}, _OF_SERVICES
    return known, (*_OF_SERVICES, "aws:username")


def _decides_alone(asker: Asker, action: str, target: Target) -> bool:
    """Whether nothing is allowed without the resource's own policy: for callers of other accounts and of none, for keys, and for
    taking on roles."""
    owner = target.account or account_of(target.arn)
    foreign = isinstance(owner, str) and owner.isdecimal() and isinstance(asker.caller.account, str)
    if not asker.caller.in_account or (foreign and owner != asker.caller.account):
        return True
    return by_resource(action, target.arn)


def account_of(arn: Textual) -> str:
    """The account that an ARN names; empty when it names none."""
    return arn.split(":")[4] if isinstance(arn, str) and arn.count(":") > 4 else ""
