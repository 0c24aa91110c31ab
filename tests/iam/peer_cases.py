"""Random cases for comparing the engine with a peer, and what the peer is told where it decides otherwise than AWS says.

A case is one of `generate`, made into a request that can happen: nobody has policies of a kind that AWS does not give them, and
an RCP names no principal but `*`.
"""

import copy
import json
import re

import generate
from twin import NOT_NAMED, RCP_SERVICES
from twin_services import protected, whom

_WITHOUT_POLICY = ("sts:GetFederationToken", "sts:GetCallerIdentity", "iam:")
_ALLOW = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
_TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}],
}
_TARGETS = {
    "iam:CreatePolicyVersion": "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "iam:GetPolicy": "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "kms:DeleteAlias": "arn:aws:kms:eu-west-1:111111111111:alias/a",
}
_KINDS = ("identityPolicies", "permissionBoundaries", "endpointPolicies")
_LEVELS = ("serviceControlPolicies", "resourceControlPolicies")


def case(random):
    """One case, in the form that the conformance reader reads."""
    made = sensible(generate.case(random))
    request = made["request"]
    if random.random() < 0.25 and request["action"] != "sts:AssumeRole":
        target = request["resource"]
        plain = target["resource"]
        target["resource"] = random.choice(["*", plain[:-1] + "*", plain.split("/")[0] + "/*"])
        request["wildcardOnlyAction"] = target["resource"] == "*" and random.random() < 0.7
        request["context"]["aws:username"] = "ada"
        made = json.loads(json.dumps(made).replace('"arn:*:', '"arn:aws:'))
    if random.random() < 0.2:
        naming = [*made.get("endpointPolicies", ()), *([made["resourcePolicy"]] if "resourcePolicy" in made else [])]
        for said in (said for said in statements(naming) if "NotPrincipal" in said):
            said["Principal"] = said.pop("NotPrincipal")
        made["simulation"] = {"mode": "Discovery", "discoveryContextKeyConstraints": constraints(random)}
    return made


def constraints(random):
    """What a discovery knows of some keys."""
    keys = random.sample(
        [f"k:{kind}{number}" for kind in generate.VALUES for number in "12"], k=random.choice([0, 1, 3])
    )
    found = []
    for key in keys:
        there = random.random() < 0.8
        found.append({"keyName": key, "presenceIsKnown": there, "valueIsKnown": there and random.random() < 0.6})
    return found


def sensible(made):
    """The case without what cannot be."""
    made = copy.deepcopy(made)
    request = made["request"]
    principal = request["principal"] if isinstance(request["principal"], str) else ""
    outside = not principal.startswith("arn:")
    if outside or principal == generate.ROOT:
        made["identityPolicies"] = []
    if outside or principal == generate.ROOT or "/aws-service-role/" in principal:
        made.pop("permissionBoundaries", None)
    if outside:
        made.pop("serviceControlPolicies", None)
    if not principal.startswith("arn:aws:sts::"):
        made.pop("sessionPolicy", None)
    if request["action"] in _TARGETS:
        request["resource"]["resource"] = _TARGETS[request["action"]]
    if request["action"].startswith(_WITHOUT_POLICY) or ":alias/" in request["resource"]["resource"]:
        made.pop("resourcePolicy", None)
    if request["action"] == "sts:AssumeRole":
        made.setdefault("resourcePolicy", _TRUST)
    if ":role/" in principal:
        made = json.loads(json.dumps(made).replace(":role/team/app", ":role/team"))
    for said in statements(
        document for level in made.get("resourceControlPolicies", ()) for document in level["policies"]
    ):
        said.pop("NotPrincipal", None)
        said["Principal"] = "*"
    return made


def statements(documents):
    """The statements of some documents."""
    for document in documents:
        said = document["Statement"]
        yield from said if isinstance(said, list) else [said]


def documents(made):
    """Every policy document of a case."""
    for kind in _KINDS:
        yield from made.get(kind) or ()
    for kind in _LEVELS:
        yield from (document for level in made.get(kind, ()) for document in level["policies"])
    yield from (made[kind] for kind in ("sessionPolicy", "resourcePolicy") if kind in made)


def root(made):
    """A root user needs no policy."""
    if made["request"]["principal"] == generate.ROOT:
        made["identityPolicies"] = [_ALLOW]


def linked_role(made):
    """SCPs do not limit service-linked roles, nor do RCPs."""
    if "/aws-service-role/" in str(made["request"]["principal"]):
        for kind in _LEVELS:
            made.pop(kind, None)


def without_rcp(made):
    """RCPs limit the resources of some services only."""
    if made["request"]["action"].split(":")[0] not in RCP_SERVICES:
        made.pop("resourceControlPolicies", None)


