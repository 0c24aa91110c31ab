"""What a stranger's request says of itself: values that no policy means where it asks for a network, account or organization."""

from __future__ import annotations

from collections.abc import Sequence

from lambdaward.iam.reasoning.callers import STRANGER
from lambdaward.iam.reasoning.keys import Literal, Values

# The keys that tell who asks or from where, which AWS sets and a stranger cannot choose.
TRUSTED = frozenset(
    {
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceip",
        "aws:sourceorgid",
        "aws:sourceorgpaths",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:userid",
        "aws:vpcsourceip",
        "kms:calleraccount",
        "s3:dataaccesspointaccount",
    }
)
_VALUES = (
    STRANGER,
    "o-stranger",
    "vpc-stranger",
    f"arn:aws:iam::{STRANGER}:user/somebody",
    "203.0.113.77",
    "2001:db8:ffff::77",
)


def strange(literals: Sequence[Literal]) -> Values | None:
    """A stranger's value of such a key for which each test holds or does not, as asked; `None` when there is none."""
    if all(test.absent() is wanted for test, wanted in literals):
        return ()
    fitting = (value for value in _VALUES if all(test.accepts(value) is wanted for test, wanted in literals))
    found = next(fitting, None)
    return None if found is None else (tuple(found),)
