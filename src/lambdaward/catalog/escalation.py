"""Ways from some permissions to more, as data that an engine can evaluate.

A resource is `self` (the intruder's own principal), `any` (the action works on no resource) or a variable `kind:name`: a kind is
a resource type of AWS (`function`, `role`, `code-signing-config`: blanks are hyphens), and the same variable is the same
resource wherever it stands in a path. The name `new` is a resource made on the way: any name that is allowed will do. `own` is
one at the intruder's disposal already. `every`, in gains, is each one of its kind. Every other name is one that exists and must
be found.

To evaluate a path for a principal: choose resources for its variables such that every fact of `given` holds and every step is
allowed, in a request with the step's context. Each choice is one way to what `gains` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache

from msgspec import UNSET, Struct, UnsetType

from lambdaward.catalog.effects import Evidence
from lambdaward.catalog.sheet import sheet
from lambdaward.catalog.universe import actions
from lambdaward.model import Unknown

SELF, ANY, NEW, OWN, EVERY = "self", "any", "new", "own", "every"


class Relation(Enum):
    """What a fact says of a resource (`of`), and of another one (`to`) where it says something of two."""

    ATTACHED = "attached"
    """A policy is attached to a principal."""
    BOUNDED = "bounded"
    """A principal has a permissions boundary."""
    DEPLOYS_LATEST = "deploys-latest"
    """A web function has an endpoint that deploys the latest revision by itself."""
    IN_PROFILE = "in-profile"
    """A role is in an instance profile."""
    IS_ROLE = "is-role"
    """A principal is a role."""
    IS_USER = "is-user"
    """A principal is a user."""
    MEMBER = "member"
    """A user is a member of a group."""
    RUNS_AS = "runs-as"
    """What a resource runs has the credentials of a role."""
    SIGNED = "signed"
    """A function enforces code signing."""
    TRUSTS = "trusts"
    """A role can be assumed by a principal or a service."""
    UNSIGNED = "unsigned"
    """A function does not enforce code signing."""
    USES = "uses"
    """A function is made of a resource: a layer, a runtime, an object, a repository, a key, a configuration."""


class What(Enum):
    """What a path gives."""

    CODE = "code"
    """Own code runs in a resource."""
    CREDENTIALS = "credentials"
    """Acting as a principal."""
    DATA = "data"
    """Reading what a resource holds."""
    INTEGRITY = "integrity"
    """Changing what a resource does or believes, without running own code."""
    INVOKE = "invoke"
    """Starting a resource, or calling it, with chosen input."""
    NETWORK = "network"
    """Reaching the network that a resource is in."""
    PERMISSIONS = "permissions"
    """The principal itself may do more."""


class Step(Struct, frozen=True):
    """An action that must be allowed on a resource, for the principal or the role `by`. `context` are condition keys of the
    request: a text, or a variable whose ARN is the value."""

    action: str
    on: str
    by: str = SELF
    context: Mapping[str, str] | UnsetType = UNSET

    @property
    def keys(self) -> Mapping[str, str]:
        """The condition keys that the request must carry."""
        return {} if self.context is UNSET else self.context


class Fact(Struct, frozen=True):
    """A fact that must hold. `to` is a resource, a service principal, or empty."""

    relation: Relation
    of: str
    to: str = ""


class Gain(Struct, frozen=True):
    """What a path gives, and of which resource."""

    what: What
    of: str


class Escalation(Struct, frozen=True, kw_only=True):
    """One path. `needs` are circumstances that no estate shows; `sources` name lists and pages that have it (none: nobody has
    published it); `withdrawn`: AWS has ended the service."""

    id: str
    name: str
    steps: tuple[Step, ...]
    given: tuple[Fact, ...]
    gains: tuple[Gain, ...]
    needs: tuple[str, ...]
    evidence: Evidence
    sources: tuple[str, ...]
    withdrawn: bool = False

    @property
    def actions(self) -> frozenset[str]:
        """The actions of its steps."""
        return frozenset(step.action for step in self.steps)

    @property
    def needed(self) -> int:
        """The set of the listed actions of the intruder's own steps."""
        own = [actions().index(step.action) for step in self.steps if step.by == SELF]
        return sum({1 << number for number in own if not isinstance(number, Unknown)})


@cache
def escalations() -> tuple[Escalation, ...]:
    """Every path."""
    return sheet("escalations", tuple[Escalation, ...]).rows
