"""The roots that are trusted: those of AWS, by their digest, and those that are given as certificates."""

from __future__ import annotations

import re
from binascii import a2b_base64
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec
from cryptography import x509
from msgspec import Struct

from lambdaward.model import InputError
from lambdaward.packages.signing.chain import ChainError, certificates, fingerprint

_DATA = Path(__file__).parent / "data" / "roots.json"
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----")
_LIMIT = 1 << 20


class Root(Struct, frozen=True):
    """A root of AWS: its name, what it signs (`code` or `image`), and the SHA-256 of its certificate."""

    name: str
    signs: str
    sha256: str


class _Sheet(Struct, frozen=True):
    rows: tuple[Root, ...]


class Roots(Struct, frozen=True):
    """Roots that are trusted: their names by the SHA-256 of their certificates, and the certificates that are at hand."""

    names: Mapping[str, str] = MappingProxyType({})
    at_hand: tuple[x509.Certificate, ...] = ()

    def __or__(self, other: Roots) -> Roots:
        return Roots({**self.names, **other.names}, (*self.at_hand, *other.at_hand))


@cache
def aws_roots(signs: str = "code") -> Roots:
    """The roots of AWS for one kind of signature. Their certificates come with the signatures."""
    rows = msgspec.json.decode(_DATA.read_bytes(), type=_Sheet).rows
    return Roots({row.sha256: row.name for row in rows if row.signs == signs})


def read_roots(paths: Iterable[str]) -> Roots:
    """Roots from files of certificates, in PEM or DER. Raises `InputError` for a file that holds none."""
    found = [certificate for path in paths for certificate in _read(path)]
    return Roots({fingerprint(each): each.subject.rfc4514_string() for each in found}, tuple(found))


def _read(path: str) -> list[x509.Certificate]:
    remedy = "give the root's certificate in PEM or DER"
    try:
        with Path(path).open("rb") as file:
            data = file.read(_LIMIT)
        blocks = [a2b_base64(block) for block in _PEM.findall(data)]
        return certificates(blocks or [data])
    except OSError as error:
        raise InputError(path, f"it cannot be read ({error.strerror})", remedy) from None
    except (ChainError, ValueError):
        raise InputError(path, "it holds no certificate", remedy) from None
