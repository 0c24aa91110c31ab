"""Packages signed as AWS Signer does it, by authorities that are made at run time."""

from __future__ import annotations

import datetime as dt
import hashlib
from base64 import encodebytes
from dataclasses import dataclass, field, replace
from functools import cache

from archives import Member, zip_of
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SIGNATURE = "META_INF/aws_signer_signature_v1.0.SF"
PROFILE = "arn:aws:signer:eu-west-1:123456789012:/signing-profiles/orders/a1b2c3d4e5"
JOB = "arn:aws:signer:eu-west-1:123456789012:/signing-jobs/0f6b1a5e-7d1c-4a52-9d7e-3f2b8f0c9a11"
SIGNED = dt.datetime(2026, 10, 1, 9, 0, 0, 250_000, dt.UTC)
EXPIRES = dt.datetime(2036, 10, 1, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
FILES = {"index.py": b"def handler(event, context):\n    return 1\n", "lib/": b"", "lib/names.txt": b"orders\n" * 200}

DATA, SHA384, ECDSA = "1.2.840.113549.1.7.1", "2.16.840.1.101.3.4.2.2", "1.2.840.10045.4.3.3"


def der(tag: int, *parts: bytes) -> bytes:
    """A value in DER."""
    body = b"".join(parts)
    size = len(body)
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag]) + (bytes([size]) if size < 128 else bytes([128 | len(length)]) + length) + body


def ber(tag: int, *parts: bytes) -> bytes:
    """A value of no stated length, as AWS Signer writes the outer ones."""
    return bytes([tag, 0x80]) + b"".join(parts) + b"\0\0"


def oid(dotted: str) -> bytes:
    """An object identifier."""
    return der(6, x509.ObjectIdentifier(dotted) and _arcs(dotted))


def _arcs(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    out = bytearray()
    for number in (first * 40 + second, *rest):
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(number & 0x7F | 0x80)
        out += bytes(reversed(groups))
    return bytes(out)


def integer(number: int) -> bytes:
    """A number."""
    return der(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def time(moment: dt.datetime) -> bytes:
    """A time with its milliseconds."""
    return der(24, f"{moment:%Y%m%d%H%M%S}.{moment.microsecond // 1000:03}Z".encode())


def attribute(name: str, *values: bytes) -> bytes:
    """An attribute with its values."""
    return der(0x30, oid(name), der(0x31, *values))


_UNUSED = ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "crl_sign")
_UNUSED += ("encipher_only", "decipher_only")
ALGORITHM = der(0x30, oid(SHA384), der(5))
SIGNING = der(0x30, oid(ECDSA))


@cache
def key(name: str) -> ec.EllipticCurvePrivateKey:
    """A key of its own for each name."""
    del name
    return ec.generate_private_key(ec.SECP384R1())


def named(name: str) -> x509.Name:
    """A subject."""
    return x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Orders")]
    )


def certificate(name: str, issuer: str, *, authority: bool = True, **other) -> x509.Certificate:
    """A certificate for a name's key, signed by the issuer's. `other`: `start`, `end`, `limit`, `purpose`, `signer`."""
    start, end = (
        other.get("start", dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
        other.get("end", dt.datetime(2126, 1, 1, tzinfo=dt.UTC)),
    )
    usage = dict.fromkeys(_UNUSED, False)
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(other.get("key", key(name)).public_key())
        .serial_number(other.get("serial", int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")))
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=other.get("limit")), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=not authority, key_cert_sign=authority, **usage), critical=True)
    )
    if not authority:
        purpose = other.get("purpose", ExtendedKeyUsageOID.CODE_SIGNING)
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    for extension in other.get("extensions", ()):
        builder = builder.add_extension(extension, critical=True)
    return builder.sign(key(other.get("signer", issuer)), other.get("hash", hashes.SHA384()))


@cache
def usual_chain() -> tuple[x509.Certificate, ...]:
    """Four certificates, the signer's first, which lived for two days."""
    day = dt.timedelta(days=1)
    return (
        certificate("leaf", "issuing", authority=False, start=SIGNED - day, end=SIGNED + day),
        certificate("issuing", "middle", limit=0),
        certificate("middle", "root", limit=1),
        certificate("root", "root"),
    )


