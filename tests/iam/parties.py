"""Cases of `generate` as questions to the reasoner: which policies one caller's requests must pass together.

What must allow what is said in the words of AWS's pages, as in `twin_services`; whom a resource's statements name is asked of the
engine. A point is one request as a statement that allows it and nothing else.
"""

import json

import generate
from msgspec import structs
from twin import RCP_SERVICES
from twin_services import ON_ROLES, protected

from lambdaward.iam import ANONYMOUS, Grade, Kind, Policy, caller, parse
from lambdaward.iam.evaluation.principals import Whom
from lambdaward.iam.language import Source
from lambdaward.iam.reasoning import Together

KEYS = ("aws:username", *(f"k:{kind}{number}" for kind in generate.VALUES for number in "12"))
ALL = parse({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})
ALWAYS = ("sts:GetCallerIdentity", "sts:GetSessionToken")


class Parties:
    """The policies of a case, read once."""

    def __init__(self, made):
        def read(kind):
            return tuple(parse(document) for document in made.get(kind) or ())

        self.identity, self.boundaries, self.endpoints = map(
            read, ("identityPolicies", "permissionBoundaries", "endpointPolicies")
        )
        self.session = [(parse(made["sessionPolicy"]),)] if made.get("sessionPolicy") else []
        self.resource = (parse(made["resourcePolicy"], kind=Kind.RESOURCE),) if made.get("resourcePolicy") else ()
        self.scps, self.rcps = (
            [tuple(map(parse, level["policies"])) for level in made.get(kind, ())]
            for kind in ("serviceControlPolicies", "resourceControlPolicies")
        )

    def together(self, request):
        """What requests like one must pass: of the same caller and action, on resources of the same kind and owner."""
        service, action = request["action"].split(":")
        who = caller(request["principal"]) if isinstance(request["principal"], str) else ANONYMOUS
        account = who.account if who.in_account else ""
        bounds = [self.boundaries] if self.boundaries and account else []
        session = self.session if account else []
        own = [(ALL,) if str(who.arn).endswith(":root") else self.identity, *session, *bounds]
        named = graded(self.resource, who, bounded=bool(self.boundaries))
        some = tuple(policy for policies in named.values() for policy in policies)
        limits = [for_caller(self.endpoints, who)] if self.endpoints else []
        scps = self.scps if account and not who.linked else []
        rcps = self.rcps if service in RCP_SERVICES and not who.linked else []
        denying = (
            *(self.identity if account else ()),
            *some,
            *(p for layer in (*session, *bounds, *limits) for p in layer),
        )
        denying += tuple(policy for level in scps for policy in level)
        denying += tuple(policy for level in rcps for policy in for_caller(level, who))
        given = [[named[Grade.FULL]], [named[Grade.ANYBODY], *session], [named[Grade.LIMITED], *session, *bounds]]
        target = request["resource"]["resource"]
        trusting = (service == "kms" and ":key/" in target) or (service == "sts" and action in ON_ROLES)
        if service == "iam" and protected(action, target):
            ways = []
        elif service == "kms" and ":alias/" in target:
            changes = action.endswith("Alias") and ":alias/aws/" in target
            ways = [own] if account == request["resource"]["accountId"] and not changes else []
        elif not account:
            ways = [[some]]
        elif account != request["resource"]["accountId"]:
            ways = [[some, *own]]
        else:
            ways = [*given, [some, *own] if trusting else own]
        return Together(tuple((*way, *limits, *scps) for way in ways), denying)


def needs_nothing(request):
    """Whether no policy has a say."""
    return request["action"] in ALWAYS and isinstance(request["principal"], str)


def graded(policies, who, *, bounded):
    """The statements of resource policies that name a caller, by what that is worth, without principals."""
    return {grade: tuple(named(policy, who, grade, bounded=bounded) for policy in policies) for grade in Grade}


def named(policy, who, grade, *, bounded):
    """The statements of one policy that name a caller and are worth a grade."""
    kept = []
    for statement in policy.statements:
        if statement.principals is None:
            continue
        whom = Whom(statement.principals, Source("", statement), negated=statement.not_principal)
        found = {worth for worth, truth in whom.grades(who, who.keys(), any_session=False) if truth is True}
        if bounded and statement.not_principal and not statement.allow:
            found = set(Grade)
        if grade in found:
            kept.append(without_principals(statement))
    return Policy(statements=tuple(kept), variables=policy.variables)


def for_caller(policies, who):
    """The statements of policies that may name principals which are about a caller."""
    found = []
    for policy in policies:
        kept = [s for s in policy.statements if s.principals is None]
        for grade in Grade:
            kept += named(policy, who, grade, bounded=False).statements
        found.append(Policy(statements=tuple(map(without_principals, kept)), variables=policy.variables))
    return tuple(found)


def without_principals(statement):
    """A statement that is about the caller already."""
    return structs.replace(statement, principals=None, not_principal=False)


def asked_keys(made):
    """The keys of requests that some policy of a case names: on others nothing depends."""
    written = json.dumps({kind: value for kind, value in made.items() if kind != "request"}).lower()
    return tuple(key for key in KEYS if key in written)


def point(request, keys=KEYS):
    """A statement that allows one request, and those that differ from it in other keys only."""
    given = {key.lower(): value for key, value in request["context"].items() if key.lower() in keys}
    absent = {key: "true" for key in keys if key not in given}
    conditions = {
        "StringEquals": {key: value for key, value in given.items() if isinstance(value, str)},
        "Null": absent,
    }
    for key, values in given.items():
        if not isinstance(values, str):
            conditions.setdefault("ForAllValues:StringEquals", {})[key] = values
            for number, value in enumerate(values):
                conditions.setdefault("ForAnyValue:StringEquals" + ("IfExists" * number), {})[key] = value
    return {
        "Effect": "Allow",
        "Action": request["action"],
        "Resource": request["resource"]["resource"],
        "Condition": {operator: keys for operator, keys in conditions.items() if keys},
    }


def expressible(request):
    """A request without what a statement cannot say: empty texts, and the same value twice."""
    context = {}
    for key, value in request["context"].items():
        values = [one for one in dict.fromkeys(value if isinstance(value, list) else [value]) if one]
        if values:
            context[key] = values if len(values) > 1 else values[0]
    return {**request, "context": context}


def shown(witness, request):
    """The request of a witness, as a case has it."""
    context = {key: list(values) if len(values) > 1 else values[0] for key, values in witness.context.items()}
    return {"resource": {**request["resource"], "resource": witness.resource}, "context": context}
