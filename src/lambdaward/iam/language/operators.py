"""The names of condition operators: read case-insensitively, kept in AWS's spelling.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

OPERATORS = (
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
    "Bool",
    "BinaryEquals",
    "IpAddress",
    "NotIpAddress",
    "ArnEquals",
    "ArnLike",
    "ArnNotEquals",
    "ArnNotLike",
    "Null",
)
_SPELLED = {name.lower(): name for name in OPERATORS}
_QUALIFIERS = {name.lower(): name for name in ("ForAllValues", "ForAnyValue")}
_SUFFIX = "ifexists"


def operator(written: str) -> tuple[str, str, bool] | None:
    """The qualifier, the operator and whether it ends in `IfExists`; `None` when AWS has no such operator."""
    qualifier, _, rest = written.lower().rpartition(":")
    base = rest.removesuffix(_SUFFIX)
    name = _SPELLED.get(base)
    if name is None or (qualifier and qualifier not in _QUALIFIERS) or (name == "Null" and base != rest):
        return None
    return _QUALIFIERS.get(qualifier, ""), name, base != rest
