"""Signatures of container images by Notation, verified against roots that are given, without a registry.

Only envelopes of the form JWS are verified; of COSE, and of cosign's signatures, it is told that they are there and what they
cover.
"""

from __future__ import annotations

import datetime as dt
from base64 import urlsafe_b64decode
from binascii import a2b_base64
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from msgspec import Struct

from lambdaward.model import Fact, No, Unknown, Unsure, Verdict, Yes
from lambdaward.packages.decoding import T, decoded
from lambdaward.packages.signing.chain import ChainError, certificates, chain, fingerprint, shown
from lambdaward.packages.signing.envelope import MOST_CERTIFICATES
from lambdaward.packages.signing.layout import Found, read_layout
from lambdaward.packages.signing.roots import Roots

_JWS = "application/jose+json"
_HASHES: Mapping[str, Callable[[], hashes.HashAlgorithm]] = MappingProxyType(
    {"256": hashes.SHA256, "384": hashes.SHA384, "512": hashes.SHA512}
)
_CONTENT = "application/vnd.cncf.notary.payload.v1+json"


class Signature(Struct, frozen=True):
    """A signature of an image, and whether it holds. `covers` is the digest of the image's manifest, `here` whether that image is
    in the layout too. It is `strange` when only its root is not trusted."""

    kind: str
    covers: str
    here: bool
    verdict: Verdict
    strange: bool = False


class _Header(Struct, frozen=True):
    x5c: tuple[str, ...] = ()


class _Envelope(Struct, frozen=True):
    payload: str
    protected: str
    signature: str
    header: _Header


class _Protected(
    Struct,
    frozen=True,
    rename={
        "signed": "io.cncf.notary.signingTime",
        "authentic": "io.cncf.notary.authenticSigningTime",
        "expires": "io.cncf.notary.expiry",
    },
):
    alg: str
    cty: str = ""
    signed: str = ""
    authentic: str = ""
    expires: str = ""


class _Target(Struct, frozen=True):
    digest: str


class _Payload(Struct, frozen=True, rename="camel"):
    target_artifact: _Target


class _WrongError(Exception):
    """A signature does not hold. Its text says why."""


class _StrangeError(_WrongError):
    """A signature holds, under a root that nobody trusts."""


def image_signatures(path: Path, roots: Roots, at: dt.datetime) -> tuple[tuple[str, ...], tuple[Signature, ...]]:
    """The images of an OCI layout, and every signature of one. Raises `InputError` when it is no layout."""
    layout = read_layout(path)
    signatures = (
        Signature(found.kind, found.covers, found.covers in layout.images, *_verdict(found, roots, at))
        for found in layout.signatures
    )
    return layout.images, tuple(signatures)


def _verdict(found: Found, roots: Roots, at: dt.datetime) -> tuple[Verdict, bool]:
    """Whether a signature holds, and whether only its root is in the way."""
    if found.kind != "notation" or found.media_type != _JWS:
        tool = "`notation verify`" if found.kind == "notation" else "`cosign verify`"
        what = (
            f"envelopes of type {found.media_type or 'none'}"
            if found.kind == "notation"
            else f"signatures of {found.kind}"
        )
        return Unsure((Unknown(f"{what} are not verified here", f"verify it with {tool}"),)), False
    try:
        return Yes((Fact(_verified(found, roots, at)),)), False
    except (_WrongError, ChainError) as error:
        return No((Fact(str(error)),)), isinstance(error, _StrangeError)


def _verified(found: Found, roots: Roots, at: dt.datetime) -> str:
    """Who signed, in words. Raises `_WrongError` and `ChainError`."""
    envelope = _read(found.envelope, _Envelope)
    protected, payload = _part(envelope.protected, _Protected), _part(envelope.payload, _Payload)
    if protected.cty != _CONTENT:
        raise _WrongError("it signs no payload of Notation")
    if payload.target_artifact.digest != found.covers:
        raise _WrongError(f"it signs {payload.target_artifact.digest}, not the image it is attached to")
    if not 0 < len(envelope.header.x5c) <= MOST_CERTIFICATES:
        raise _WrongError("it has no certificate, or more than any signature has")
    known = certificates(_decoded(each, a2b_base64) for each in envelope.header.x5c)
    signed_at = _time(protected.authentic or protected.signed)
    signature = _decoded(envelope.signature, _from_url)
    if not _holds(known[0], protected.alg, signature, f"{envelope.protected}.{envelope.payload}".encode()):
        raise _WrongError(f"it is not signed by the key of {shown(known[0])}")
    root = chain(known[0], [*known, *roots.at_hand], signed_at)[-1]
    if protected.expires and at >= _time(protected.expires):
        raise _WrongError(f"the signature expired on {protected.expires}")
    if fingerprint(root) not in roots.names:
        raise _StrangeError(
            f"the root is not trusted: {shown(root)}, sha256 {fingerprint(root)} (trust one with --root)"
        )
    return f"signed by {shown(known[0])} on {signed_at:%Y-%m-%d}, under {shown(root)}"


def _read(data: bytes, kind: type[T]) -> T:
    read = decoded(data, kind)
    if read is None:
        raise _WrongError("its envelope is damaged")
    return read


def _part(text: str, kind: type[T]) -> T:
    return _read(_decoded(text, _from_url), kind)


def _from_url(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _decoded(text: str, decode: Callable[[str], bytes]) -> bytes:
    try:
        return decode(text)
    except ValueError:
        raise _WrongError("its envelope is damaged") from None


def _time(text: str) -> dt.datetime:
    try:
        time = dt.datetime.fromisoformat(text)
    except ValueError:
        raise _WrongError("it has no time of signing, or a damaged time") from None
    return time if time.tzinfo else time.replace(tzinfo=dt.UTC)


def _holds(leaf: x509.Certificate, algorithm: str, signature: bytes, signed: bytes) -> bool:
    """Whether the key of a certificate made a signature, by an algorithm of JWS that Notation uses."""
    key, make = leaf.public_key(), _HASHES.get(algorithm[2:])
    if make is None:
        return False
    try:
        if algorithm.startswith("ES") and isinstance(key, ec.EllipticCurvePublicKey):
            half = len(signature) // 2
            numbers = int.from_bytes(signature[:half]), int.from_bytes(signature[half:])
            key.verify(encode_dss_signature(*numbers), signed, ec.ECDSA(make()))
        elif algorithm.startswith("PS") and isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, padding.PSS(padding.MGF1(make()), make().digest_size), make())
        else:
            return False
    except (InvalidSignature, ValueError):
        return False
    return True
