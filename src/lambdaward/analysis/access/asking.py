"""Who asks, and for what: the two ends of a question about an estate."""

from __future__ import annotations

from msgspec import Struct

from lambdaward.analysis.access.attached import Principal
from lambdaward.iam import ANONYMOUS, Caller, CallerKind, Textual
from lambdaward.model import Function, ResourceId, show


class Asker(Struct, frozen=True):
    """Who wants to do something. `principal` is the role, user or group of the estate whose policies it has, `function` the
    function whose code asks. `unseen`: why its policies are not known, for a principal of an account that was not scanned."""

    caller: Caller
    shown: str
    kind: str
    principal: Principal | None = None
    function: Function | None = None
    unseen: str = ""


class Target(Struct, frozen=True):
    """What is to be acted on: its ARN, the resource of the estate that it is, or is part of, and a function's qualifier.
    `account` is the owner's where the ARN does not tell. `perhaps` are resources of the estate that it may turn out to be."""

    arn: Textual
    shown: str
    id: ResourceId | None = None
    qualifier: str = ""
    account: Textual = ""
    perhaps: tuple[ResourceId, ...] = ()


EVERYTHING = Target("*", "*")
ANYBODY = Asker(ANONYMOUS, "anybody, without credentials", "anonymous")


def outsider(caller: Caller, word: str) -> Asker:
    """Somebody who is not in the estate: an account, a service, or a principal of whom only the ARN is known."""
    match caller.kind:
        case CallerKind.ANONYMOUS:
            return ANYBODY
        case CallerKind.ROOT:
            return Asker(caller, f"account {word}", "account")
        case CallerKind.EXTERNAL:
            return Asker(
                caller, word, "service" if word.endswith((".amazonaws.com", ".amazonaws.com.cn")) else "provider"
            )
    return Asker(caller, word, caller.kind.value, unseen=f"the policies of {word} are not in what was scanned")


def by_resource(action: str, resource: Textual) -> bool:
    """Whether nothing is allowed without the resource's own policy, also within an account: keys, and taking on roles."""
    lower = action.lower()
    return lower.startswith("sts:assumerole") or (lower.startswith("kms:") and ":key/" in show(resource))
