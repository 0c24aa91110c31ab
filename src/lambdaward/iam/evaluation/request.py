"""A request: who wants to do what to which resource, and what is known of its circumstances."""

from __future__ import annotations

from lambdaward.iam.context import Context
from lambdaward.iam.evaluation.caller import ANONYMOUS, Caller, caller, named
from lambdaward.iam.language import Textual
from lambdaward.iam.matching import Subject, subject
from lambdaward.iam.matching.arn import fields
from lambdaward.model import parts, show


class Request:
    """One request, ready to be asked about.

    `principal` is an ARN, an account number, a service's or provider's name, or a `Caller`. `resource` is an ARN; a `*` in it
    stands for any text, so that the request is for some resource it matches: an allow applies when it reaches one of them, a
    deny when it reaches all. `wildcard_only`: the action knows no resources, and its `*` is just that. `account` is the
    resource's owner, by default the account in its ARN, else the caller's. `any_session`: whether the session of a role may
    have any name.
    """

    __slots__ = ("account", "action", "any_session", "caller", "context", "keys", "resource", "service", "target")

    def __init__(  # noqa: PLR0913 - what a request is made of
        self,
        principal: Textual | Caller,
        action: str,
        resource: Textual = "*",
        *,
        account: Textual = "",
        context: Context | None = None,
        wildcard_only: bool = False,
        any_session: bool = False,
    ) -> None:
        if isinstance(principal, str):
            self.caller, self.keys = named(principal)
        else:
            self.caller = principal if isinstance(principal, Caller) else caller(principal)
            self.keys = self.caller.keys()
        self.action = action.lower()
        self.service = self.action.partition(":")[0]
        self.resource = resource
        self.target: Subject = subject(resource, wildcards=not wildcard_only)
        self.account = account or _owner(resource) or self.caller.account
        self.context = context or Context()
        self.any_session = any_session

    @property
    def named_resource(self) -> tuple[Textual, str]:
        """The account of the resource's ARN, and the literal text that its last field begins with."""
        arn = fields(self.resource)
        head = parts(arn[5])[:1] if len(arn) == 6 else ()
        return (arn[4], head[0]) if head and isinstance(head[0], str) else ("", "")

    @property
    def shown(self) -> str:
        """The request for people."""
        return f"{self.action} on {show(self.resource)}"


def _owner(resource: Textual) -> Textual:
    """The account that an ARN names; empty when it names none, or any."""
    if not isinstance(resource, str):
        known = fields(resource)
        return known[4] if len(known) == 6 else ""
    parts = resource.split(":", 5)
    return parts[4] if len(parts) == 6 and parts[4].isdecimal() else ""


def asked(action: str, resource: Textual, context: Context) -> Request:
    """A request of which only the action, the resource and the context matter, for `Clause.applies`."""
    return Request(ANONYMOUS, action, resource, context=context)
