"""The way in for values: what is plainly no secret is settled at once, and the engine is loaded for the rest."""

from __future__ import annotations

import re
from functools import lru_cache

from lambdaward.secrets.answer import Answer, Clear, Leak
from lambdaward.secrets.names import Says, says

_QUIET = (Says.NOTHING, Says.POINTER, Says.DIGEST)
_PLAIN = re.compile(
    r"[A-Za-z0-9_.:/ -]{0,15}|\d+|arn:aws[\w-]*:(?!secretsmanager|ssm|kms)\S+|[a-z]+(?:[-_./][a-z]+)*|https?://[\w.:-]+(?:/[\w.-]{0,15})*"
)
_HINT = re.compile(
    r"(?i)pass|pwd|\bpw|secret|token|key|auth|cred|bearer|dsn|mnemonic|salt|://|-----BEGIN|[A-Za-z0-9+/_=-]{20}|kennwort|senha"
)
_NOTHING = Clear("nothing about it is like a secret")


@lru_cache(maxsize=8192)
def judge(name: str, value: str) -> Answer:
    """What the value of something with a name is: a leak, a reference to where the secret is kept, or clear.

    The value is a whole one: of a variable, a parameter, a member of a document. It is looked into as far as it is a URL, a
    connection string, a document, or encoded. What no form known here settles is put to the formats of many issuers.
    """
    if says(name) in _QUIET and _PLAIN.fullmatch(value):
        return _NOTHING
    from lambdaward.secrets.judging import judge as judged  # noqa: PLC0415 - most values are plain

    answer = judged(name, value)
    if isinstance(answer, Clear) and answer.open:
        return _asked(value) or answer
    return answer


def _asked(value: str) -> Leak | None:
    from lambdaward.secrets.issuers import find_token, is_worth_asking  # noqa: PLC0415 - seconds, when it is the first time

    return find_token(value) if is_worth_asking(value) else None


def may_hold(code: str) -> bool:
    """Whether a piece of code has anything by which a secret could be known."""
    return _HINT.search(code) is not None
