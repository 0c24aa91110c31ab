"""What AWS answers when it is asked whether something behind a signature was revoked."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

from msgspec import Struct

from lambdaward.model import InputError
from lambdaward.packages.decoding import decoded
from lambdaward.packages.signing.envelope import Envelope

PLATFORM = "AWSLambda-SHA384-ECDSA"
_LIMIT = 1 << 20


class Revocation(Struct, frozen=True):
    """The profiles, jobs and certificate hashes that an answer names as revoked, and the file it comes from."""

    entities: tuple[str, ...]
    source: str


class _Answer(Struct, frozen=True, rename={"entities": "revokedEntities"}):
    entities: tuple[str, ...]


def read_revocation(path: str) -> Revocation:
    """The answer of `signer:GetRevocationStatus` in a file. Raises `InputError` when it is none."""
    remedy = "give the JSON that `aws signer get-revocation-status` printed"
    try:
        with Path(path).open("rb") as file:
            answer = decoded(file.read(_LIMIT), _Answer)
    except OSError as error:
        raise InputError(path, f"it cannot be read ({error.strerror})", remedy) from None
    if answer is None:
        raise InputError(path, "it has no `revokedEntities`", remedy)
    return Revocation(answer.entities, path)


def call(envelope: Envelope, hashes: tuple[str, ...]) -> str:
    """The call that tells whether something behind a signature was revoked."""
    words = [
        *("aws", "signer", "get-revocation-status", "--platform-id", PLATFORM),
        *("--region", envelope.profile.split(":")[3]),
        *("--signature-timestamp", envelope.signed_at.isoformat(timespec="milliseconds")),
        *("--profile-version-arn", envelope.profile, "--job-arn", envelope.job),
        *("--certificate-hashes", *hashes),
    ]
    return " ".join(map(quote, words))
