"""Runs of letters and digits that people wrote: most long ones in templates and code are names, and no token of any issuer."""

from __future__ import annotations

from lambdaward.model import pattern

_RUN = pattern(r"[A-Za-z0-9+/_=.~-]{20,}")
# Words, short ones and numbers of their own, with signs or capitals between them: `AWSTemplateFormatVersion`,
# `Serverless-2016-10-31`, `MyS3Bucket.Arn`. A word has no digits inside and goes on as long as its small letters do.
_SPOKEN = pattern(
    r"(?:[A-Z]{0,6}[a-z]{2,16}(?![a-z])\d{0,3}(?![a-z0-9])|(?:My|In|On|If|Re|To|Of|By|Id|Is|No|As|Or|Up|At)(?![a-z0-9])|"
    r"[A-Z]{1,3}\d{1,2}(?=[A-Z][a-z]{2}|[a-z]{3})|[A-Z]{1,5}(?![A-Za-z0-9])|"
    r"(?<![A-Za-z0-9])(?:[A-Z]{1,16}|[a-z]{0,2}\d{1,8})(?![A-Za-z0-9])|[+/_=.~-])++"
)
# What AWS calls its own things.
_NUMBERED = pattern(
    r"(?:acl|ami|dopt|eipalloc|eni|fs|fsap|igw|i|key|lt|nat|pl|rtb|sg|snap|subnet|tgw|vgw|vol|vpc|vpce|vpn)-"
    r"(?:[0-9a-f]{8}|[0-9a-f]{17})"
)


def runs(text: str) -> list[str]:
    """The runs in a text that are long enough for a token."""
    return _RUN.findall(text)


def is_spoken(run: str) -> bool:
    """Whether a run is made of words, or is the id of something of AWS. Of random ones hardly any passes for that."""
    return _SPOKEN.fullmatch(run) is not None or _NUMBERED.fullmatch(run) is not None
