"""Whom the resource policies of an estate admit, and on which conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from lambdaward.analysis.access import Access, Stated
from lambdaward.analysis.access.strange import ADDRESS, STRANGE, STRANGE_ACCOUNT, STRANGER
from lambdaward.analysis.guards.sources import strange_sources
from lambdaward.iam import Context, Principal, Statement, asked, unknowns
from lambdaward.model import (
    No,
    Place,
    Pseudo,
    Ref,
    ResourceId,
    RestApi,
    Text,
    Unknown,
    Unsure,
    Verdict,
    Yes,
    all_of,
    any_of,
    literal,
    negate,
    text,
)

Keys = Mapping[str, str | Text]


class Admitted(Struct, frozen=True):
    """A principal that an allow statement names, on a resource that its policy guards."""

    principal: Principal
    stated: Stated
    resource: ResourceId

    @property
    def place(self) -> Place:
        """Where the principal stands."""
        return self.stated.at(self.principal)

    @property
    def key(self) -> str:
        """What tells it apart from the policy's other principals."""
        return ".".join(map(str, self.principal.path))

    @property
    def everybody(self) -> bool:
        """Whether every AWS account is meant: by `*`, or by all but a list."""
        wild = self.principal.kind in ("*", "AWS") and literal(self.principal.value) == "*"
        return wild or self.stated.statement.not_principal

    @property
    def service(self) -> str:
        """The service that is meant; empty when none is, or which one is not known."""
        return literal(self.principal.value) or "" if self.principal.kind == "Service" else ""


class Guards:
    """Questions about the resource policies of one estate."""

    def __init__(self, access: Access) -> None:
        self.access = access

    def admitted(self, resource: ResourceId) -> Iterator[Admitted]:
        """Every principal that the allow statements guarding a resource name."""
        for stated in self.access.guarding(resource):
            if stated.statement.allow:
                for principal in stated.statement.principals or ():
                    yield Admitted(principal, stated, resource)

    def open(self, resource: ResourceId, action: str, keys: Keys | None = None) -> Verdict:
        """Whether everybody with an AWS account may take an action on a resource."""
        return any_of(self.everybody(admitted, action, keys) for admitted in self.admitted(resource))

    def everybody(self, admitted: Admitted, action: str, keys: Keys | None = None) -> Verdict:
        """Whether a statement lets everybody with an AWS account take an action. `keys` is what their requests say beside
        what every stranger's says. A principal that is not known may be everybody."""
        if not admitted.everybody and not isinstance(admitted.principal.value, Unknown):
            return No()
        through = self._through(admitted, action, {**STRANGE, **(keys or {})})
        if admitted.everybody or isinstance(through, No):
            return through
        return Unsure((admitted.principal.value,)) if isinstance(admitted.principal.value, Unknown) else No()

    def on_behalf(self, admitted: Admitted, action: str) -> Verdict:
        """Whether a statement lets its service take an action on behalf of a stranger's resource."""
        if not admitted.service:
            return No()
        keys = {
            "aws:SecureTransport": "true",
            "aws:PrincipalIsAWSService": "true",
            "aws:PrincipalServiceName": admitted.service,
            "aws:SourceAccount": STRANGE_ACCOUNT,
        }
        sources = strange_sources(admitted.service, admitted.stated.statement)
        return any_of(self._through(admitted, action, {**keys, "aws:SourceArn": source}) for source in sources)

    def api(self, api: RestApi, keys: Keys | None = None) -> Verdict:
        """Whether the resource policy of a REST API lets a caller through who shows nothing; one without a policy does. `keys`
        is what requests say beside their address."""
        statements = self._of_api(api)
        if statements is None:
            return Yes()
        account = (Pseudo("AWS::Region", api.id.stack), ":", Pseudo("AWS::AccountId", api.id.stack))
        whole = self.access.names.resolve(text("arn:aws:execute-api:", *account, ":", Ref(api.id), "/*"))
        # A policy may write the API's own ARN for short.
        targets = ["execute-api:/*", *([whole] if isinstance(whole, str | Text) else [])]
        context = Context({**ADDRESS, "aws:SecureTransport": "true", **(keys or {})})
        through = {
            allow: any_of(
                _applies(stated, "execute-api:Invoke", target, context)
                for stated in statements
                for target in targets
                if stated.statement.allow is allow and _for_all(stated.statement)
            )
            for allow in (True, False)
        }
        return all_of((through[True], negate(through[False])))

    def foreign_endpoint(self, api: RestApi) -> Verdict:
        """Whether the resource policy of a REST API lets a caller through who comes by a stranger's VPC endpoint."""
        return self.api(api, {"aws:SourceVpce": f"vpce-{STRANGER}", "aws:SourceVpc": f"vpc-{STRANGER}"})

    def _of_api(self, api: RestApi) -> tuple[Stated, ...] | None:
        name = f"the resource policy of {api.shown}"
        if api.policy is not None:
            return self.access.document(name, api.policy, api.place("Policy"))
        if api.document is None or api.document.policy is None:
            return None
        return self.access.document(name, api.document.policy, api.document.place("x-amazon-apigateway-policy"))

    def some(self, admitted: Admitted, action: str) -> Verdict:
        """Whether a statement lets its principal take an action: yes only when no condition stands beside it."""
        target = self._target(admitted.resource, action)
        return _applies(admitted.stated, action, target, Context(closed=False))

    def _through(self, admitted: Admitted, action: str, keys: Keys) -> Verdict:
        """Whether a request with these keys gets through the statement and past the denies for everybody."""
        target, context = self._target(admitted.resource, action), Context(keys)
        denies = (s for s in self.access.guarding(admitted.resource) if not s.statement.allow and _for_all(s.statement))
        denied = any_of(_applies(deny, action, target, context) for deny in denies)
        return all_of((_applies(admitted.stated, action, target, context), negate(denied)))

    def _target(self, resource: ResourceId, action: str) -> str | Text | Unknown:
        """What an action is asked about: the resource itself, or any object of a bucket."""
        arn = self.access.names.arn(resource)
        if not isinstance(arn, str | Text):
            return arn if isinstance(arn, Unknown) else Unknown(f"the ARN of {resource.name} is not one text")
        return text(arn, "/*") if action.startswith("s3:") else arn


def _for_all(statement: Statement) -> bool:
    """Whether a deny reaches those of whom nothing is known."""
    named = (literal(principal.value) == "*" for principal in statement.principals or ())
    return statement.not_principal or any(named)


def _applies(stated: Stated, action: str, target: str | Text | Unknown, context: Context) -> Verdict:
    truth = stated.clause.applies(asked(action, target, context))
    return Yes() if truth is True else No() if truth is False else Unsure(unknowns(truth))
