"""The types that condition values are read as: numbers, dates, booleans, binary values and addresses."""

from __future__ import annotations

import datetime as dt
from binascii import Error
from decimal import Decimal
from functools import lru_cache

from lambdaward.model import pattern

_NUMBER = pattern(r"[+-]?\d{1,64}(\.\d{1,64})?")
_MONTH = pattern(r"\d{4}(-\d{2})?")
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
Network = tuple[int, int, int]


def number(text: str) -> Decimal | None:
    """An integer or decimal number."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def date(text: str) -> int | None:
    """Microseconds since 1970: an ISO 8601 date in one of the W3C's forms (UTC when it names no zone), or epoch seconds."""
    if _MONTH.fullmatch(text):
        text = f"{text}-01-01"[:10]
    elif _NUMBER.fullmatch(text):
        return int(Decimal(text) * 1_000_000)
    try:
        read = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return ((read if read.tzinfo else read.replace(tzinfo=dt.UTC)) - _EPOCH) // _MICROSECOND


def boolean(text: str) -> bool | None:
    """`true` or `false`, in any case."""
    return {"true": True, "false": False}.get(text.lower())


def binary(text: str) -> bytes | None:
    """The bytes of a base64 text."""
    from base64 import b64decode  # noqa: PLC0415 - rarely needed

    try:
        return b64decode(text, validate=True)
    except (Error, ValueError):
        return None


@lru_cache(maxsize=4096)
def network(text: str) -> Network | None:
    """An address or a range: its version, its first address and its mask as numbers."""
    from ipaddress import ip_network  # noqa: PLC0415 - loaded when a policy has addresses

    try:
        read = ip_network(text, strict=False)
    except ValueError:
        return None
    return read.version, int(read.network_address), int(read.netmask)


def within(inner: Network, outer: Network) -> bool:
    """Whether an address or range lies in another."""
    version, first, mask = inner
    return version == outer[0] and first & outer[2] == outer[1] and mask & outer[2] == outer[2]
