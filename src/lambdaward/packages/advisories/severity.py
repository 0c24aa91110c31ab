"""How severe a record says its vulnerability is, as a CVSS base score."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from lambdaward.packages.advisories.record import Affected, Rated, Record

UNKNOWN = -1.0
_WORDS: Mapping[str, float] = MappingProxyType(
    {"LOW": 3.9, "MODERATE": 6.9, "MEDIUM": 6.9, "HIGH": 8.9, "CRITICAL": 10.0}
)
"""The highest base score that each word means."""

_METRICS: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "AV": {"N": 0.85, "A": 0.62, "L": 0.55, "P": 0.2},
        "AC": {"L": 0.77, "H": 0.44},
        "UI": {"N": 0.85, "R": 0.62},
        "C": {"H": 0.56, "L": 0.22, "N": 0.0},
        "I": {"H": 0.56, "L": 0.22, "N": 0.0},
        "A": {"H": 0.56, "L": 0.22, "N": 0.0},
    }
)
_PRIVILEGES: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {"U": {"N": 0.85, "L": 0.62, "H": 0.27}, "C": {"N": 0.85, "L": 0.68, "H": 0.5}}
)


def score_of(record: Record, affected: Affected) -> float:
    """The base score of a record for one package: from its vector (CVSS 3, else 4), else from its word; negative when it has
    none."""
    said = (*affected.severity, *record.severity)
    for kind, base in (("CVSS_V3", base_score), ("CVSS_V4", base_score_4)):
        best = max((base(each.score) for each in said if each.type == kind), default=UNKNOWN)
        if best >= 0:
            return best
    try:
        rated = msgspec.convert(record.database_specific or {}, Rated)
    except msgspec.ValidationError:
        return UNKNOWN
    return _WORDS.get((rated.severity or "").upper(), UNKNOWN)


def base_score(vector: str) -> float:
    """The base score of a CVSS 3.0 or 3.1 vector, negative when it is none. The formula is that of the specification of 3.1."""
    said = dict(part.split(":", 1) for part in vector.split("/") if ":" in part)
    scope, metrics = said.get("S", ""), {}
    try:
        privileges = _PRIVILEGES[scope][said["PR"]]
        for name, weights in _METRICS.items():
            metrics[name] = weights[said[name]]
    except KeyError:
        return UNKNOWN
    lost = 1 - (1 - metrics["C"]) * (1 - metrics["I"]) * (1 - metrics["A"])
    impact = 6.42 * lost if scope == "U" else 7.52 * (lost - 0.029) - 3.25 * (lost - 0.02) ** 15
    if impact <= 0:
        return 0.0
    ease = 8.22 * metrics["AV"] * metrics["AC"] * privileges * metrics["UI"]
    return _rounded_up(min((1.0 if scope == "U" else 1.08) * (impact + ease), 10.0))


def base_score_4(vector: str) -> float:
    """The base score of a CVSS 4.0 vector, negative when it is none. What a vector says of threats and surroundings is part of
    it."""
    from cvss import CVSS4, CVSSError  # noqa: PLC0415 - only for records that have such a vector

    try:
        return float(CVSS4(vector).base_score)
    except CVSSError:
        return UNKNOWN


def _rounded_up(value: float) -> float:
    """The smallest number with one decimal that is not less, free of the noise of binary fractions."""
    whole = round(value * 100_000)
    return whole / 100_000 if whole % 10_000 == 0 else (math.floor(whole / 10_000) + 1) / 10
