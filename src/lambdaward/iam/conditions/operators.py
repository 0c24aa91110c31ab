"""Every condition operator: a comparison, and whether it is negated.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from lambdaward.iam.conditions.comparison import Comparison, parsed
from lambdaward.iam.conditions.strings import arn, equals, equals_ignore_case, is_boolean, like
from lambdaward.iam.conditions.values import binary, date, network, number, within


class Operator(Struct, frozen=True):
    """How one value of a policy is compared with one value of a request. A negated operator holds when no value compares."""

    compare: Comparison
    negated: bool = False


# `Null` is missing: it asks for the key and compares nothing.
OPERATORS: Mapping[str, Operator] = MappingProxyType(
    {
        "StringEquals": Operator(equals),
        "StringNotEquals": Operator(equals, negated=True),
        "StringEqualsIgnoreCase": Operator(equals_ignore_case),
        "StringNotEqualsIgnoreCase": Operator(equals_ignore_case, negated=True),
        "StringLike": Operator(like),
        "StringNotLike": Operator(like, negated=True),
        "NumericEquals": Operator(parsed(number, operator.eq)),
        "NumericNotEquals": Operator(parsed(number, operator.eq), negated=True),
        "NumericLessThan": Operator(parsed(number, operator.lt)),
        "NumericLessThanEquals": Operator(parsed(number, operator.le)),
        "NumericGreaterThan": Operator(parsed(number, operator.gt)),
        "NumericGreaterThanEquals": Operator(parsed(number, operator.ge)),
        "DateEquals": Operator(parsed(date, operator.eq)),
        "DateNotEquals": Operator(parsed(date, operator.eq), negated=True),
        "DateLessThan": Operator(parsed(date, operator.lt)),
        "DateLessThanEquals": Operator(parsed(date, operator.le)),
        "DateGreaterThan": Operator(parsed(date, operator.gt)),
        "DateGreaterThanEquals": Operator(parsed(date, operator.ge)),
        "Bool": Operator(is_boolean),
        "BinaryEquals": Operator(parsed(binary, operator.eq)),
        "IpAddress": Operator(parsed(network, within)),
        "NotIpAddress": Operator(parsed(network, within), negated=True),
        "ArnEquals": Operator(arn),
        "ArnLike": Operator(arn),
        "ArnNotEquals": Operator(arn, negated=True),
        "ArnNotLike": Operator(arn, negated=True),
    }
)