def linked_target(made):
    """Nobody changes a service-linked role."""
    request = made["request"]
    if ":role/aws-service-role/" in request["resource"]["resource"] and request["action"] == "iam:DeleteRolePolicy":
        made["identityPolicies"] = only_denies(made["identityPolicies"])


def direct(made):
    """A session policy does not limit what a resource policy gives the session by name."""
    named = str(made["request"]["principal"]) in str(made.get("resourcePolicy"))
    if "sessionPolicy" in made and named:
        (made["sessionPolicy"],) = only_denies([made["sessionPolicy"]]) or [_ALLOW]
        said = made["sessionPolicy"]["Statement"]
        made["sessionPolicy"]["Statement"] = [*said, *_ALLOW["Statement"]]


def only_denies(listed):
    """Documents without what they allow."""
    found = [{**one, "Statement": [s for s in statements([one]) if s["Effect"] == "Deny"]} for one in listed]
    return [one for one in found if one["Statement"]]


def null_set(made):
    """A set operator takes an empty text for no value at all."""
    given = {key.lower(): value for key, value in made["request"].get("context", {}).items()}
    for said in statements(documents(made)):
        for operator, keys in said.get("Condition", {}).items():
            for key in [key for key in keys if ":" in operator and given.get(key.lower()) in ("", ["", ""])]:
                keys[f"{key}-absent"] = keys.pop(key)


def epoch(made):
    """A date that is a number is seconds since 1970, or a year when it has four digits."""
    _replace_values(made, {"1767225600": "2026-01-01T00:00:00Z"}, "Date")
    told = json.dumps(made["request"].get("context", {})).replace('"2027"', '"2027-01-01"')
    made["request"]["context"] = json.loads(told)


def older(made):
    """Only the newer version of the policy language knows variables."""
    for document in documents(made):
        if document.get("Version") != "2012-10-17":
            document["Statement"] = json.loads(re.sub(r"\$\{[^}]*\}", "none", json.dumps(document["Statement"])))


def variable(made):
    """A variable stands for the value that its key has, also an empty one; for no text when there is none."""
    given = {key.lower(): value for key, value in made["request"].get("context", {}).items()}
    for document in documents(made):
        if document.get("Version") == "2012-10-17":
            written = json.dumps(document["Statement"])
            for key in ("aws:username", "k:bool2", "k:string1"):
                value = given.get(key, "no text" if key != "k:string1" else "a")
                written = re.sub(rf"\$\{{{key}[^}}]*\}}", "a" if isinstance(value, list) else value, written)
            document["Statement"] = json.loads(written)


def star(made):
    """`${*}` is a star also where there are no wildcards."""
    for operator in ("Equals", "NotEquals"):
        _replace_values(made, {"a${*}": "a*"}, f"String{operator}")


def lone_address(made):
    """An address without a mask is a range of itself alone."""
    _replace_values(made, {"192.0.2.1": "192.0.2.1/32"}, "IpAddress")


def _replace_values(made, instead, operators):
    for said in statements(documents(made)):
        for keys in (keys for operator, keys in said.get("Condition", {}).items() if operators in operator):
            for key, values in keys.items():
                many = [instead.get(value, value) for value in (values if isinstance(values, list) else [values])]
                keys[key] = many if isinstance(values, list) else many[0]


def endpoint(made):
    """A statement of an endpoint policy is about the principals that it names."""
    principal = made["request"]["principal"] if isinstance(made["request"]["principal"], str) else None
    for document in made.get("endpointPolicies", ()):
        document["Statement"] = [
            {key: value for key, value in said.items() if not key.endswith("Principal")}
            for said in statements([document])
            if not said.keys() & {"Principal", "NotPrincipal"} or whom(said, principal, bounded=False) != NOT_NAMED
        ]


DIFFERENCES = (
    root,
    linked_role,
    without_rcp,
    linked_target,
    direct,
    null_set,
    epoch,
    older,
    variable,
    star,
    lone_address,
    endpoint,
)


def alike(made, ours, theirs):
    """Whether two answers are the same. The peer denies what nobody may do implicitly, whatever denies it besides."""
    nobody = protected(made["request"]["action"].partition(":")[2], made["request"]["resource"]["resource"])
    return ours == theirs or (nobody and "Allowed" not in (ours["response"], theirs["response"]))


def retold(made):
    """The case in ways in which the peer is told what AWS's documentation says, each with what that is; all of it last."""
    yield "Nobody changes what is AWS's; an explicit deny is one all the same.", made
    everything = copy.deepcopy(made)
    for change in DIFFERENCES:
        told = copy.deepcopy(made)
        change(told)
        change(everything)
        if told != made:
            yield change.__doc__, told
    yield "Several of these.", everything