def raw(cert: x509.Certificate) -> bytes:
    """A certificate in DER."""
    return cert.public_bytes(serialization.Encoding.DER)


def pem(cert: x509.Certificate) -> bytes:
    """A certificate in PEM."""
    return cert.public_bytes(serialization.Encoding.PEM)


@dataclass(frozen=True)
class Signing:
    """A signature to be made: everything that it states can be something else. `build` gets every part of the message."""

    profile: str = PROFILE
    job: str = JOB
    signed: dt.datetime = SIGNED
    expires: dt.datetime = EXPIRES
    chain: tuple[x509.Certificate, ...] = field(default_factory=usual_chain)
    signer: str = "leaf"
    digest: bytes | None = None
    extra: tuple[bytes, ...] = ()
    without: tuple[str, ...] = ()
    signers: int = 1
    content: bytes = b""
    armour: str = "PKCS7"

    def attributes(self, digest: bytes) -> list[bytes]:
        """The signed attributes."""
        usual = {
            "1.2.840.113549.1.9.3": oid(DATA),
            "1.2.840.113549.1.9.4": der(4, self.digest or digest),
            "1.2.840.113549.1.9.5": time(self.signed),
            "1.2.840.113549.1.9.52": der(0x30, ALGORITHM, der(0xA1, oid(ECDSA))),
            "1.3.187.137.1.2": der(12, self.job.encode()),
            "1.3.187.137.1.3": time(self.expires),
            "1.3.187.137.1.4": der(12, self.profile.encode()),
        }
        kept = [attribute(name, value) for name, value in usual.items() if name not in self.without]
        return sorted([*kept, *self.extra])

    def message(self, digest: bytes) -> bytes:
        """The CMS message over a digest."""
        attributes = self.attributes(digest)
        signature = key(self.signer).sign(der(0x31, *attributes), ec.ECDSA(hashes.SHA384()))
        leaf = self.chain[0]
        who = der(0x30, leaf.issuer.public_bytes(), integer(leaf.serial_number))
        signer = der(0x30, integer(1), who, ALGORITHM, der(0xA0, *attributes), SIGNING, der(4, signature))
        inner = ber(0x30, oid(DATA), *([ber(0xA0, self.content)] if self.content else []))
        certificates = ber(0xA0, *map(raw, self.chain))
        signed = ber(0x30, integer(1), der(0x31, ALGORITHM), inner, certificates, der(0x31, *[signer] * self.signers))
        return ber(0x30, oid("1.2.840.113549.1.7.2"), ber(0xA0, signed))

    def file(self, digest: bytes) -> bytes:
        """The signature file over a digest."""
        lines = encodebytes(self.message(digest)).decode()
        return f"-----BEGIN {self.armour}-----\n{lines}-----END {self.armour}-----\n".encode()

    def but(self, **other) -> Signing:
        """The same with something else."""
        return replace(self, **other)


def digest_of(files: dict[str, bytes]) -> bytes:
    """What is signed of a package."""
    inner = hashlib.sha384(b"".join(name.encode() + body for name, body in files.items())).digest()
    return hashlib.sha384(inner).digest()


def members(files: dict[str, bytes], method: int = 8) -> list[Member]:
    """Files as entries of a zip."""
    return [Member(name, body, 0 if name.endswith("/") else method) for name, body in files.items()]


def signed_files(files: dict[str, bytes] = FILES, signing: Signing | None = None) -> dict[str, bytes]:
    """Files with the signature's folder and file behind them."""
    whole = {**files, "META_INF/": b""}
    return {**whole, SIGNATURE: (signing or Signing()).file(digest_of(whole))}


def signed_zip(files: dict[str, bytes] = FILES, signing: Signing | None = None, method: int = 8) -> bytes:
    """A signed package."""
    return zip_of(*members(signed_files(files, signing), method))
