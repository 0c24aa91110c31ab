"""The signature file of a package, read: a CMS message that signs a digest, with AWS Signer's own attributes.

Form and field names are RFC 5652's; the three attributes of AWS Signer are those that its signatures carry. Nothing is
trusted here: whoever reads an envelope knows what it says, not whether it is true.
"""

from __future__ import annotations

import datetime as dt
import re
from binascii import Error as Base64Error
from binascii import a2b_base64
from collections.abc import Mapping
from typing import Any, ClassVar

from asn1crypto import cms, core
from msgspec import Struct

LIMIT = 1 << 20
"""How large a signature file may be. Those of AWS Signer have some three thousand bytes."""

MOST_CERTIFICATES = 16

_PEM = re.compile(rb"\s*-----BEGIN PKCS7-----\s(?P<body>[A-Za-z0-9+/=\s]+)-----END PKCS7-----\s*")
_TYPE, _DIGEST, _TIME = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.5"
_PROTECTION = "1.2.840.113549.1.9.52"
_JOB, _EXPIRY, _PROFILE = "1.3.187.137.1.2", "1.3.187.137.1.3", "1.3.187.137.1.4"
_DATA, _SHA384, _ECDSA_SHA384 = "1.2.840.113549.1.7.1", "2.16.840.1.101.3.4.2.2", "1.2.840.10045.4.3.3"


class EnvelopeError(Exception):
    """A signature file is not what AWS Signer writes. Its text says why."""


class Envelope(Struct, frozen=True):
    """What a signature file says. `signed` are the bytes that the signature is over; `digest` is the one they state of the
    package; `issuer` and `serial` name the signer's certificate among `certificates`, which are DER."""

    digest: bytes
    signed_at: dt.datetime
    expires: dt.datetime
    job: str
    profile: str
    signed: bytes
    signature: bytes
    issuer: bytes
    serial: int
    certificates: tuple[bytes, ...]


class _Values(core.SetOf):  # type: ignore[misc]
    _child_spec = core.Any


class _Attribute(core.Sequence):  # type: ignore[misc]
    """An attribute whatever its kind: the specification that asn1crypto has knows none of AWS Signer's."""

    _fields: ClassVar = [("type", core.ObjectIdentifier), ("values", _Values)]


def read_envelope(data: bytes) -> Envelope:
    """Read a signature file. Raises `EnvelopeError`, whatever the bytes are."""
    try:
        return _envelope(_body(data))
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, AttributeError, RecursionError) as error:
        raise EnvelopeError("it is no CMS message of signed data") from error


def _body(data: bytes) -> bytes:
    """The message inside its text armour."""
    if len(data) > LIMIT:
        raise EnvelopeError(f"it is larger than {LIMIT:,} bytes")
    match = _PEM.fullmatch(data)
    if match is None:
        raise EnvelopeError("it is no PEM block of type PKCS7")
    try:
        return a2b_base64(b"".join(match["body"].split()), strict_mode=True)
    except Base64Error as error:
        raise EnvelopeError("its text is no base64") from error


def _envelope(message: bytes) -> Envelope:
    content = cms.ContentInfo.load(message, strict=True)
    if content["content_type"].native != "signed_data":
        raise EnvelopeError("it is no CMS message of signed data")
    signed_data = content["content"]
    if signed_data["version"].native != "v1":
        raise EnvelopeError("it is not of version 1 of signed data")
    inner = signed_data["encap_content_info"]
    if inner["content_type"].dotted != _DATA or inner["content"].native is not None:
        raise EnvelopeError("its signature is not detached from plain data")
    if len(signed_data["signer_infos"]) != 1:
        raise EnvelopeError(f"it has {len(signed_data['signer_infos'])} signers, not one")
    signer = signed_data["signer_infos"][0]
    if (signer["digest_algorithm"]["algorithm"].dotted, signer["signature_algorithm"]["algorithm"].dotted) != (
        _SHA384,
        _ECDSA_SHA384,
    ):
        raise EnvelopeError("it is not signed with ECDSA over SHA-384")
    if signer["sid"].name != "issuer_and_serial_number":
        raise EnvelopeError("it does not name its signer by issuer and serial number")
    values, signed = _attributes(signer["signed_attrs"])
    return Envelope(
        digest=_digest(values),
        signed_at=_time(values, _TIME, "time of signing"),
        expires=_time(values, _EXPIRY, "expiry"),
        job=_text(values, _JOB, "signing job"),
        profile=_text(values, _PROFILE, "signing profile version"),
        signed=signed,
        signature=signer["signature"].native,
        issuer=signer["sid"].chosen["issuer"].dump(),
        serial=signer["sid"].chosen["serial_number"].native,
        certificates=_certificates(signed_data["certificates"]),
    )


