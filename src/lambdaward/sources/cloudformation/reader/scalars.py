"""What a plain YAML scalar means, by YAML 1.1 as CloudFormation reads it."""

from __future__ import annotations

from lambdaward.model import pattern

_WORDS: dict[str, bool | None] = {"": None, "~": None}
for _word in ("null", "true", "yes", "on", "false", "no", "off"):
    _meaning = None if _word == "null" else _word in ("true", "yes", "on")
    _WORDS |= dict.fromkeys((_word, _word.capitalize(), _word.upper()), _meaning)

_FIRST = frozenset("-0123456789")
_NUMBER = pattern(r"-?(?:0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?")


_UNREADABLE = pattern("[\\0\ud800-\udfff]")


def readable(text: str) -> str:
    """A text without what can be escaped but not written: NUL, and halves of surrogate pairs."""
    return _UNREADABLE.sub("\ufffd", text) if not text.isascii() or "\0" in text else text


def plain(text: str) -> str | int | float | bool | None:
    """The value of an unquoted scalar. A number is one only when it reads back as it was written: `0123`, `1.10` and
    dates stay text, because that is what users mean by them.
    """
    if text in _WORDS:
        return _WORDS[text]
    match = _NUMBER.fullmatch(text) if text[0] in _FIRST else None
    if not match:
        return text
    number = float(text) if match[1] else int(text)
    return number if str(number) == text else text
