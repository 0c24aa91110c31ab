"""The way in for values: what is plainly no secret is settled at once, and the engine is loaded for the rest."""

from __future__ import annotations

from functools import lru_cache

from lambdaward.model import pattern
from lambdaward.secrets.answer import Answer, Clear, Leak
from lambdaward.secrets.names import Says, says
from lambdaward.secrets.spoken import is_spoken, runs

_QUIET = (Says.NOTHING, Says.POINTER, Says.DIGEST)
# Short texts, numbers, ARNs, words, addresses, names of several words, actions and events, hosts of AWS, schedules, and what
# a template fills in.
_PLAIN = pattern(
    r"[A-Za-z0-9_.:/ $*-]{0,15}|\d+|arn:(?:aws[\w-]*|\$\{AWS::Partition\}):(?!secretsmanager|ssm|kms)\S+|[a-z]+(?:[-_./][a-z]+)*|"
    r"https?://[\w.:-]+(?:/[\w.-]{0,15})*|(?:[A-Z][a-z]+){2,8}\d{0,2}|[a-z][a-z0-9-]{1,40}:[A-Za-z]{1,40}(?::[A-Za-z]{0,40})?\*?|"
    r"\$\{[\w.:]{1,120}\}|[a-z0-9-]{1,40}\.amazonaws\.com|(?:rate|cron)\([\w ,?*/-]{1,40}\)|"
    r"[A-Za-z]?[a-z]{2,14}(?:[A-Z]{0,4}[A-Z][a-z]{2,14}|On|Of|To|In|By|Is|Id){1,8}[A-Z]{0,5}\d{0,2}"
)
_PROSE = pattern(r"(?:[A-Za-z(][A-Za-z'/-]{0,14}[).,;:!]* {1,2}){1,60}[A-Za-z(][A-Za-z'/-]{0,14}[).,;:!]*")
# A key of such a form looks something up.
_LOOKED_UP = pattern(r"[A-Za-z]{1,12}(?:[:._/ -][A-Za-z]{1,12}){0,3}")
_HINT = pattern(
    r"(?i)pass|pwd|(?<![a-z])pw|secret|token|key|auth|cred|bearer|dsn|mnemonic|salt|-----BEGIN|[:/][^\s/@]+@|"
    r"kennwort|senha"
)
_NOTHING = Clear("nothing about it is like a secret")


@lru_cache(maxsize=8192)
def judge(name: str, value: str) -> Answer:
    """What the value of something with a name is: a leak, a reference to where the secret is kept, or clear.

    The value is a whole one: of a variable, a parameter, a member of a document. It is looked into as far as it is a URL, a
    connection string, a document, or encoded. What no form known here settles is put to the formats of many issuers.
    """
    meaning = says(name)
    if (meaning in _QUIET and _is_plain(value)) or (meaning is Says.KEY and _LOOKED_UP.fullmatch(value)):
        return _NOTHING
    from lambdaward.secrets.judging import judge as judged  # noqa: PLC0415 - most values are plain

    answer = judged(name, value)
    if isinstance(answer, Clear) and answer.open:
        return _asked(value) or answer
    return answer


def _is_plain(value: str) -> bool:
    return _PLAIN.fullmatch(value) is not None or (_PROSE.fullmatch(value) is not None and not may_hold(value))


def _asked(value: str) -> Leak | None:
    from lambdaward.secrets.issuers import find_token, is_worth_asking  # noqa: PLC0415 - seconds, when it is the first time

    return find_token(value) if is_worth_asking(value) else None


def may_hold(code: str) -> bool:
    """Whether a piece of code has anything by which a secret could be known."""
    return _HINT.search(code) is not None or any(not is_spoken(run) for run in runs(code))
