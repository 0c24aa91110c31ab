"""Reading ARNs that may have holes: their fields, and the account that they name."""

from __future__ import annotations

from lambdaward.model import Hole, Text, Value, literal, parts, text

# The account number of AWS's own documentation: whoever left it in a template has yet to fill it in.
PLACEHOLDER = "123456789012"


def fields(value: Value) -> tuple[str | Text, ...]:
    """The fields of an ARN between its colons, holes kept; empty when the value does not begin like an ARN."""
    if isinstance(value, str):
        plain = tuple(value.split(":"))
        return plain if len(plain) >= 6 and plain[0] == "arn" else ()
    found: list[list[str | Hole]] = [[]]
    for part in parts(value):
        if not isinstance(part, str):
            found[-1].append(part)
            continue
        first, *rest = part.split(":")
        found[-1].append(first)
        found += [[piece] for piece in rest]
    arn = tuple(text(*field) for field in found)
    return arn if len(arn) >= 6 and arn[0] == "arn" else ()


def account(value: Value) -> str:
    """The account that an ARN names, or that a value is, as twelve digits; empty when there is none or none that is known."""
    arn = fields(value)
    known = literal(arn[4] if arn else value)
    return known if known and known.isdecimal() and len(known) == 12 else ""
