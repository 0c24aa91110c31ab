"""The naive evaluator's second half: how the kinds of policies are combined, and what single services do differently."""

from twin import (
    ALLOWED,
    ANYBODY,
    DIRECT,
    EXPLICIT,
    IMPLICIT,
    NOT_NAMED,
    RCP_SERVICES,
    ROLE_ONLY,
    about_action,
    about_resource,
    account_of,
    conditions_hold,
    listed,
    named,
)

ON_ROLES = {
    "AssumeRole",
    "AssumeRoleWithSAML",
    "AssumeRoleWithWebIdentity",
    "TagSession",
    "SetSourceIdentity",
    "SetContext",
}


def ask(documents, case, kind):
    """Whether any statement denies, and in which ways statements allow."""
    request = case["request"]
    context = {key.lower(): value for key, value in request.get("context", {}).items()}
    principal = request["principal"] if isinstance(request["principal"], str) else None
    denied, ways = False, set()
    for document in documents:
        newer = document.get("Version") == "2012-10-17"
        for statement in listed(document["Statement"]):
            way = DIRECT
            if kind == "resource" or (kind == "limit" and ("Principal" in statement or "NotPrincipal" in statement)):
                bounded = kind == "resource" and bool(case.get("permissionBoundaries"))
                way = whom(statement, principal, bounded=bounded)
            applies = (
                way != NOT_NAMED
                and about_action(statement, request["action"])
                and about_resource(statement, request["resource"]["resource"], context, newer)
                and conditions_hold(statement, context, newer)
            )
            if applies and statement["Effect"] == "Deny":
                denied = True
            elif applies:
                ways.add(way)
    return denied, ways


def whom(statement, principal, *, bounded):
    if "NotPrincipal" in statement and "Principal" not in statement:
        if bounded and statement["Effect"] == "Deny":
            return DIRECT
        return (
            NOT_NAMED if named(statement["NotPrincipal"], principal) else ROLE_ONLY if is_role(principal) else ANYBODY
        )
    return named(statement["Principal"], principal) if "Principal" in statement else NOT_NAMED


def is_role(principal):
    return principal is not None and ":role/" in principal


def decide(case):
    """What AWS decides on a case."""
    request = case["request"]
    service = request["action"].split(":")[0]
    principal = request["principal"] if isinstance(request["principal"], str) else ""
    account = account_of(principal)
    linked = "/aws-service-role/" in principal or ":assumed-role/AWSServiceRoleFor" in principal
    if request["action"] in ("sts:GetCallerIdentity", "sts:GetSessionToken") and principal:
        return ALLOWED
    answers = {"identity": (False, set()), "resource": (False, set())}
    limits = []
    session, bounds = [], []
    if account:
        answers["identity"] = ask(case.get("identityPolicies", []), case, "identity")
        session = [ask([case["sessionPolicy"]], case, "identity")] if case.get("sessionPolicy") else []
        bounds = [ask(case["permissionBoundaries"], case, "identity")] if case.get("permissionBoundaries") else []
    if case.get("resourcePolicy"):
        answers["resource"] = ask([case["resourcePolicy"]], case, "resource")
    if case.get("endpointPolicies"):
        limits.append(ask(case["endpointPolicies"], case, "limit"))
    if account and not linked:
        limits += [ask(level["policies"], case, "identity") for level in case.get("serviceControlPolicies", [])]
    if service in RCP_SERVICES and not linked:
        for level in case.get("resourceControlPolicies", []):
            denied, _ = ask(level["policies"], case, "limit")
            limits.append((denied, {DIRECT}))
    if any(denied for denied, _ in (*answers.values(), *session, *bounds, *limits)):
        return EXPLICIT
    in_session, within = all(ways for _, ways in session), all(ways for _, ways in (*session, *bounds))
    allowed = grants(case, request["action"], answers, in_session, within) and all(ways for _, ways in limits)
    return ALLOWED if allowed else IMPLICIT


def grants(case, action, answers, in_session, within):
    """Whether the policies that give permissions allow."""
    request, (service, name) = case["request"], action.split(":")
    account = account_of(request["principal"]) if isinstance(request["principal"], str) else ""
    target = request["resource"]["resource"]
    ways = answers["resource"][1]
    own = bool(answers["identity"][1]) or str(request["principal"]).endswith(":root")
    own = own and within
    kind = target.split(":", 5)[-1]
    if service == "iam" and protected(name, target):
        return False
    same = account == request["resource"]["accountId"]
    if service == "kms" and kind.startswith("alias/"):
        changes = name in ("CreateAlias", "DeleteAlias", "UpdateAlias")
        return same and own and not (changes and kind.startswith("alias/aws/"))
    if not account:
        return bool(ways)
    if not same:
        return bool(ways) and own
    given = DIRECT in ways or (ANYBODY in ways and in_session) or (ROLE_ONLY in ways and within)
    must_trust = (service == "kms" and kind.startswith("key/")) or (service == "sts" and name in ON_ROLES)
    if must_trust:
        return given or (bool(ways) and own)
    return given or own


def protected(name, target):
    """Whether it would change what belongs to AWS."""
    if ":iam::aws:policy/" in target:
        changes = (
            "CreatePolicy",
            "CreatePolicyVersion",
            "DeletePolicy",
            "DeletePolicyVersion",
            "TagPolicy",
            "UntagPolicy",
        )
        return name in (*changes, "SetDefaultPolicyVersion")
    if ":role/aws-reserved/" in target:
        return not name.startswith(("Get", "List", "Generate", "Simulate"))
    if ":role/aws-service-role/" in target:
        on_roles = ("RolePolicy", "DeleteRole", "RolePermissionsBoundary", "AssumeRolePolicy")
        return name.endswith(on_roles) and name.startswith(("Attach", "Detach", "Put", "Delete", "Update"))
    return False
