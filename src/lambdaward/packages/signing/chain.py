"""The certificates of a signature: which one signed, and whether a chain leads from it to a root that is trusted.

The chain is judged at the time of signing: the signer's own certificate only lives for a short time.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import warnings
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

if TYPE_CHECKING:
    from lambdaward.packages.signing.envelope import Envelope

_HASHES = (hashes.SHA256, hashes.SHA384, hashes.SHA512)
_UNDERSTOOD = (x509.BasicConstraints, x509.KeyUsage, x509.ExtendedKeyUsage)
_BROKEN = (ValueError, TypeError, UnsupportedAlgorithm, OverflowError, UserWarning, x509.DuplicateExtension)
_WRONG = (*_BROKEN, InvalidSignature)


class ChainError(Exception):
    """There is no chain from the signer to a root that is trusted. Its text says why."""


def certificates(found: Iterable[bytes]) -> list[x509.Certificate]:
    """Certificates from their DER. Raises `ChainError` for one that is none, or breaks the rules of X.509."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return [_whole(x509.load_der_x509_certificate(data)) for data in found]
        except _BROKEN as error:
            raise ChainError("a certificate is damaged") from error


def _whole(certificate: x509.Certificate) -> x509.Certificate:
    """A certificate whose parts, which are only parsed when they are asked for, are all good."""
    _ = certificate.public_key(), certificate.extensions, certificate.subject, certificate.issuer
    _ = certificate.not_valid_before_utc, certificate.not_valid_after_utc, certificate.signature_hash_algorithm
    return certificate


def fingerprint(certificate: x509.Certificate) -> str:
    """What names a root: the SHA-256 of its DER, in hexadecimal."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def signer(envelope: Envelope, known: Sequence[x509.Certificate]) -> x509.Certificate:
    """The certificate that an envelope names as its signer's. Raises `ChainError` when it is not there exactly once."""
    found = [each for each in known if each.serial_number == envelope.serial and _issuer(each) == envelope.issuer]
    if len(found) != 1:
        raise ChainError(f"the signer's certificate is there {len(found)} times")
    return found[0]


def _issuer(certificate: x509.Certificate) -> bytes:
    return certificate.issuer.public_bytes()


def has_signed(leaf: x509.Certificate, signature: bytes, signed: bytes) -> bool:
    """Whether the key of a certificate, which has to be one of the curve P-384, made a signature over some bytes."""
    key = leaf.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP384R1):
        return False
    try:
        key.verify(signature, signed, ec.ECDSA(hashes.SHA384()))
    except _WRONG:
        return False
    return True


def chain(leaf: x509.Certificate, known: Sequence[x509.Certificate], at: dt.datetime) -> tuple[x509.Certificate, ...]:
    """The certificates from the signer's to a self-signed one, each of which was valid at a time, and issued the one before
    it. Raises `ChainError` with the first thing that is wrong."""
    links = [leaf]
    _check(leaf, at, below=-1)
    while links[-1].issuer != links[-1].subject:
        parents = [each for each in known if each.subject == links[-1].issuer and each not in links]
        parent = next((each for each in parents if _issued(each, links[-1])), None)
        if parent is None:
            raise ChainError(f"nobody there has issued {shown(links[-1])}")
        _check(parent, at, below=len(links) - 1)
        links.append(parent)
    if not _issued(links[-1], links[-1]):
        raise ChainError(f"{shown(links[-1])} is not signed by itself")
    return tuple(links)


def _issued(parent: x509.Certificate, child: x509.Certificate) -> bool:
    try:
        child.verify_directly_issued_by(parent)
        return isinstance(child.signature_hash_algorithm, _HASHES)
    except _WRONG:
        return False


def _check(certificate: x509.Certificate, at: dt.datetime, *, below: int) -> None:
    """Judge one certificate: of an authority with so many others below it, or of a signer (-1)."""
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise ChainError(f"{shown(certificate)} was not valid when the package was signed")
    extensions = {type(each.value): each for each in certificate.extensions}
    strange = [each for each in extensions.values() if each.critical and not isinstance(each.value, _UNDERSTOOD)]
    if strange:
        raise ChainError(
            f"{shown(certificate)} has a critical extension that is not known: {strange[0].oid.dotted_string}"
        )
    usage, limits = extensions.get(x509.KeyUsage), extensions.get(x509.BasicConstraints)
    if below < 0:
        _check_leaf(certificate, usage, extensions.get(x509.ExtendedKeyUsage))
        return
    if limits is None or not limits.value.ca or (usage is not None and not usage.value.key_cert_sign):
        raise ChainError(f"{shown(certificate)} may not issue certificates")
    if limits.value.path_length is not None and limits.value.path_length < below:
        raise ChainError(f"{shown(certificate)} may not have {below} authorities below it")


def _check_leaf(
    certificate: x509.Certificate,
    usage: x509.Extension[x509.KeyUsage] | None,
    purposes: x509.Extension[x509.ExtendedKeyUsage] | None,
) -> None:
    good = {ExtendedKeyUsageOID.CODE_SIGNING, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}
    if usage is not None and not usage.value.digital_signature:
        raise ChainError(f"{shown(certificate)} may not make signatures")
    if purposes is not None and good.isdisjoint(purposes.value):
        raise ChainError(f"{shown(certificate)} may not sign code")


def shown(certificate: x509.Certificate) -> str:
    """A certificate for people: its subject."""
    name = certificate.subject.rfc4514_string()
    return name if name.isprintable() and name else "a certificate without a name"


def revocation_hashes(links: Sequence[x509.Certificate]) -> tuple[str, ...]:
    """What AWS Signer is asked whether a certificate is revoked by: for each but the root, the SHA-384 of what its issuer has
    signed, followed by that of its issuer, in hexadecimal."""
    digests = [hashlib.sha384(link.tbs_certificate_bytes).hexdigest() for link in links]
    return tuple(own + parent for own, parent in pairwise(digests))
