"""Whether a package is what AWS Signer signed, step by step, without asking AWS."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from lambdaward.model import Fact, No, Unknown, Unsure, Verdict, Yes, all_of
from lambdaward.packages.signing.chain import (
    ChainError,
    certificates,
    chain,
    fingerprint,
    has_signed,
    revocation_hashes,
    shown,
    signer,
)
from lambdaward.packages.signing.envelope import Envelope, EnvelopeError, read_envelope
from lambdaward.packages.signing.reading import Reading, read_package
from lambdaward.packages.signing.revocation import Revocation, call
from lambdaward.packages.signing.roots import Roots, aws_roots
from lambdaward.packages.unpack import NORMAL, Limits

if TYPE_CHECKING:
    from cryptography import x509

_REBUILD = "read the package on a machine with more room, or build and sign it anew"
_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
_ASK_AWS = "give the answer of this call with --revocation: {}"


class Check(StrEnum):
    """The steps of a verification, in their order."""

    ARCHIVE = "archive"
    PRESENT = "present"
    ENVELOPE = "envelope"
    DIGEST = "digest"
    SIGNATURE = "signature"
    CHAIN = "chain"
    EXPIRY = "expiry"
    PUBLISHER = "publisher"
    REVOCATION = "revocation"


class Step(Struct, frozen=True):
    """A step, its answer, and what was seen on the way."""

    check: Check
    verdict: Verdict
    seen: tuple[str, ...] = ()


class Trust(Struct, frozen=True, kw_only=True):
    """What a verification goes by: the time it is judged at; the roots that are trusted; signing profiles, of which one must
    have signed (none: any may); and what AWS answered about revocation. Without `ask_revocation` that question is left out."""

    at: dt.datetime
    roots: Roots
    profiles: tuple[str, ...] = ()
    revocation: Revocation | None = None
    ask_revocation: bool = True


class Verification(Struct, frozen=True):
    """The answer about a package. `steps` end where a step that later ones rest upon is not a yes. `root` is the SHA-256 of the
    root that the chain leads to, trusted or not; `hashes` are what AWS is asked about the chain's certificates by."""

    package: str
    steps: tuple[Step, ...]
    reading: Reading
    envelope: Envelope | None = None
    hashes: tuple[str, ...] = ()
    root: str = ""

    @property
    def verdict(self) -> Verdict:
        """Whether the signature holds: yes when every step does."""
        return all_of(step.verdict for step in self.steps)

    @property
    def ambiguities(self) -> tuple[str, ...]:
        """What lets others see another package than was signed, whatever the signature says."""
        return (*map(str, self.reading.ambiguous), *(str(cut) for cut in self.reading.recuts if cut.sharp))

    def step(self, check: Check) -> Step | None:
        """A step, `None` when it was not reached."""
        return next((step for step in self.steps if step.check is check), None)


class Claims(Struct, frozen=True):
    """Who signed a package, in which job, under which root (its SHA-256)."""

    profile: str
    job: str
    root: str


def trust(
    at: dt.datetime,
    roots: Roots = Roots(),  # noqa: B008 - frozen
    *,
    profiles: tuple[str, ...] = (),
    revocation: Revocation | None = None,
    ask_revocation: bool = True,
) -> Trust:
    """Trust in AWS's roots and some others."""
    known = aws_roots() | roots
    return Trust(at=at, roots=known, profiles=profiles, revocation=revocation, ask_revocation=ask_revocation)


def verify(
    path: Path, trust: Trust, limits: Limits = NORMAL, expired: Callable[[], bool] = lambda: False
) -> Verification:
    """Verify a signed zip. Raises `InputError` when it cannot be read, or is none."""
    return judge(path.name, read_package(path, limits, expired), trust)


def judge(package: str, reading: Reading, trust: Trust) -> Verification:
    """Verify a package that was read."""
    steps = [_archive(reading), _present(reading)]
    if not isinstance(steps[-1].verdict, Yes):
        return Verification(package, tuple(steps), reading)
    try:
        envelope = read_envelope(reading.signatures[0])
    except EnvelopeError as error:
        steps.append(_no(Check.ENVELOPE, f"the signature file is damaged: {error}"))
        return Verification(package, tuple(steps), reading)
    steps += [_envelope(envelope), _digest(reading, envelope)]
    hashes: tuple[str, ...] = ()
    root = ""
    try:
        known = certificates(envelope.certificates)
        leaf = signer(envelope, known)
        steps.append(_signature(envelope, leaf))
        links = chain(leaf, [*known, *trust.roots.at_hand], envelope.signed_at)
        steps.append(_chain(links, trust.roots, envelope))
        hashes, root = revocation_hashes(links), fingerprint(links[-1])
    except ChainError as error:
        steps.append(_no(Check.CHAIN, str(error)))
    steps.append(_expiry(envelope, trust.at))
    if trust.profiles:
        steps.append(_publisher(envelope, trust.profiles))
    if trust.ask_revocation:
        steps.append(_revocation(envelope, hashes, trust))
    return Verification(package, tuple(steps), reading, envelope, hashes, root)