def _certificates(found: Any) -> tuple[bytes, ...]:  # noqa: ANN401 - asn1crypto has no types
    if len(found) > MOST_CERTIFICATES:
        raise EnvelopeError(f"it has more than {MOST_CERTIFICATES} certificates")
    if any(choice.name != "certificate" for choice in found):
        raise EnvelopeError("it has certificates that are no X.509 ones")
    return tuple(choice.chosen.dump() for choice in found)


def _attributes(found: Any) -> tuple[dict[str, Any], bytes]:  # noqa: ANN401 - as above
    """The signed attributes, each with its one value; and the bytes that are signed: the set of them, as DER orders it."""
    members = sorted(attribute.dump() for attribute in found)
    values: dict[str, Any] = {}
    for member in members:
        attribute = _Attribute.load(member, strict=True)
        name = attribute["type"].dotted
        if name in values or len(attribute["values"]) != 1:
            raise EnvelopeError(f"its attribute {name} does not stand there once, with one value")
        values[name] = attribute["values"][0]
    if _TYPE not in values or values[_TYPE].parse(core.ObjectIdentifier).dotted != _DATA:
        raise EnvelopeError("it does not state that it signs plain data")
    _check_protection(values.get(_PROTECTION))
    return values, _der_set(b"".join(members))


def _check_protection(value: Any) -> None:  # noqa: ANN401 - as above
    """The algorithms that are signed have to be those that are used."""
    if value is None:
        return
    said = value.parse(cms.CMSAlgorithmProtection)
    if (
        said["digest_algorithm"]["algorithm"].dotted != _SHA384
        or said["signature_algorithm"]["algorithm"].dotted != _ECDSA_SHA384
    ):
        raise EnvelopeError("the algorithms that it signs are not those that it uses")


def _der_set(body: bytes) -> bytes:
    """A set in DER, from its members."""
    size = len(body)
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return b"\x31" + (bytes([size]) if size < 0x80 else bytes([0x80 | len(length)]) + length) + body


def _value(values: Mapping[str, Any], name: str, meaning: str) -> Any:  # noqa: ANN401 - as above
    if name not in values:
        raise EnvelopeError(f"it does not state its {meaning}")
    return values[name]


def _digest(values: Mapping[str, Any]) -> bytes:
    digest: bytes = _value(values, _DIGEST, "digest").parse(core.OctetString).native
    if len(digest) != 48:
        raise EnvelopeError("its digest is none of SHA-384")
    return digest


def _time(values: Mapping[str, Any], name: str, meaning: str) -> dt.datetime:
    time = _value(values, name, meaning).native
    if not isinstance(time, dt.datetime):
        raise EnvelopeError(f"its {meaning} is no time")
    return time.astimezone(dt.UTC)


def _text(values: Mapping[str, Any], name: str, meaning: str) -> str:
    text: str = _value(values, name, meaning).parse(core.UTF8String).native
    if not text.isprintable() or not text.startswith("arn:") or text.count(":") < 5:
        raise EnvelopeError(f"its {meaning} is no ARN")
    return text
