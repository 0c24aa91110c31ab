"""What a value looks like, whatever its name: a flag, a number, a path, a name made of words, a phrase, an opaque token."""

from __future__ import annotations

import math
import re
from collections import Counter
from enum import StrEnum
from itertools import pairwise

from lambdaward.model import pattern
from lambdaward.secrets.tables import table


class Shape(StrEnum):
    """What a text looks like. `NAME` is words put together as people name things; `MIXED` letters with digits or signs,
    short as a made-up password; `TOKEN` what only a machine makes; `PHRASE` words with spaces."""

    EMPTY = "empty"
    FLAG = "flag"
    NUMBER = "number"
    TIME = "time"
    EMAIL = "e-mail address"
    HOST = "host"
    ADDRESS = "network address"
    URL = "url"
    PATH = "path"
    UUID = "uuid"
    HEX = "hexadecimal"
    NAME = "name"
    WORD = "word"
    PHRASE = "phrase"
    MIXED = "mixed"
    TOKEN = "token"  # noqa: S105 - a shape


_FLAGS = table(
    "true false yes no on off enabled disabled enable disable none null nil undefined always never required optional "
    "debug info warn error auto default basic digest iam jwt oauth oauth2 oidc saml bearer plain plaintext local aws "
    "custom standard strict lax aws_iam cognito_user_pools apikey api_key secretsmanager ssm kms vault env "
    "environment hs256 hs384 hs512 rs256 es256"
)
_TIMES = (
    r"\d+\s?(?:ms|s|sec|secs|m|min|mins|h|hr|hrs|d|w|y|seconds?|minutes?|hours?|days?|weeks?|months?|years?|[kmg]i?b)|"
    r"\d{4}-\d\d-\d\d(?:[T ][\d:.+Z-]+)?|\d\d:\d\d(?::\d\d)?|P(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?|"
    r"(?:rate|cron|at)\([^)]*\)|(?:[\d*/,?LW#-]+\s+){4,5}[\d*/,?LW#A-Z-]+|\d+(?:/\d+)+"
)
_HOSTS = (
    r"(?:[a-z0-9_*](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?:com|net|org|io|dev|app|co|cloud|internal|local|localdomain|aws|info|"
    r"biz|eu|us|uk|de|fr|nl|jp|cn|au|ca|ch|at|me|tv|ai|xyz|tech|test|example|invalid|lan|corp|gov|edu|mil|in|br|se|no|fi|dk|"
    r"es|it|pl)(?::\d+)?(?:/[\w./-]*)?|localhost(?::\d+)?|[a-z][a-z0-9-]*:\d{2,5}"
)
_FORMS: tuple[tuple[Shape, re.Pattern[str]], ...] = tuple(
    (shape, pattern(form, re.IGNORECASE))
    for shape, form in (
        (Shape.NUMBER, r"[-+]?\d+(?:[.,]\d+)*%?|0x[0-9a-f]{1,8}"),
        (Shape.TIME, _TIMES),
        (Shape.EMAIL, r"[\w.+-]+@(?:[a-z\d-]+\.)+[a-z]{2,}"),
        (Shape.UUID, r"\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?"),
        (Shape.ADDRESS, r"(?:\d{1,3}\.){3}\d{1,3}(?::\d+|/\d+)?|\[?(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}\]?(?:/\d+)?"),
        (Shape.URL, r"[a-z][a-z0-9+.-]*://\S+"),
        (Shape.HOST, _HOSTS),
        (Shape.HEX, r"(?:0x)?[0-9a-f]{16,}|(?:[0-9a-f]{2}:){7,}[0-9a-f]{2}"),
    )
)
_PATH = pattern(
    r"(?:[a-z]:\\|~?\.{0,2}/|\\\\)?[\w.@$*{}-]*(?:[/\\][\w.@$*{} -]+)+[/\\]?|"
    r"[\w-]+\.(?:pem|key|crt|cer|json|ya?ml|env|ini|conf|cfg|toml|txt|p12|pfx|jks|properties|js|py|sh|zip|enc|"
    r"template|tgz|gz|tar|jar|whl|csv|parquet|avro|xml|html?|png|jpe?g|pdf|css|map)",
    re.IGNORECASE,
)
_DIGEST = pattern(r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}")
_SEGMENTS = pattern(r"[^A-Za-z0-9]+")
_CAMEL = pattern(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_WORDLIKE = pattern(r"[a-z]{1,14}|[A-Z][a-z]{0,13}|[A-Z]{1,14}")
_HARD = pattern(r"[bcdfghjklmnpqrstvwxz]{5}", re.IGNORECASE)
_NAMED = pattern(r"[A-Za-z][A-Za-z0-9]*(?:[-_./:]+[A-Za-z0-9]+|\[-?\w*\])*/?")
_TOKEN = pattern(r"[A-Za-z0-9+/=_.~:|@%-]+")


def shape(value: str) -> Shape:
    """The shape of a text. The plain forms come first, and what fits none of them is mixed or a token."""
    if not value.strip():
        return Shape.EMPTY
    if value.lower() in _FLAGS:
        return Shape.FLAG
    for found, form in _FORMS:
        if form.fullmatch(value):
            return found
    if " " in value.strip() or "\n" in value.strip():
        return Shape.PHRASE
    if is_path(value):
        return Shape.PATH
    return _made_up(value)


def is_path(value: str) -> bool:
    """Whether a text is a path of files, parameters or secrets: segments, none of which is a token."""
    if not _PATH.fullmatch(value):
        return False
    segments = re.split(r"[/\\.]", value)
    named = any(segment.isalpha() and len(segment) > 2 for segment in segments)
    return not any(looks_random(segment) and not (named and _DIGEST.fullmatch(segment)) for segment in segments)


def _made_up(value: str) -> Shape:
    if value.isalpha():
        return _of_letters(value)
    if _NAMED.fullmatch(value) and not looks_random(value) and _is_named(value):
        return Shape.NAME
    if len(value) >= 16 and _TOKEN.fullmatch(value) and looks_random(value):
        return Shape.TOKEN
    return Shape.MIXED


def _of_letters(value: str) -> Shape:
    if len(value) >= 16 and looks_random(value):
        return Shape.TOKEN
    pieces = _CAMEL.findall(value)
    return Shape.NAME if len(pieces) > 1 and not value.isupper() else Shape.WORD


def _is_named(value: str) -> bool:
    """Whether a text is words with signs between them, and no digits but small numbers of their own."""
    segments = [segment for segment in _SEGMENTS.split(value) if segment]
    if len(segments) < 2:
        return False
    return all(re.fullmatch(r"[A-Za-z]+\d{0,2}|v?\d{1,4}", segment) or _is_suffix(segment) for segment in segments)


def _is_suffix(segment: str) -> bool:
    """Six letters or digits, as Secrets Manager adds to a secret's name, or a few as people do."""
    return len(segment) == 6 and segment.isalnum()


def looks_random(text: str) -> bool:
    """Whether a machine made a text: among its runs of letters and digits one is long and is not made of words."""
    return any(_is_random(run) for run in re.findall(r"[A-Za-z0-9+]{8,}", text)) or _is_random_with_signs(text)


def _is_random(run: str) -> bool:
    if len(run) < 12:
        return False
    if run.isdigit():
        return len(run) >= 24
    changes = sum(1 for left, right in pairwise(run) if _sort(left) != _sort(right))
    digits = sum(map(str.isdigit, run))
    if digits >= 2 and changes >= len(run) / 5:
        return True
    if digits and len(run) >= 24 and changes >= len(run) / 8:
        return True
    pieces = _CAMEL.findall(run)
    if len(run) >= 16 and len(pieces) > len(run) / 3.2:
        return True
    return len(run) >= 16 and _unspeakable(run)


def _is_random_with_signs(text: str) -> bool:
    """Whether a longer text is random though signs cut it into short runs."""
    bare = re.sub(r"[^A-Za-z0-9]", "", text)
    if len(bare) < 20 or len(bare) < len(text) * 0.75:
        return False
    digits = sum(map(str.isdigit, bare))
    mixed = any(map(str.isupper, bare)) and any(map(str.islower, bare))
    return digits >= 3 and mixed and not _is_named(text) and entropy(text) > 3.9


def _sort(char: str) -> int:
    return 0 if char.islower() else 1 if char.isupper() else 2


def _unspeakable(run: str) -> bool:
    """Whether nobody could say a run of letters: consonants without end, or hardly a vowel."""
    vowels = sum(char in "aeiouyAEIOUY" for char in run)
    return len(_HARD.findall(run)) >= 2 or vowels < len(run) * 0.15


def entropy(text: str) -> float:
    """Shannon's entropy of a text's characters, in bits each."""
    total = len(text)
    return -sum(count / total * math.log2(count / total) for count in Counter(text).values()) if total else 0.0