def claims(path: Path) -> Claims | None:
    """What a package's signature claims, when its digest, its key and its chain are right, whether or not anybody trusts its
    root; `None` when it has none, or one that does not hold. Raises `InputError` when it cannot be read, or is no zip."""
    verification = judge(path.name, read_package(path), Trust(at=_NEVER, roots=Roots(), ask_revocation=False))
    envelope, steps = verification.envelope, (Check.DIGEST, Check.SIGNATURE)
    held = all((step := verification.step(check)) and isinstance(step.verdict, Yes) for check in steps)
    if envelope is None or not held or not verification.root:
        return None
    return Claims(envelope.profile, envelope.job, verification.root)


def _no(check: Check, text: str, *seen: str) -> Step:
    return Step(check, No((Fact(text),)), seen)


def _yes(check: Check, text: str, *seen: str) -> Step:
    return Step(check, Yes((Fact(text),)), seen)


def _archive(reading: Reading) -> Step:
    """Whether everything could be read."""
    if reading.lost:
        return Step(Check.ARCHIVE, Unsure(tuple(Unknown(str(fault), _REBUILD) for fault in reading.lost)))
    return _yes(
        Check.ARCHIVE, f"{reading.entries:,} entries with {reading.size:,} bytes were read beside the signature"
    )


def _present(reading: Reading) -> Step:
    count = len(reading.signatures)
    if count == 1:
        return _yes(Check.PRESENT, "there is one signature file of AWS Signer")
    text = f"there are {count} signature files, not one" if count else "the package is not signed by AWS Signer"
    return _no(Check.PRESENT, text)


def _envelope(envelope: Envelope) -> Step:
    return _yes(
        Check.ENVELOPE,
        f"it states that {envelope.profile} signed on {envelope.signed_at:%Y-%m-%d %H:%M:%S} UTC",
        f"job      {envelope.job}",
        f"profile  {envelope.profile}",
        f"signed   {envelope.signed_at.isoformat()}",
        f"expires  {envelope.expires.isoformat()}",
    )


def _digest(reading: Reading, envelope: Envelope) -> Step:
    seen = (f"signed   {envelope.digest.hex()}", f"package  {reading.digest.hex()}")
    if reading.digest == envelope.digest:
        return _yes(Check.DIGEST, "names and contents, in their order, are those that were signed", *seen)
    return _no(Check.DIGEST, "a name, a content or their order was changed after signing", *seen)


def _signature(envelope: Envelope, leaf: x509.Certificate) -> Step:
    if has_signed(leaf, envelope.signature, envelope.signed):
        return _yes(Check.SIGNATURE, f"the attributes are signed by the key of {shown(leaf)}")
    return _no(Check.SIGNATURE, f"the attributes are not signed by the key of {shown(leaf)}")


def _chain(links: Iterable[x509.Certificate], roots: Roots, envelope: Envelope) -> Step:
    listed = tuple(links)
    seen = tuple(
        f"{shown(link)}, valid {link.not_valid_before_utc:%Y-%m-%d} to {link.not_valid_after_utc:%Y-%m-%d}, "
        f"sha256 {fingerprint(link)}"
        for link in listed
    )
    root = listed[-1]
    if fingerprint(root) in roots.names:
        text = (
            f"a chain of {len(listed)} certificates, all valid on {envelope.signed_at:%Y-%m-%d}, leads to {shown(root)}"
        )
        return _yes(Check.CHAIN, text, *seen)
    return _no(
        Check.CHAIN,
        f"the root is not trusted: {shown(root)}, sha256 {fingerprint(root)} (trust one with --root)",
        *seen,
    )


def _expiry(envelope: Envelope, at: dt.datetime) -> Step:
    if at < envelope.signed_at:
        return _no(
            Check.EXPIRY, f"it was signed on {envelope.signed_at:%Y-%m-%d %H:%M} UTC, later than it is judged at"
        )
    if at >= envelope.expires:
        return _no(Check.EXPIRY, f"the signature expired on {envelope.expires:%Y-%m-%d %H:%M} UTC")
    return _yes(Check.EXPIRY, f"the signature expires on {envelope.expires:%Y-%m-%d}")


def _publisher(envelope: Envelope, profiles: Iterable[str]) -> Step:
    allowed = tuple(profiles)
    if any(envelope.profile == profile or envelope.profile.startswith(f"{profile}/") for profile in allowed):
        return _yes(Check.PUBLISHER, "the signing profile is an allowed one")
    return _no(Check.PUBLISHER, f"the signing profile is none that is allowed: {envelope.profile}", *allowed)


def _revocation(envelope: Envelope, hashes: tuple[str, ...], trust: Trust) -> Step:
    if trust.revocation is None:
        why = "whether the signing profile, the job or a certificate was revoked is known to AWS alone"
        return Step(Check.REVOCATION, Unsure((Unknown(why, _ASK_AWS.format(call(envelope, hashes))),)))
    revoked = trust.revocation.entities
    if not revoked:
        return _yes(Check.REVOCATION, f"nothing was revoked, as {trust.revocation.source} says")
    about = {envelope.profile, envelope.job, *hashes, envelope.profile.rpartition("/")[0]}
    named = [entity for entity in revoked if entity in about]
    if named:
        return _no(Check.REVOCATION, f"revoked, as {trust.revocation.source} says: {', '.join(named)}")
    why = f"{trust.revocation.source} names other things than this package's: {', '.join(revoked[:3])}"
    return Step(Check.REVOCATION, Unsure((Unknown(why, _ASK_AWS.format(call(envelope, hashes))),)))
