"""Which keys of a request tell who asks or from where, and which values of them only somebody in particular has.

What S3 calls public rests on it, and what is public of any policy.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.iam.conditions.values import Network, network, within

ARNS = frozenset({"aws:principalarn", "aws:sourcearn", "aws:sourcevpcarn", "s3:dataaccesspointarn"})
PATHS = frozenset({"aws:principalorgpaths", "aws:sourceorgpaths", "aws:vpceorgpaths"})
ADDRESSES = frozenset({"aws:sourceip", "aws:vpcsourceip"})
OF_PRINCIPALS = frozenset(
    {
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:userid",
        "kms:calleraccount",
    }
)
TELLING = frozenset(
    {
        *ARNS,
        *PATHS,
        *ADDRESSES,
        *OF_PRINCIPALS,
        "aws:principalservicename",
        "aws:principalservicenameslist",
        "aws:sourceaccount",
        "aws:sourceorgid",
        "aws:sourceowner",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:vpceaccount",
        "aws:vpceorgid",
        "lambda:eventsourcetoken",
        "s3:dataaccesspointaccount",
        "s3:x-amz-server-side-encryption-aws-kms-key-id",
    }
)
_WIDEST = {4: 8, 6: 32}  # prefixes shorter than these are too wide for a range to be somebody's
_PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")


def is_narrow(written: str) -> bool:
    """Whether a range of addresses may be somebody's in particular, or is private."""
    read = network(written)
    if read is None:
        return False
    version, _, mask = read
    return mask.bit_count() >= _WIDEST[version] or any(within(read, private) for private in _private())


def _private() -> Iterator[Network]:
    return (read for read in map(network, _PRIVATE) if read is not None)
