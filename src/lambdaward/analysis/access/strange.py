"""A caller of whom nothing is known but that he has an AWS account: what his requests say of themselves."""

from __future__ import annotations

# A name made of characters that no policy contains: only a wildcard matches it.
STRANGER = "\ue0a1\ue0a2\ue0a3"
# No account has such a number, so that no account of a stack can turn out to be this one.
STRANGE_ACCOUNT = STRANGER
# An address that nobody's list of addresses holds, but for the list of all of them.
ADDRESS = {"aws:SourceIp": "198.18.7.7"}
STRANGE = {
    **ADDRESS,
    "aws:SecureTransport": "true",
    "aws:PrincipalAccount": STRANGE_ACCOUNT,
    "aws:PrincipalArn": f"arn:aws:iam::{STRANGE_ACCOUNT}:role/{STRANGER}",
    "aws:PrincipalType": "AssumedRole",
}
