"""Where text of any kind gives a value to a name: code, settings, markup, command lines.

An engine of linear time finds the few places where a value may begin; what stands there is then read by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Flag, auto
from functools import cache
from typing import Any

from msgspec import Struct

from lambdaward.model import pattern
from lambdaward.secrets.names import Says, says

# What a name has in it when it may say that its value is a secret; `says` then decides on the whole name.
_STEM = (
    r"(?:pass|pwd|pswd|pw|kennwort|senha|contrasen|secret|token|api_?-?key|access_?-?key|private_?-?key|credential|creds?|auth|"
    r"bearer|connection_?string|connstr|dsn|mnemonic|salt|pepper|psk|key|jwt|pat)"
)
_NAME = rf"{_STEM}[\w.$-]*"
_QUOTE = r"\\?[\"'`]"
_LONGEST_NAME, _LONGEST_VALUE = 64, 1024


class Kind(Flag):
    """What a file may hold: strings in quotes, settings by the line, markup."""

    STRINGS = auto()
    SETTINGS = auto()
    MARKUP = auto()


_PLACES = {
    # name = "value", "name": "value", name="value" of an attribute, name: Type = "value", name("value"),
    # "name", "value": "...; a variable of Terraform with its default
    Kind.STRINGS: (
        rf"{_NAME}(?:[\"'],?\s*[\"']?(?:value|default|defaultvalue|connectionstring)[\"']?\s?[:=]\s?[\"']|[\"'], ?[\"']|"
        rf"[\"'`\])\\]*[ \t]*(?::\s?[\w.<>\[\]|?]+\s?)?(?:[:=|?<>!~]+|\bstring =)\s*[\w@$\[(&]*{_QUOTE}|\([ \t]*[\"']|"
        r"\" \{\n(?:[^{}]{0,256}\n)?[ \t]*default[ \t]*=[ \t]*\")"
    ),
    # name = value to the end of a line, --name value, ParameterKey=name,ParameterValue=value, --name name --value value
    Kind.SETTINGS: (
        rf"{_NAME}[\"']?(?:[ \t]*[:=][ \t]*|,ParameterValue=[\"']?|\s(?:\\\n|--[\w-]+[ =]\S+|\s){{0,8}}--value[ =][\"']?|[ \t]+)"
        r"[^\s\"'`{\[(<=:\\]"
    ),
    # <name>value</name>, <key>name</key><string>value</string>
    Kind.MARKUP: rf"{_NAME}(?:\s[^>\n]*)?>(?:</\w+>\s*<\w+>)?[^<>\s]",
}
_BEFORE = pattern(rb"[\w.$-]*\Z")
_NAMED = pattern(rb"[\w.$-]*")
_IN_QUOTES = {
    34: pattern(rb'(?:[^"\n\\]|\\[^\n])*'),
    39: pattern(rb"(?:[^'\n\\]|\\[^\n])*"),
    96: pattern(rb"[^`]*"),
}
_IN_ESCAPED = {34: pattern(rb'(?:[^"\n\\])*'), 39: pattern(rb"(?:[^'\n\\])*"), 96: pattern(rb"[^`\\]*")}
_TO_THE_END = pattern(rb"(?:[^\n\r \t]|[ \t](?!#))*")
_TO_THE_TAG = pattern(rb"[^<>\n]*")
_LINE_START = pattern(rb"(?:export|set|env|arg|[-;#]+|//\S+:|\$env:|\"|'|[ \t])*", re.IGNORECASE)
_ENV = pattern(rb"\s*env\s", re.IGNORECASE)
# What stands before a value inside of a command, and what before a name of `.netrc`.
_INLINE = pattern(rb"\w=[\"']?\Z")
_VALUE_OF = pattern(rb"(?:,ParameterValue=|--value[ =])[\"']?\Z", re.IGNORECASE)
_LOGIN_BEFORE = pattern(rb"\blogin\s+\S+\s+\Z")
_TO_THE_SIGN = pattern(rb"[^\s\"'`,;}]*")
_COMMAND = pattern(r"[a-z./][\w./-]* +-|[a-z./][\w./-]*$")
_QUIET = (Says.NOTHING, Says.POINTER, Says.DIGEST, Says.PUBLIC)


class Given(Struct, frozen=True):
    """A name, the value given to it, where the value stands in the text (in bytes), and whether quotes end it."""

    name: str
    value: str
    start: int
    quoted: bool = True


@cache
def _engine(pattern: str) -> Any:  # noqa: ANN401 - the engine has no types
    """A pattern for an engine of linear time, in any case."""
    import re2  # noqa: PLC0415 - only where files are read

    options = re2.Options()
    options.max_mem = 32 << 20
    options.case_sensitive = False
    options.log_errors = False
    options.encoding = re2.Options.Encoding.LATIN1
    return re2.compile(pattern.encode(), options)


def assignments(data: bytes, kind: Kind) -> Iterator[Given]:
    """Every value that is given to a name which says that it is a secret."""
    for each in kind:
        for match in _engine(_PLACES[each]).finditer(data):
            start, end = match.span()
            before = _BEFORE.search(data, max(0, start - _LONGEST_NAME), start)
            first = before.start() if before else start
            named = _NAMED.match(data, first, min(end, first + 3 * _LONGEST_NAME))
            name = named[0].decode("utf-8", "replace") if named else ""
            if data[end - 2 : end - 1] == b"(":
                # What is called says what it takes: `password.encode("utf-8")` takes no password.
                name = name.rpartition(".")[2]
            if says(name) not in _QUIET:
                yield from _READ[each](data, name, first, end)


def _string(data: bytes, name: str, _: int, end: int) -> Iterator[Given]:
    quote = data[end - 1]
    escaped = end > 1 and data[end - 2] == 92
    table = _IN_ESCAPED if escaped else _IN_QUOTES
    match = table[quote].match(data, end, end + _LONGEST_VALUE)
    if match and match.end() < len(data) and data[match.end()] in (quote, 92):
        yield Given(name, _text(match[0]), end)


def _setting(data: bytes, name: str, first: int, end: int) -> Iterator[Given]:
    """A setting begins its line, is an option of a command, or stands inside of one."""
    line = data.rfind(b"\n", max(0, first - 256), first) + 1
    begins = line <= first and _LINE_START.fullmatch(data, line, first) is not None
    option = data[max(0, first - 1) : first] == b"-" or name[:1] == "-"
    spaced = data[end - 2 : end - 1] in (b" ", b"\t") and not re.search(rb"[:=]\s*\Z", data[max(0, end - 12) : end - 1])
    if begins and not option and (not spaced or _ENV.match(data, line, first)):
        yield from _to_the_end(data, name, end - 1)
    elif option or _is_inline(data, first, end) or _LOGIN_BEFORE.search(data, max(line, first - 160), first):
        match = _TO_THE_SIGN.match(data, end - 1, end + _LONGEST_VALUE)
        if match:
            yield Given(name, _text(match[0]), end - 1, quoted=False)


def _is_inline(data: bytes, first: int, end: int) -> bool:
    """Whether a name with its value is a word of its own, or part of a list."""
    if _VALUE_OF.search(data, first, end - 1):
        return True
    apart = first == 0 or data[first - 1] in b" \t\n\"'`,;{&"
    return apart and _INLINE.search(data, first, end - 1) is not None


def _to_the_end(data: bytes, name: str, start: int) -> Iterator[Given]:
    """What follows to the end of the line; of a command that follows an assignment, what stands before it."""
    match = _TO_THE_END.match(data, start, start + _LONGEST_VALUE)
    value = _text(match[0]).strip() if match else ""
    first, _, rest = value.partition(" ")
    if data[start - 1 : start] == b"=" and _COMMAND.match(rest):
        value = first
    if value:
        yield Given(name, value, start, quoted=False)


def _markup(data: bytes, name: str, _: int, end: int) -> Iterator[Given]:
    match = _TO_THE_TAG.match(data, end - 1, end + _LONGEST_VALUE)
    if match and data[match.end() : match.end() + 2] == b"</":
        yield Given(name, _text(match[0]).strip(), end - 1)


_READ = {Kind.STRINGS: _string, Kind.SETTINGS: _setting, Kind.MARKUP: _markup}


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


_COMMANDS = (
    r"\b(?:(?:mysql|mysqldump|mysqladmin|mariadb)\s(?:[^\n|;]{0,200}?\s)?-p[\"']?|sshpass\s+-p\s*[\"']?|redis-cli\s(?:[^\n|;]{0,200}?\s)?-a\s+[\"']?|"
    r"(?:docker|podman|helm registry|oras)\s+login\s(?:[^\n|;]{0,200}?\s)?-p\s+[\"']?|"
    r"curl\s(?:[^\n|;]{0,300}?\s)?(?:-u|--user)[ =]?[\"']?[\w.@-]+:)[^\s\"'$<-]"
)


def commands(data: bytes) -> Iterator[Given]:
    """Passwords that commands take under names that say nothing: `mysql -pPASSWORD`, `curl -u user:PASSWORD`."""
    for match in _engine(_COMMANDS).finditer(data):
        rest = _TO_THE_SIGN.match(data, match.end() - 1, match.end() + _LONGEST_VALUE)
        if rest:
            yield Given("password", _text(rest[0]), match.end() - 1, quoted=False)


_LOGIN = r"://[^\s/?#@:\"'<>`\\]*:[^\s\"'<>`\\/?#]+@[\w.$%{}\[*-]"
_HEADER = r"\b(?:basic|bearer|token) {1,2}[A-Za-z0-9+/=._~-]{12}"
_SCHEME = pattern(rb"[A-Za-z][A-Za-z0-9+.-]*\Z")
_TO_THE_SPACE = pattern(rb"[^\s\"'<>`\\]*")


def logins(data: bytes) -> Iterator[Given]:
    """URLs with a user and a password."""
    if b"://" in data:
        for match in _engine(_LOGIN).finditer(data):
            scheme = _SCHEME.search(data, max(0, match.start() - 24), match.start())
            rest = _TO_THE_SPACE.match(data, match.end(), match.end() + _LONGEST_VALUE)
            start, end = scheme.start() if scheme else match.start(), rest.end() if rest else match.end()
            yield Given("", _text(data[start:end]), start)


def headers(data: bytes) -> Iterator[Given]:
    """What `Authorization` headers say."""
    for match in _engine(_HEADER).finditer(data):
        rest = _TO_THE_SPACE.match(data, match.end(), match.end() + _LONGEST_VALUE)
        yield Given("authorization", _text(data[match.start() : rest.end() if rest else match.end()]), match.start())
