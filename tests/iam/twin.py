"""A naive evaluator of IAM policies, written apart from the engine and from the documentation alone: plain JSON in, one word out.

It knows neither holes nor open contexts nor indexes; it is slow and short, so that it can be read against AWS's pages. What
single services do differently is in `twin_services`. A case is what `lambdaward.iam.conformance` reads.
"""

import base64
import binascii
import datetime as dt
import ipaddress
import re
from fractions import Fraction

ALLOWED, EXPLICIT, IMPLICIT = "Allowed", "ExplicitlyDenied", "ImplicitlyDenied"
DIRECT, ANYBODY, ROLE_ONLY, ACCOUNT_ONLY, NOT_NAMED = 4, 3, 2, 1, 0
VARIABLE = re.compile(r"\$\{([^{}']*(?:'[^']*'[^{}']*)*)\}")
RCP_SERVICES = {"s3", "sts", "sqs", "kms", "secretsmanager", "dynamodb", "ecr", "logs"}  # of those that cases use


def listed(value):
    return list(value) if isinstance(value, list) else [value]


def text(value):
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def as_regex(pattern, context, *, wildcards=True, variables=True, colons=0):
    """A regular expression for a pattern, or None when a variable (behind so many colons) has no value."""
    out, behind = "", 0
    for number, piece in enumerate(VARIABLE.split(pattern) if variables else [pattern]):
        if number % 2 == 0 or behind < colons:
            plain = re.escape(piece if number % 2 == 0 else f"${{{piece}}}")
            out += plain.replace(r"\*", ".*").replace(r"\?", ".") if wildcards else plain
            behind += piece.count(":")
            continue
        key, comma, default = piece.partition(",")
        value = context.get(key.strip().lower(), [])
        if piece in ("*", "?", "$"):
            out += re.escape(piece)
        elif not isinstance(value, list):
            out += re.escape(text(value))
        elif comma:
            out += re.escape(default.strip()[1:-1].replace("''", "'"))
        else:
            return None
    return out


def matches(pattern, given, context, *, any_case=False, **how):
    regex = as_regex(pattern, context, **how)
    return regex is not None and re.fullmatch(f"(?{'is' if any_case else 's'}){regex}", given) is not None


def about_action(statement, action):
    key = "Action" if "Action" in statement else "NotAction"
    found = any(
        matches(pattern, action, {}, any_case=True, variables=False) for pattern in listed(statement.get(key, []))
    )
    return found == (key == "Action")


def about_resource(statement, resource, context, newer):
    key = "NotResource" if "NotResource" in statement and "Resource" not in statement else "Resource"
    if key not in statement:
        return True
    found = False
    for pattern in listed(statement[key]):
        found |= matches(pattern, resource, context, variables=newer, colons=5 if pattern.startswith("arn:") else 0)
    return found == (key == "Resource")


def moment(value):
    if re.fullmatch(r"\d{4}(-\d\d)?", value):
        value = (value + "-01-01")[:10]
    elif re.fullmatch(r"\d+", value):
        return Fraction(value)
    read = dt.datetime.fromisoformat(value)
    return Fraction((read if read.tzinfo else read.replace(tzinfo=dt.UTC)).timestamp())


def number(value):
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
        raise ValueError(value)
    return Fraction(value)


def flag(value):
    return {"true": True, "false": False}[value.lower()]


def inside(address, outer):
    inner, outer = (ipaddress.ip_network(value, strict=False) for value in (address, outer))
    return inner.version == outer.version and inner.subnet_of(outer)


def arn_like(given, written, context, newer):
    filled = as_regex(written, context, wildcards=False, variables=newer)
    if filled is None:
        return False
    fields, pattern = given.split(":", 5), re.sub(r"\\(.)", r"\1", filled).split(":", 5)
    if len(fields) != 6 or len(pattern) != 6 or fields[0] != "arn":
        raise ValueError(given)
    return all(matches(one, other, {}, variables=False) for one, other in zip(pattern, fields, strict=True))


def compare(operator, given, written, context, newer):  # noqa: PLR0911 - a line for each operator
    """Whether one value of the request compares with one of the policy, the operator's negation aside."""
    name = operator.replace("Not", "")
    if name == "StringEquals":
        return matches(written, given, context, wildcards=False, variables=newer)
    if name == "StringEqualsIgnoreCase":
        return matches(written, given, context, any_case=True, wildcards=False, variables=newer)
    if name == "StringLike":
        return matches(written, given, context, variables=newer)
    if name.startswith("Arn"):
        return arn_like(given, written, context, newer)
    if name == "Bool":
        if newer and "${" in written:
            return matches(written, text(flag(given)), context, any_case=True, wildcards=False)
        return flag(given) == flag(written)
    if name == "IpAddress":
        return inside(given, written)
    if name == "BinaryEquals":
        return base64.b64decode(given, validate=True) == base64.b64decode(written, validate=True)
    kind, order = (number, name[7:]) if name.startswith("Numeric") else (moment, name[4:])
    left, right = kind(given), kind(written)
    return {
        "Equals": left == right,
        "LessThan": left < right,
        "LessThanEquals": left <= right,
        "GreaterThan": left > right,
        "GreaterThanEquals": left >= right,
    }[order]


def condition_holds(operator, key, written, context, newer):
    qualifier, _, base = operator.rpartition(":")
    if_exists, base = base.endswith("IfExists"), base.removesuffix("IfExists")
    given = [text(value) for value in listed(context[key.lower()])] if key.lower() in context else None
    if base == "Null":
        return any(text(value).lower() == ("false" if given else "true") for value in listed(written))
    if qualifier and not any(given or []):
        return qualifier == "ForAllValues"
    if given is None:
        return if_exists or "Not" in base
    if not qualifier and isinstance(context[key.lower()], list):
        return False

    def one(value):
        found = []
        for other in listed(written):
            try:
                found.append(compare(base, value, text(other), context, newer))
            except (ValueError, KeyError, binascii.Error):
                found.append("Not" in base)  # of another type: no operator holds
        return any(found) != ("Not" in base)

    return all(map(one, given)) if qualifier == "ForAllValues" else any(map(one, given))


def conditions_hold(statement, context, newer):
    return all(
        condition_holds(operator, key, written, context, newer)
        for operator, keys in statement.get("Condition", {}).items()
        for key, written in keys.items()
    )


def account_of(principal):
    return (principal.split(":") + [""] * 4)[4]


def names(written, principal):
    """How one AWS principal of a policy names the caller."""
    own = principal.split(":", 5)[-1].split("/")
    other = written.split(":", 5)[-1].split("/")
    same_account = account_of(written) == account_of(principal) != ""
    if written == "*":
        return ANYBODY
    if written == account_of(principal) or (same_account and other == ["root"]):
        return ACCOUNT_ONLY
    if same_account and other[0] == "role" and own[0] in ("role", "assumed-role"):
        return ROLE_ONLY if other[-1] == own[-1 if own[0] == "role" else 1] else NOT_NAMED
    if same_account and other[0] == "user" and own[0] == "federated-user":
        return ROLE_ONLY if other[1:] == own[1:] else NOT_NAMED
    return DIRECT if written == principal else NOT_NAMED


def named(element, principal):
    """How a Principal element names the caller, in its best way."""
    if element == "*":
        return ANYBODY
    if principal is None:
        return ANYBODY if "*" in listed(element.get("AWS", [])) else NOT_NAMED
    by_name = [DIRECT for kind in ("Service", "Federated") if principal in listed(element.get(kind, []))]
    return max([*by_name, *(names(text(value), principal) for value in listed(element.get("AWS", []))), NOT_NAMED])
