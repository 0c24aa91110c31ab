"""What an estate tells of its resources: which role a function runs as, who can take a role, what code is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from lambdaward.analysis.access import Access, Principal
from lambdaward.analysis.paths.candidate import Arn, Candidate, Standing, kind_of
from lambdaward.analysis.paths.columns import Column, Rows, known
from lambdaward.analysis.paths.kinds import TYPES
from lambdaward.analysis.paths.plan import LINKING
from lambdaward.analysis.paths.trust import Trust
from lambdaward.catalog import Fact as Given
from lambdaward.catalog import Relation
from lambdaward.model import (
    AttachedPolicy,
    CodeSigningConfig,
    Fact,
    Function,
    Group,
    Link,
    No,
    ResourceId,
    Role,
    Text,
    Unknown,
    Unsure,
    User,
    Value,
    Verdict,
    Yes,
    holes,
    is_equal,
    literal,
    text,
)

_UNTOLD = {
    Relation.DEPLOYS_LATEST: "whether an endpoint deploys the latest revision by itself is not read",
    Relation.RUNS_AS: "the role that it runs as is not read",
    Relation.USES: "what it is made of is not read",
}
# What must be so of one's own resources: nothing that may be taken for granted of others.
_OWN = frozenset({Relation.ATTACHED, Relation.BOUNDED, Relation.IS_ROLE, Relation.IS_USER, Relation.MEMBER})


class Relations:
    """Questions about the resources of one estate that no policy of a principal answers."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._estate = access.estate
        self._trust = Trust(access)
        self._here: dict[tuple[str, str], Column] = {}
        self._answers: dict[tuple[object, ...], Verdict] = {}

    def here(self, kind: str, service: str) -> Column:
        """The resources of the estate of a kind."""
        if (kind, service) not in self._here:
            type_, _ = TYPES.get((service, kind), ("", ""))
            found = (self.candidate(identity, kind) for identity in self._by_type.get(type_, ()))
            self._here[kind, service] = Column(tuple(found))
        return self._here[kind, service]

    def candidate(self, identity: ResourceId, kind: str) -> Candidate:
        """A resource of the estate."""
        resource = self._estate.resources[identity]
        arn = self._access.names.arn(identity)
        known = (
            arn if isinstance(arn, str | Text | Unknown) else Unknown(f"the name of {identity.name} has alternatives")
        )
        return Candidate(kind, known, resource.shown or identity.name, Standing.HERE, identity)

    def holds(self, relation: Relation, of: Candidate, to: Candidate | str, who: Principal) -> Verdict:
        """Whether a fact holds. `to` is a service principal, or a resource; for the principal itself, both are its candidate."""
        if of.standing is Standing.ANY:
            return Yes() if relation not in _OWN or self._free_of_self(relation, to, who) else No()
        return self.fact(relation, of, to)

    def open(self, relation: Relation, of: Candidate, to: Candidate | str) -> bool | None:
        """Whether a fact holds of one certain resource, without its reasons: true, false, or `None` where it is not known."""
        if relation is Relation.TRUSTS and of.here:
            role = self._estate.get(Role, of.id)
            return False if role is None else self._trust.open(role, to.arn if isinstance(to, Candidate) else to)
        return known(self.fact(relation, of, to))

    def fact(self, relation: Relation, of: Candidate, to: Candidate | str) -> Verdict:
        """Whether a fact holds of one certain resource, whoever asks."""
        if of.standing is Standing.UNSEEN:
            return Unsure((Unknown(f"{of.shown} is not in what was scanned", "scan where it is declared as well"),))
        if not of.here:
            return No()
        end = (to.kind, to.id) if isinstance(to, Candidate) and to.here else to
        key = relation.value, of.kind, of.id, end
        if key not in self._answers:
            self._answers[key] = self._holds(relation, of, to)
        return self._answers[key]

    def linked(self, relation: Relation, of: Candidate, to: str) -> tuple[Candidate, ...] | None:
        """The resources that a relation ties to one, as candidates for a variable; `None` when the relation lists none."""
        kind = kind_of(to)
        if relation not in LINKING:
            return None
        if of.standing in (Standing.ANY, Standing.UNSEEN):
            return (Candidate(kind, Unknown(f"which {kind} it has"), f"the {kind} of {of.shown}", of.standing),)
        return tuple(self._linked(relation, of, kind))

    def trusting(self, column: Column, who: Arn, among: int = -1) -> Rows:
        """Which roles of a column let a service or a principal take them, among some rows."""
        return self._trust.over(column, who, among)

    def tied(self, facts: Iterable[Given], bound: Mapping[str, Candidate], name: str) -> tuple[Candidate, ...] | None:
        """The resources that a fact ties to those that are chosen, for a variable; `None` when none lists any."""
        for fact in facts:
            if (
                fact.to == name
                and fact.of in bound
                and (found := self.linked(fact.relation, bound[fact.of], name)) is not None
            ):
                return found
        return None

    def allows(self, who: Candidate, action: str, resource: Arn) -> Verdict:
        """Whether another principal of the estate may take an action on a resource."""
        return self._access.allows(who.id, action, resource)

    def _free_of_self(self, relation: Relation, to: Candidate | str, who: Principal) -> bool:
        """Whether a fact of any resource is one that an account always has: a policy is attached to some role."""
        return relation is Relation.ATTACHED and isinstance(to, Candidate) and to.id != who.id

    def _holds(self, relation: Relation, of: Candidate, to: Candidate | str) -> Verdict:
        if relation in self._tests:
            return self._tests[relation](of, to)
        if isinstance(to, Candidate) and any(to == other for other in self._linked(relation, of, to.kind)):
            return Yes((Fact(f"{of.shown} has {to.shown}"),))
        return Unsure((Unknown(_UNTOLD[relation]),)) if relation in _UNTOLD and not self._told(of) else No()

    @cached_property
    def _tests(self) -> Mapping[Relation, Callable[[Candidate, Candidate | str], Verdict]]:
        return {
            Relation.TRUSTS: self._trusts,
            Relation.SIGNED: lambda of, _: self._signed(of, signed=True),
            Relation.UNSIGNED: lambda of, _: self._signed(of, signed=False),
            Relation.IN_PROFILE: lambda of, _: self._in_profile(of),
            Relation.BOUNDED: lambda of, _: self._bounded(of),
            Relation.IS_ROLE: lambda of, _: _yes(of.kind == "role"),
            Relation.IS_USER: lambda of, _: _yes(of.kind == "user"),
            Relation.MEMBER: self._member,
        }

    def _told(self, of: Candidate) -> bool:
        """Whether what a resource runs as, and is made of, is read."""
        return of.kind == "function" or any(kind == of.kind and role for (_, kind), (_, role) in TYPES.items())

    def _trusts(self, of: Candidate, to: Candidate | str) -> Verdict:
        role = self._estate.get(Role, of.id)
        return No() if role is None else self._trust.admits(role, to.arn if isinstance(to, Candidate) else to)

    def _signed(self, of: Candidate, *, signed: bool) -> Verdict:
        function = self._estate.get(Function, of.id)
        if function is None:
            return No()
        if function.code_signing is None:
            return No() if signed else Yes((Fact(f"{of.shown} accepts unsigned code"),))
        config = self._estate.follow(CodeSigningConfig, function.code_signing)
        if config is None or function.code_signing.possible:
            return Unsure((Unknown(f"which code signing {of.shown} has is not known"),))
        enforced = is_equal(config.untrusted, "Enforce")
        place = config.place("CodeSigningPolicies", "UntrustedArtifactOnDeployment")
        match enforced:
            case Yes():
                return Yes((Fact(f"{of.shown} enforces code signing", place),)) if signed else No()
            case No():
                return No() if signed else Yes((Fact(f"{of.shown} lets unsigned code pass", place),))
        return enforced

    def _in_profile(self, of: Candidate) -> Verdict:
        for identity in self._by_type.get("AWS::IAM::InstanceProfile", ()):
            listed = self._estate.resources[identity].properties.get("Roles")
            if any(getattr(hole, "resource", None) == of.id for hole in holes(listed)):
                return Yes((Fact(f"{identity.name} is an instance profile of {of.shown}"),))
        return No()

    def _bounded(self, of: Candidate) -> Verdict:
        who = self._access.principal(of.id)
        return _yes(who is not None and self._access.boundary(who) is not None)

    def _member(self, of: Candidate, to: Candidate | str) -> Verdict:
        user = self._estate.get(User, of.id)
        groups = {link.target for link in user.groups} if user else set()
        return _yes(isinstance(to, Candidate) and to.id is not None and to.id in groups)

    def _linked(self, relation: Relation, of: Candidate, kind: str) -> Iterator[Candidate]:
        if relation is Relation.RUNS_AS:
            yield from self._roles_of(of)
        elif relation is Relation.ATTACHED and of.id:
            yield from (self.candidate(identity, kind) for identity in self._holders.get(of.id, ()))
        elif relation is Relation.USES:
            function = self._estate.get(Function, of.id)
            yield from self._parts(function, kind) if function else ()

    def _roles_of(self, of: Candidate) -> Iterator[Candidate]:
        property_ = next((role for (_, kind), (_, role) in TYPES.items() if kind == of.kind), "")
        function = self._estate.get(Function, of.id)
        if function is not None:
            yield from self._link(function.role, "role")
        elif of.id and property_:
            written = self._access.names.resolve(self._estate.resources[of.id].properties.get(property_))
            yield from (role for role in self.here("role", "iam").candidates if role.arn == written)

    def _parts(self, function: Function, kind: str) -> Iterator[Candidate]:
        links = {"key": (function.kms_key,), "code-signing-config": (function.code_signing,)}.get(kind, ())
        for link in links:
            yield from self._link(link, kind)
        written = {"runtime": function.runtime_arn, "repository": _repository(function.image_uri)}.get(kind)
        if written is not None:
            yield self._seen(kind, self._access.names.resolve(written))
        if kind == "layer":
            yield from (self._seen(kind, _layer(self._access.names.resolve(link.value))) for link in function.layers)
        if kind == "object" and function.code_bucket is not None and function.code_key is not None:
            yield self._seen(kind, self._object(function))

    def _object(self, function: Function) -> Value:
        bucket, key = function.code_bucket, self._access.names.resolve(function.code_key)
        name = self._access.names.resolve(bucket.value) if bucket else None
        texts = isinstance(name, str | Text) and isinstance(key, str | Text)
        return text("arn:aws:s3:::", name, "/", key) if texts else Unknown("where the code lies is not known")  # type: ignore[arg-type]

    def _seen(self, kind: str, arn: Value) -> Candidate:
        known: Arn = arn if isinstance(arn, str | Text | Unknown) else Unknown(f"which {kind} it has is not known")
        return Candidate(
            kind, known, f"a {kind}" if isinstance(known, Unknown) else literal(known) or f"a {kind}", Standing.HERE
        )

    def _link(self, link: Link | None, kind: str) -> Iterator[Candidate]:
        if link is not None and link.target is not None:
            yield self.candidate(link.target, kind)
        elif link is not None:
            yield Candidate(kind, Unknown(f"its {kind} is not in what was scanned"), f"its {kind}", Standing.UNSEEN)

    @cached_property
    def _by_type(self) -> Mapping[str, list[ResourceId]]:
        table: dict[str, list[ResourceId]] = {}
        for identity, resource in self._estate.resources.items():
            table.setdefault(resource.type, []).append(identity)
        return table

    @cached_property
    def _holders(self) -> Mapping[ResourceId, list[ResourceId]]:
        """The roles and users of each managed policy of the estate."""
        table: dict[ResourceId, list[ResourceId]] = {}
        for policy in self._estate.all(AttachedPolicy):
            for link in (*policy.roles, *policy.users, *policy.groups):
                if link.target is not None:
                    table.setdefault(policy.id, []).append(link.target)
        principals: tuple[Principal, ...] = (*self._estate.all(Role), *self._estate.all(User), *self._estate.all(Group))
        for principal in principals:
            for link in principal.managed:
                if link.target is not None:
                    table.setdefault(link.target, []).append(principal.id)
        return table


def _yes(holds: bool) -> Verdict:  # noqa: FBT001 - a fact
    return Yes() if holds else No()


def _repository(image: Value) -> Value:
    """The ARN of the repository that an image is in."""
    known = literal(image)
    if known is None or ".dkr.ecr." not in known:
        return None if image is None else Unknown("which repository the image is in is not known")
    registry, _, name = known.partition("/")
    account, _, _, region = registry.split(".")[:4]
    return f"arn:aws:ecr:{region}:{account}:repository/{name.partition('@')[0].partition(':')[0]}"


def _layer(version: Value) -> Value:
    """The ARN of the layer that a layer version is of."""
    known = literal(version)
    return known.rpartition(":")[0] if known else Unknown("which layer it is is not known")
