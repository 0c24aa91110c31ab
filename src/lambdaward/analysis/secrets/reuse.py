"""The same secret in several places, told by a keyed fingerprint: values are never compared outside of it, nor kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from lambdaward.model import FunctionVersion, Place, Record, ResourceId
from lambdaward.secrets import Leak, Sureness


class Spot(Struct, frozen=True):
    """A place with a secret: who has it, where, and what it is called there."""

    record: Record
    place: Place
    name: str
    leak: Leak


def owner(record: Record) -> ResourceId:
    """Whose a secret is: a version's is its function's."""
    link = record.function if isinstance(record, FunctionVersion) else None
    return link.target if link and link.target else record.id


def reused(spots: Iterable[Spot]) -> Iterator[tuple[Spot, ...]]:
    """The places of each secret that several resources have. The key is made for this run alone, so that no fingerprint can be
    looked up afterwards."""
    told = [spot for spot in spots if spot.leak.sureness is not Sureness.LOW]
    if len(told) < 2:
        return
    import hmac  # noqa: PLC0415 - few templates hold secrets
    import secrets  # noqa: PLC0415 - as above

    key = secrets.token_bytes(32)
    found: dict[bytes, list[Spot]] = {}
    for spot in told:
        text = str(spot.leak.value.reveal())
        found.setdefault(hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256"), []).append(spot)
    for places in found.values():
        if len({owner(spot.record) for spot in places}) > 1:
            yield tuple(places)
